import pg, { type ClientConfig } from 'pg'
import { AppError } from '../lib/app-error.ts'
import { openDataSource } from './data-sources.ts'
import { migrations } from './migrations/index.ts'
import { SCHEMA } from './roles.ts'

const MIGRATION_LOCK = 7410

const known = migrations.map((migration) => migration.name)

async function migratedNames(client: pg.Client): Promise<string[]> {
  const { rows: tables } = await client.query<{ there: string | null }>(
    `select to_regclass('${SCHEMA}.migrations')::text as there`,
  )
  if (!tables[0]?.there) return []
  const { rows } = await client.query<{ name: string }>(`select name from ${SCHEMA}.migrations`)
  return rows.map((row) => row.name)
}

/** Throws CONFLICT when the database has been migrated by a newer version than this one. */
export function refuseDowngrade(done: readonly string[]): void {
  const newer = done.filter((name) => !known.includes(name))
  if (newer.length)
    throw new AppError(
      'CONFLICT',
      `The database was migrated by a newer version of Allswell (${newer.join(', ')}). ` +
        'Start that version, or restore a back-up from before the upgrade.',
    )
}

/**
 * Brings the database to this version, under an advisory lock: of several processes one migrates and the others
 * wait. Answers the names of the migrations that it ran.
 */
export async function migrate(connection: ClientConfig): Promise<string[]> {
  const client = new pg.Client(connection)
  client.on('error', () => undefined)
  await client.connect()
  try {
    const isDone = (done: string[]): boolean => known.every((name) => done.includes(name))
    const before = await migratedNames(client)
    refuseDowngrade(before)
    if (isDone(before)) return []
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    refuseDowngrade(await migratedNames(client))
    return await runPending(connection)
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function runPending(connection: ClientConfig): Promise<string[]> {
  const dataSource = await openDataSource({ connection, entities: [], poolSize: 2 })
  try {
    return (await dataSource.runMigrations()).map((migration) => migration.name)
  } finally {
    await dataSource.destroy()
  }
}
