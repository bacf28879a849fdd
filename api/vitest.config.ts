import { defineConfig } from 'vitest/config'

const alias = [{ find: /^graphql$/, replacement: 'graphql/index.js' }]
const shared = {
  setupFiles: ['reflect-metadata'],
  server: { deps: { inline: [/graphql/, /type-graphql/, /@apollo\/server/] } },
}

export default defineConfig({
  resolve: { alias },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: false } },
  test: {
    // Every core: much of what is tested waits for a database or a clock.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'unit',
          testTimeout: 30_000,
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['**/*.db.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'db',
          include: ['src/**/*.db.test.ts', 'test/**/*.db.test.ts'],
          globalSetup: ['test/embedded-database.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
