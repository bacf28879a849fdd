import { refuseStrangeSchema } from '../../db/index.ts'
import { DAILY_TABLES } from '../../history/index.ts'
import { AppError } from '../../lib/app-error.ts'
import { factOf, type Frame, readFrames } from './backup-file.ts'
import type { BackupHeader } from './write-backup.ts'

const NAME = /^[a-z][a-z0-9_]{0,62}$/
const DAY_MS = 86_400_000
const MOST_DAYS = 5_000
const MOST_WORDS = 1_000

export interface TableFact {
  name: string
  columns: string[]
}

const strange = (what: string): AppError =>
  new AppError(
    'INVALID',
    `This back-up is damaged: its ${what} can’t be read. Nothing was restored.`,
  )

const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string' && NAME.test(one))

const isWords = (value: unknown): value is string[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.length < MOST_WORDS &&
  value.every((one) => typeof one === 'string' && /^[\w-]{1,100}$/.test(one))

/** What comes from a file is believed only as far as it looks right. */
export function headerIn(frame: Frame | undefined): BackupHeader {
  const header = frame?.kind === 'H' ? factOf<BackupHeader>(frame) : {}
  const { madeAt, schema, days, keyMarks, keys } = header
  if (typeof madeAt !== 'string' || !isWords(schema) || !isWords(keyMarks) || !isDays(days))
    throw strange('header')
  return { madeAt, schema, days, keyMarks, ...(keys ? { keys } : {}) }
}

function isDays(days: unknown): days is BackupHeader['days'] {
  if (typeof days !== 'object' || days === null) return false
  return DAILY_TABLES.every((table) => {
    const list: unknown = (days as Record<string, unknown>)[table]
    return (
      Array.isArray(list) &&
      list.length <= MOST_DAYS &&
      list.every((day) => Number.isSafeInteger(day) && Math.abs(Number(day)) < 1e14) &&
      list.every((day) => Number(day) % DAY_MS === 0)
    )
  })
}

export function tableIn(frame: Frame): TableFact {
  const { name, columns } = factOf<TableFact>(frame)
  if (!isNames([name]) || !isNames(columns) || !columns.length) throw strange('list of tables')
  return { name: name!, columns }
}

export interface Checked {
  header: BackupHeader
  tables: number
}

/** Reads a whole file before anything is touched. Throws INVALID or CONFLICT, with what is wrong. */
export async function checkBackup(file: string): Promise<Checked> {
  const frames = readFrames(file)
  const first = await frames.next()
  const header = headerIn(first.done ? undefined : first.value)
  refuseStrangeSchema(header.schema)
  let tables = 0
  for await (const frame of frames)
    if (frame.kind === 'T') {
      tableIn(frame)
      tables++
    }
  return { header, tables }
}
