import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { apiDefines } from './vite/api-defines.ts'
import { vueDefines } from './vite/vue-defines.ts'

// Texts of times and numbers are compared: every machine writes them alike.
Object.assign(process.env, { TZ: 'UTC', LC_ALL: 'en_US.UTF-8' })

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  define: { ...vueDefines, ...apiDefines() },
  plugins: [vue()],
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    maxWorkers: '100%',
    // A busy machine is slow, not wrong.
    testTimeout: 30_000,
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'playground/**/*.test.ts', 'vite/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    css: false,
  },
})
