// The public status page: a client of its own (nothing of the app's), then the server's half, which knows the names
// of the client's files. `npm run build -w web` runs both after the app.
import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defaultClientConditions, defineConfig, type UserConfig } from 'vite'
import { apiDefines } from './vite/api-defines.ts'
import { pageFiles, pageIcon, PAGE_ASSETS, PAGE_MANIFEST } from './vite/page-files.ts'
import { precompress } from './vite/precompress.ts'
import { vueDefines } from './vite/vue-defines.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const room = 'src/status-pages/public'
const icon = at(`${room}/icon.svg`)

const common: UserConfig = {
  root: at('.'),
  resolve: { conditions: ['es2015', ...defaultClientConditions] },
}

const client: UserConfig = {
  ...common,
  // Loaded from where it is itself, under whatever prefix.
  base: './',
  define: { ...vueDefines, ...apiDefines(process.env) },
  plugins: [vue(), pageIcon(icon), precompress(PAGE_ASSETS)],
  build: {
    outDir: at('dist'),
    emptyOutDir: false,
    copyPublicDir: false,
    manifest: PAGE_MANIFEST,
    target: ['chrome123', 'firefox125', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      input: { 'status-page': at(`${room}/entry-client.ts`) },
      output: {
        entryFileNames: `${PAGE_ASSETS}/[name]-[hash].js`,
        chunkFileNames: `${PAGE_ASSETS}/[name]-[hash].js`,
        assetFileNames: `${PAGE_ASSETS}/[name]-[hash][extname]`,
        // Evaluated one after the other: none of them holds the visitor up for long.
        codeSplitting: {
          groups: [
            { name: 'vue', test: /node_modules[\\/](@vue|vue)[\\/]/ },
            { name: 'graphql', test: /node_modules[\\/]graphql[\\/]/ },
            {
              name: 'apollo',
              test: /node_modules[\\/](@apollo|@wry|optimism|rxjs|@graphql-typed-document-node)[\\/]/,
            },
          ],
        },
      },
    },
  },
}

const server = (): UserConfig => ({
  ...common,
  define: {
    ...vueDefines,
    ...apiDefines(process.env),
    'process.env.NODE_ENV': '"production"',
    __PAGE_FILES__: JSON.stringify(pageFiles(at('dist'), room, icon)),
  },
  plugins: [vue()],
  ssr: { noExternal: true, resolve: { conditions: ['es2015', 'module', 'production'] } },
  build: {
    outDir: at('dist/server'),
    emptyOutDir: false,
    copyPublicDir: false,
    target: 'node20',
    rollupOptions: {
      input: at(`${room}/entry-server.ts`),
      output: { entryFileNames: 'status-page.mjs', codeSplitting: false },
    },
  },
})

export default defineConfig(({ isSsrBuild }) => (isSsrBuild ? server() : client))
