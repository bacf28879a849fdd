// `npm run migrate`: brings the database to this version. `npm run migrate:new <name>`: writes a migration from what
// the entities have more or less than the database.
import 'reflect-metadata'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { processEnvironment, readConfig } from '../config/index.ts'
import {
  cliDataSource,
  migrationNames,
  migrationSource,
  openDatabase,
  withMigration,
} from '../db/index.ts'
import { entities } from '../entities.ts'
import { silentLog } from '../lib/log.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = fileURLToPath(new URL('../db/migrations', import.meta.url))
const config = readConfig(processEnvironment(), { workingFolder: root, webFolder: root })

async function migrate(): Promise<void> {
  const onStep = (text: string): void => console.log(text)
  const database = await openDatabase({ config, entities, log: silentLog, onStep, mayAttach: true })
  await database.close()
  console.log('The database is of this version.')
}

async function makeNew(words: string): Promise<void> {
  const { file, className } = migrationNames(words, Date.now())
  await migrate()
  const source = await (await cliDataSource(config, entities)).initialize()
  const { upQueries, downQueries } = await source.driver.createSchemaBuilder().log()
  await source.destroy()
  const up = upQueries.map(({ query }) => query)
  const down = downQueries.map(({ query }) => query).reverse()
  const list = path.join(folder, 'index.ts')
  writeFileSync(path.join(folder, file), migrationSource(className, { up, down }))
  writeFileSync(list, withMigration(readFileSync(list, 'utf8'), file, className))
  console.log(
    `Wrote ${file}${up.length ? '' : ': empty, for the entities agree with the database'}.`,
  )
}

const [verb, ...words] = process.argv.slice(2)
try {
  await (verb === 'new' ? makeNew(words.join(' ')) : migrate())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
