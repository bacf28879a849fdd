import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defaultClientConditions, defineConfig } from 'vite'
import { apiDefines } from './vite/api-defines.ts'
import { compiledMessages } from './vite/compiled-messages.ts'
import { serverProxy } from './vite/dev-proxy.ts'
import { precompress } from './vite/precompress.ts'
import { rootedPages } from './vite/rooted-pages.ts'
import { vueDefines } from './vite/vue-defines.ts'
import { withoutWholeVue } from './vite/whole-vue.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: at('.'),
  // One build for every path prefix: scripts load from where they are themselves.
  base: './',
  define: { ...vueDefines, ...apiDefines(process.env) },
  // rxjs in the language of today: without helpers for the old one.
  resolve: { conditions: ['es2015', ...defaultClientConditions] },
  plugins: [
    vue(),
    tailwindcss(),
    compiledMessages(),
    withoutWholeVue(),
    rootedPages(process.env),
    precompress(),
  ],
  // Found late, or only by a worker: naming them spares a reload in development and makes them modules.
  optimizeDeps: {
    entries: ['index.html', 'playground/index.html'],
    include: ['monaco-graphql > graphql-language-service', 'monaco-graphql > picomatch-browser'],
  },
  server: { port: 5173, strictPort: true, proxy: serverProxy(process.env['PORT'] ?? '3000') },
  build: {
    outDir: at('dist'),
    emptyOutDir: true,
    target: ['chrome123', 'firefox125', 'safari17.5'],
    // Data addresses are allowed for images only; everything else is a file of its own.
    assetsInlineLimit: 0,
    // The policy of the pages forbids inline scripts, and every target preloads by itself.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4000,
    rollupOptions: {
      onLog(level, log, handle) {
        // React packages carry this for a server that we don't have.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log)
      },
      input: { app: at('index.html'), playground: at('playground/index.html') },
      output: {
        codeSplitting: {
          groups: [
            { name: 'vue', test: /node_modules[\\/](@vue|vue|vue-router|vue-i18n|@intlify)[\\/]/ },
            {
              name: 'apollo',
              test: /node_modules[\\/](@apollo|@wry|optimism|rxjs|@graphql-typed-document-node)[\\/]/,
            },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
})
