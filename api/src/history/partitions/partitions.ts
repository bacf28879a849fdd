import type { SqlRunner } from '../../events/index.ts'
import { isoOfMs } from '../sql-values.ts'
import { DAY_MS, dayOf } from '../time-windows.ts'

/** The tables that are partitioned by day (UTC). */
export type DailyTable = 'heartbeat' | 'evidence' | 'event'
export const DAILY_TABLES: readonly DailyTable[] = ['heartbeat', 'evidence', 'event']

export interface Partition {
  table: DailyTable
  name: string
  /** Beginning of its day, ms since 1970. */
  dayMs: number
  /** A detached one is a leftover of a retention that broke off. */
  isAttached: boolean
  isDetachPending: boolean
}

const LIST = `
select c.relname as name, i.inhparent is not null as attached,
       coalesce(i.inhdetachpending, false) as pending
  from pg_class c
  left join pg_inherits i on i.inhrelid = c.oid
 where c.relnamespace = (select relnamespace from pg_class where oid = to_regclass($1))
   and c.relkind = 'r' and c.relname ~ ('^' || $1 || '_p[0-9]{8}$')
 order by c.relname`

export function partitionName(table: DailyTable, dayMs: number): string {
  return `${table}_p${isoOfMs(dayMs).slice(0, 10).replaceAll('-', '')}`
}

function dayOfName(name: string): number {
  const [, year, month, day] = /_p(\d{4})(\d\d)(\d\d)$/.exec(name) ?? []
  return Date.UTC(Number(year), Number(month) - 1, Number(day))
}

/** All days (UTC) that [fromMs, toMs] touches. */
export function daysBetween(fromMs: number, toMs: number): number[] {
  const first = dayOf(fromMs)
  const count = Math.max(0, (dayOf(toMs) - first) / DAY_MS + 1)
  return Array.from({ length: count }, (_, n) => first + n * DAY_MS)
}

export async function listPartitions(runner: SqlRunner, table: DailyTable): Promise<Partition[]> {
  const rows = (await runner.query(LIST, [table])) as {
    name: string
    attached: boolean
    pending: boolean
  }[]
  return rows.map(({ name, attached, pending }) => ({
    table,
    name,
    dayMs: dayOfName(name),
    isAttached: attached,
    isDetachPending: pending,
  }))
}

/**
 * Made apart and then attached: unlike `create … partition of` it never waits for readers of the whole table,
 * nor makes writers wait.
 */
export async function createPartition(
  runner: SqlRunner,
  table: DailyTable,
  dayMs: number,
): Promise<void> {
  const name = partitionName(table, dayMs)
  const [from, to] = [dayMs, dayMs + DAY_MS].map((ms) =>
    table === 'event' ? isoOfMs(ms).slice(0, 10) : isoOfMs(ms),
  )
  await runner.query(`create table if not exists ${name} (like ${table} including all)`)
  await runner.query(
    `alter table ${table} attach partition ${name} for values from ('${from}') to ('${to}')`,
  )
}

/** Detached first and without stopping readers and writers, then dropped. Not inside a transaction. */
export async function dropPartition(runner: SqlRunner, partition: Partition): Promise<void> {
  const { table, name, isAttached, isDetachPending } = partition
  if (isAttached)
    await runner.query(
      `alter table ${table} detach partition ${name} ${isDetachPending ? 'finalize' : 'concurrently'}`,
    )
  await runner.query(`drop table ${name}`)
}
