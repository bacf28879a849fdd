import type { ClientConfig } from 'pg'
import { AppError } from '../lib/app-error.ts'
import { withClient } from './connections.ts'
import { openDataSource } from './data-sources.ts'
import { migrations } from './migrations/index.ts'
import { SCHEMA } from './roles.ts'

const MIGRATION_LOCK = 7410
/** No such table or schema, no such database or role, the password of a role that was never made. */
const NOTHING_YET = new Set(['42P01', '3F000', '3D000', '28P01', '28000', '42501', '22023'])

const known = migrations.map((migration) => migration.name)

/**
 * The names of the migrations that a database has seen, with one query; none when there is no database yet, or
 * not one that this role can use.
 */
async function migrationsDone(connection: ClientConfig): Promise<string[]> {
  try {
    return await withClient(connection, async (client) => {
      const { rows } = await client.query<{ name: string }>(`select name from ${SCHEMA}.migrations`)
      return rows.map((row) => row.name)
    })
  } catch (error) {
    if (NOTHING_YET.has(String((error as { code?: unknown }).code))) return []
    throw error
  }
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

/** Whether the database is of this very version. Throws CONFLICT when it is of a newer one. */
export async function isMigrated(connection: ClientConfig): Promise<boolean> {
  const done = await migrationsDone(connection)
  refuseDowngrade(done)
  return known.every((name) => done.includes(name))
}

/**
 * Brings the database to this version, under an advisory lock: of several processes one migrates and the others
 * wait. Answers the names of the migrations that it ran.
 */
export function migrate(connection: ClientConfig): Promise<string[]> {
  return withClient(connection, async (client) => {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    return (await isMigrated(connection)) ? [] : runPending(connection)
  })
}

async function runPending(connection: ClientConfig): Promise<string[]> {
  const dataSource = await openDataSource({ connection, entities: [], poolSize: 2 })
  try {
    return (await dataSource.runMigrations()).map((migration) => migration.name)
  } finally {
    await dataSource.destroy()
  }
}
