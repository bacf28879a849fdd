import { inject } from 'vitest'
import { type Database, openDatabase } from '../src/db/index.ts'
import { entities } from '../src/entities.ts'
import { newId } from '../src/lib/ids.ts'
import { silentLog } from '../src/lib/log.ts'

export interface TestDatabase {
  database: Database
  /** A workspace of this call's own, with an event log at position 0. */
  workspaceId: string
}

let opened: Promise<Database> | undefined

/** The connection of this test file to the run's embedded PostgreSQL. */
export function sharedDatabase(): Promise<Database> {
  return (opened ??= openAnother())
}

/** One more Database on the same server, as a second process would open it. The caller closes it. */
export function openAnother(): Promise<Database> {
  const config = { dataFolder: inject('dataFolder') }
  return openDatabase({ config, entities, log: silentLog, mayAttach: true })
}

export async function newWorkspace(database: Database): Promise<string> {
  const workspaceId = newId()
  await database.work(async (runner) => {
    await runner.query(
      'insert into workspace (id, name, slug, created_at) values ($1, $2, $3, now())',
      [workspaceId, 'Test', `w-${workspaceId.slice(-12)}`],
    )
    await runner.query('insert into event_head (workspace_id, position, epoch) values ($1, 0, 1)', [
      workspaceId,
    ])
  })
  return workspaceId
}

/** A migrated database and a fresh workspace. */
export async function testDatabase(): Promise<TestDatabase> {
  const database = await sharedDatabase()
  return { database, workspaceId: await newWorkspace(database) }
}
