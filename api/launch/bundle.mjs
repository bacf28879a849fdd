// Puts the compiled server, and the command line, each with what it imports into one file: a start then reads one
// file instead of two thousand.
import path from 'node:path'
import { build } from 'esbuild'
import { root } from './terminal.mjs'

const dist = path.join(root, 'api/dist')

/** CommonJS packages expect these names; optional drivers are looked for only by those who use them. */
const BANNER = `import { createRequire as requireOfBundle } from 'node:module'
import { fileURLToPath as pathOfBundle } from 'node:url'
const require = requireOfBundle(import.meta.url)
const __filename = pathOfBundle(import.meta.url)
const __dirname = pathOfBundle(new URL('.', import.meta.url))`

const OPTIONAL = [
  '@google-cloud/spanner',
  '@sap/hana-client',
  '@sap/hana-client/extension/Stream',
  'better-sqlite3',
  'class-validator',
  'expo-sqlite',
  'hdb-pool',
  'ioredis',
  'mongodb',
  'mssql',
  'mysql',
  'mysql2',
  'oracledb',
  'pg-native',
  'pg-query-stream',
  'react-native-sqlite-storage',
  'redis',
  'sql.js',
  'sqlite3',
  'ts-node',
  'typeorm-aurora-data-api-driver',
]

/** Binaries can't be bundled; what few starts need is loaded by those who do. */
const LEFT_OUT = [
  '@node-rs/argon2',
  '@simplewebauthn/server',
  '@simplewebauthn/server/helpers',
  'jose',
  'nodemailer',
  'openid-client',
]

const PROGRAMS = { 'main.js': 'server.js', 'cli/allswell.js': 'allswell.js' }

const options = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // One copy of graphql for packages that import it and those that require it.
  mainFields: ['main', 'module'],
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: true,
  sourcemap: true,
  logLevel: 'error',
  banner: { js: BANNER },
  external: [...OPTIONAL, ...LEFT_OUT],
}

const bundle = ([entry, outfile]) =>
  build({ ...options, entryPoints: [path.join(dist, entry)], outfile: path.join(dist, outfile) })
await Promise.all(Object.entries(PROGRAMS).map(bundle))
