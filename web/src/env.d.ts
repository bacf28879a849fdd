/// <reference types="vite/client" />
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent<object, object, unknown>
  export default component
}
/** From the build's environment, see vite/api-defines.ts. */
declare const __API_URL__: string
declare const __API_AUTH__: 'cookie' | 'token'
