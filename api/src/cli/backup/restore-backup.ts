import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import copy from 'pg-copy-streams'
import type { QueryRunner } from 'typeorm'
import { beginSchemaAt, type Database, finishSchema } from '../../db/index.ts'
import { createPartition, DAILY_TABLES } from '../../history/index.ts'
import { AppError } from '../../lib/app-error.ts'
import { refuseRunning } from '../allswell/refuse-running.ts'
import { factOf, type Frame, readFrames } from './backup-file.ts'
import { headerIn, tableIn } from './read-backup.ts'
import { columnList, quoted, type StoredTable, storedTables } from './stored-tables.ts'
import type { BackupHeader } from './write-backup.ts'

/** What somebody would miss. A workspace alone is made by the first start. */
const PRECIOUS = ['app_user', 'monitor']
const FORCED = `
select relname as name from pg_class
 where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and relforcerowsecurity`

/** Counters go on after the greatest number that is in use. */
const COUNTERS = `
select c.relname as table, a.attname as column
  from pg_attribute a join pg_class c on c.oid = a.attrelid
 where c.relnamespace = current_schema()::regnamespace and a.attidentity <> '' and c.relkind = 'r'`

/**
 * A cursor of before leads nowhere in what was restored: seconds since 2026 are higher than any epoch that any
 * server has had, however often the same file is restored.
 */
const NEW_EPOCH = `
update event_head
   set epoch = greatest(epoch + 1, floor(extract(epoch from now() - '2026-01-01T00:00:00Z'))::int)`

export interface RestoreWish {
  database: Database
  /** One that checkBackup has found good. */
  file: string
  /** Whether what is there may be lost. */
  force: boolean
}

/** Puts what a file holds in the place of everything, in one transaction: cut off, all is as it was. Answers how many rows. */
export function restoreBackup({ database, file, force }: RestoreWish): Promise<number> {
  return database.asOwner(async (runner) => {
    const client = (await runner.connect()) as PoolClient
    await runner.startTransaction()
    try {
      await refuseRunning(runner)
      await runner.query(`set local lock_timeout = '30s'`)
      await letOwnerRead(runner)
      if (!force) await refuseFull(runner)
      const rows = await load(runner, client, file)
      await finishSchema(runner)
      // One that has started meanwhile believes in what was there before.
      await refuseRunning(runner)
      await runner.commitTransaction()
      return rows
    } catch (error) {
      await runner.rollbackTransaction().catch(() => undefined)
      throw error
    }
  })
}

/** Row-level security binds the owner too, and COPY into a table that it binds is refused. Answers the tables. */
async function letOwnerRead(runner: QueryRunner): Promise<string[]> {
  const forced = ((await runner.query(FORCED)) as { name: string }[]).map(({ name }) => name)
  for (const name of forced)
    await runner.query(`alter table ${quoted(name)} no force row level security`)
  return forced
}

async function refuseFull(runner: QueryRunner): Promise<void> {
  for (const table of PRECIOUS) {
    const [{ found } = { found: false }] = (await runner.query(
      `select exists (select from ${table}) as found`,
    )) as { found: boolean }[]
    if (found)
      throw new AppError(
        'CONFLICT',
        'This database is not empty. Restore into an empty one, or add --force: all that is in this one is lost then.',
      )
  }
}

async function load(runner: QueryRunner, client: PoolClient, file: string): Promise<number> {
  const frames = readFrames(file)
  const first = await frames.next()
  const header = headerIn(first.done ? undefined : first.value)
  await beginSchemaAt(runner, header.schema)
  const forced = await letOwnerRead(runner)
  await makePartitions(runner, header)
  const tables = await storedTables(runner)
  let rows = 0
  for (let next = await frames.next(); !next.done; next = await frames.next())
    rows += await loadTable(client, tables, next.value, frames)
  await settle(runner)
  for (const name of forced)
    await runner.query(`alter table ${quoted(name)} force row level security`)
  return rows
}

async function makePartitions(runner: QueryRunner, { days }: BackupHeader): Promise<void> {
  for (const table of DAILY_TABLES)
    for (const day of days[table] ?? []) await createPartition(runner, table, day)
}

const wrong = (): AppError =>
  new AppError(
    'INVALID',
    'This back-up does not fit the tables of its version. Nothing was restored.',
  )

async function loadTable(
  client: PoolClient,
  tables: readonly StoredTable[],
  beginning: Frame,
  frames: AsyncGenerator<Frame>,
): Promise<number> {
  if (beginning.kind !== 'T') throw wrong()
  const fact = tableIn(beginning)
  const table = tables.find(({ name }) => name === fact.name)
  if (!table || fact.columns.some((column) => !table.columns.includes(column))) throw wrong()
  const told: { rows?: unknown } = {}
  const sink = client.query(
    copy.from(`copy ${quoted(table.name)} (${columnList(fact)}) from stdin`),
  )
  await pipeline(Readable.from(rowsUntilEnd(frames, told), { objectMode: true }), sink)
  if (told.rows !== sink.rowCount) throw wrong()
  return sink.rowCount
}

/** Not `for await`: leaving it would end the frames of the tables to come. */
async function* rowsUntilEnd(
  frames: AsyncGenerator<Frame>,
  told: { rows?: unknown },
): AsyncGenerator<Buffer> {
  for (let next = await frames.next(); !next.done; next = await frames.next()) {
    const frame = next.value
    if (frame.kind === 'D') yield frame.content
    else if (frame.kind === 'E') return void (told.rows = factOf<{ rows: number }>(frame).rows)
    else throw wrong()
  }
  throw wrong()
}

/** What was true of the server that the picture was taken of, and is not of this one. */
async function settle(runner: QueryRunner): Promise<void> {
  await runner.query(NEW_EPOCH)
  await runner.query('update monitor_state set owner_epoch = null where owner_epoch is not null')
  const counters = (await runner.query(COUNTERS)) as { table: string; column: string }[]
  for (const { table, column } of counters)
    await runner.query(
      `select setval(pg_get_serial_sequence($1, $2), coalesce(max(${quoted(column)}), 0) + 1, false)
         from ${quoted(table)}`,
      [table, column],
    )
}
