import { randomBytes } from 'node:crypto'
import { createWriteStream, existsSync, linkSync, rmSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { PoolClient } from 'pg'
import copy from 'pg-copy-streams'
import type { QueryRunner } from 'typeorm'
import { type Database, schemaVersion } from '../../db/index.ts'
import { DAILY_TABLES, listPartitions } from '../../history/index.ts'
import { AppError } from '../../lib/app-error.ts'
import { syncFolder } from '../../lib/durable-file.ts'
import type { MasterKeys } from '../../lib/master-key.ts'
import { allKeys, type ClosedKeys, closeKeys, markOf } from './backup-key.ts'
import { firstLine, FrameEncoder } from './backup-file.ts'
import { columnList, quoted, storedTables } from './stored-tables.ts'

/** What the first frame says of the rest. */
export interface BackupHeader {
  madeAt: string
  /** The migrations that the tables have seen. */
  schema: string[]
  /** The days, in ms since 1970, for which each table has a partition. */
  days: Record<string, number[]>
  /** Of the keys that its secrets are sealed with, the present one first. */
  keyMarks: string[]
  keys?: ClosedKeys
}

export interface BackupWish {
  database: Database
  file: string
  masterKeys: MasterKeys
  /** With it, the master key travels in the file, closed. */
  passphrase?: string | undefined
  madeAt: Date
}

/** Where others read that a row was written: nothing of it may depend on the server’s settings. */
const PLAIN = [
  'set transaction isolation level repeatable read, read only',
  `set local timezone = 'UTC'`,
  `set local datestyle = 'ISO'`,
  `set local intervalstyle = 'iso_8601'`,
  'set local extra_float_digits = 1',
  // The disk that takes the file may be slow, and the server that it is read from busy.
  'set local idle_in_transaction_session_timeout = 0',
  'set local statement_timeout = 0',
]

/** Writes one picture of the whole database into a file of its own, whole or not at all. Answers how many rows. */
export async function writeBackup(wish: BackupWish): Promise<number> {
  const { file } = wish
  if (existsSync(file)) throw new AppError('CONFLICT', `${file} exists: a back-up is a new file.`)
  const draft = `${file}.${randomBytes(6).toString('hex')}.part`
  try {
    const rows = await writeDraft(wish, draft)
    linkSync(draft, file)
    return rows
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const isPlace = ['ENOENT', 'EACCES', 'EEXIST', 'ENOSPC', 'EISDIR', 'ENOTDIR'].includes(
      code ?? '',
    )
    if (!isPlace) throw error
    throw new AppError('UNAVAILABLE', `${file} can't be written (${code}).`)
  } finally {
    rmSync(draft, { force: true })
    if (existsSync(path.dirname(file))) syncFolder(path.dirname(file))
  }
}

async function writeDraft(wish: BackupWish, draft: string): Promise<number> {
  const told = { rows: 0 }
  // Flushed: what was told to be there is there after a power cut.
  const sink = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true })
  sink.write(firstLine())
  await pipeline(Readable.from(picture(wish, told), { objectMode: true }), createGzip(), sink)
  return told.rows
}

/** All that is in the file after its first line, read in one transaction. As much is in memory as the disk waits for. */
async function* picture(wish: BackupWish, told: { rows: number }): AsyncGenerator<Buffer> {
  const runner = wish.database.worker.createQueryRunner()
  try {
    const client = (await runner.connect()) as PoolClient
    await runner.startTransaction()
    for (const line of PLAIN) await runner.query(line)
    const encoder = new FrameEncoder()
    yield encoder.fact('H', await headerOf(wish, runner))
    for (const table of await storedTables(runner)) {
      const { name, columns } = table
      yield encoder.fact('T', { name, columns })
      const rows = copy.to(`copy (select ${columnList(table)} from ${quoted(name)}) to stdout`)
      for await (const part of client.query(rows)) yield* encoder.pieces('D', part as Buffer)
      yield encoder.fact('E', { rows: rows.rowCount })
      told.rows += rows.rowCount
    }
    yield encoder.end()
    await runner.commitTransaction()
  } finally {
    // Cut off in the middle of a COPY, the connection is of no further use.
    await runner.release().catch(() => undefined)
  }
}

async function headerOf(wish: BackupWish, runner: QueryRunner): Promise<BackupHeader> {
  const { masterKeys, passphrase, madeAt } = wish
  const days: BackupHeader['days'] = {}
  for (const table of DAILY_TABLES) {
    const attached = (await listPartitions(runner, table)).filter((part) => part.isAttached)
    days[table] = attached.map(({ dayMs }) => dayMs)
  }
  const keys = allKeys(masterKeys)
  return {
    ...{ madeAt: madeAt.toISOString(), days, keyMarks: keys.map(markOf) },
    schema: await schemaVersion(runner),
    ...(passphrase === undefined ? {} : { keys: closeKeys(keys, passphrase) }),
  }
}
