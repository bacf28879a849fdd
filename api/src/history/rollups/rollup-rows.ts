import type { SqlRunner } from '../../events/index.ts'
import { noTime } from '../spans/durations.ts'
import { arrayText, isoOfMs } from '../sql-values.ts'
import type { HourKey } from './hour-facts.ts'
import { LatencyTally } from './latency-tally.ts'
import type { Rollup } from './roll-up.ts'

/** A rollup and the bucket it belongs to. */
export interface StoredRollup {
  workspaceId: string
  monitorId: string
  /** Beginning of the hour or day, ms since 1970. */
  startMs: number
  rollup: Rollup
}

type RollupTable = 'rollup_hour' | 'rollup_day'
const START: Record<RollupTable, 'hour' | 'day'> = { rollup_hour: 'hour', rollup_day: 'day' }

const TIMES = ['up_ms', 'degraded_ms', 'down_ms', 'maintenance_ms', 'unknown_ms', 'paused_ms']
const CHECKS = [
  'count',
  'latency_count',
  'latency_sum_us',
  'latency_min_us',
  'latency_max_us',
  'histogram',
]
const COLUMNS = [...TIMES, ...CHECKS]

const rollupColumns = (table: RollupTable): string =>
  `workspace_id, monitor_id, floor(extract(epoch from ${START[table]}) * 1000)::bigint as start_ms, ` +
  [...COLUMNS.slice(0, -1), "array_to_string(histogram, ',') as histogram"].join(', ')

const writeSql = (table: RollupTable, replaced: readonly string[]): string => `
insert into ${table} (workspace_id, monitor_id, ${START[table]}, ${COLUMNS.join(', ')})
select workspace_id, monitor_id, start, ${COLUMNS.join(', ').replace('histogram', 'histogram::integer[]')}
  from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::integer[], $5::integer[], $6::integer[],
              $7::integer[], $8::integer[], $9::integer[], $10::integer[], $11::integer[],
              $12::bigint[], $13::integer[], $14::integer[], $15::text[])
    as t (workspace_id, monitor_id, start, ${COLUMNS.join(', ')})
on conflict (workspace_id, monitor_id, ${START[table]}) do update
set ${replaced.map((column) => `${column} = excluded.${column}`).join(', ')}`

const WRITE = {
  rollup_hour: writeSql('rollup_hour', COLUMNS),
  rollup_day: writeSql('rollup_day', COLUMNS),
}
const WRITE_TIMES = writeSql('rollup_hour', TIMES)

interface RollupRow {
  workspace_id: string
  monitor_id: string
  start_ms: string
  count: number
  up_ms: number
  degraded_ms: number
  down_ms: number
  maintenance_ms: number
  unknown_ms: number
  paused_ms: number
  latency_count: number
  latency_sum_us: string
  latency_min_us: number | null
  latency_max_us: number | null
  /** Parsing arrays is dear: as text it costs nothing until somebody asks. */
  histogram: string
}

function rollupOf(row: RollupRow): StoredRollup {
  return {
    workspaceId: row.workspace_id,
    monitorId: row.monitor_id,
    startMs: Number(row.start_ms),
    rollup: {
      count: row.count,
      time: {
        ...noTime(),
        upMs: row.up_ms,
        degradedMs: row.degraded_ms,
        downMs: row.down_ms,
        maintenanceMs: row.maintenance_ms,
        unknownMs: row.unknown_ms,
        pausedMs: row.paused_ms,
      },
      latency: LatencyTally.of({
        count: row.latency_count,
        sumUs: Number(row.latency_sum_us),
        minUs: row.latency_min_us,
        maxUs: row.latency_max_us,
        histogram: row.histogram,
      }),
    },
  }
}

/** Writes rollups over what is there, in one statement. */
export async function writeRollups(
  runner: SqlRunner,
  table: RollupTable,
  rollups: readonly StoredRollup[],
): Promise<void> {
  if (rollups.length) await runner.query(WRITE[table], valuesOf(rollups))
}

/** Writes the time by status alone: for hours whose recorded checks are gone. */
export async function writeHourTimes(
  runner: SqlRunner,
  rollups: readonly StoredRollup[],
): Promise<void> {
  if (rollups.length) await runner.query(WRITE_TIMES, valuesOf(rollups))
}

function valuesOf(rollups: readonly StoredRollup[]): unknown[] {
  const of = (pick: (rollup: Rollup) => unknown): unknown[] => rollups.map((r) => pick(r.rollup))
  return [
    rollups.map((r) => r.workspaceId),
    rollups.map((r) => r.monitorId),
    rollups.map((r) => isoOfMs(r.startMs)),
    of(({ time }) => time.upMs),
    of(({ time }) => time.degradedMs),
    of(({ time }) => time.downMs),
    of(({ time }) => time.maintenanceMs),
    of(({ time }) => time.unknownMs + time.pendingMs),
    of(({ time }) => time.pausedMs),
    of(({ count }) => count),
    of(({ latency }) => latency.count),
    of(({ latency }) => latency.sumUs),
    of(({ latency }) => latency.minUs),
    of(({ latency }) => latency.maxUs),
    of(({ latency }) => arrayText(latency.toArray())),
  ]
}

/** Rollups of one monitor that begin in [fromMs, toMs). */
export interface RollupRange {
  monitorId: string
  fromMs: number
  toMs: number
}

const readSql = (table: RollupTable): string => `
select ${rollupColumns(table)}
  from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as k (id, from_at, to_at)
  join ${table} r on r.workspace_id = $1 and r.monitor_id = k.id
   and r.${START[table]} >= k.from_at and r.${START[table]} < k.to_at`

const READ = { rollup_hour: readSql('rollup_hour'), rollup_day: readSql('rollup_day') }

/** The rollups of these ranges, those that wait to be computed again included. */
export async function readRollups(
  runner: SqlRunner,
  table: RollupTable,
  workspaceId: string,
  ranges: readonly RollupRange[],
): Promise<StoredRollup[]> {
  if (!ranges.length) return []
  const rows = (await runner.query(READ[table], [
    workspaceId,
    ranges.map((range) => range.monitorId),
    ranges.map((range) => isoOfMs(range.fromMs)),
    ranges.map((range) => isoOfMs(range.toMs)),
  ])) as RollupRow[]
  return rows.map(rollupOf)
}

const HOURS_OF_DAYS = `
select ${rollupColumns('rollup_hour')}
  from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as d (w, m, day)
  join rollup_hour h on h.workspace_id = d.w and h.monitor_id = d.m
   and h.hour >= d.day and h.hour < d.day + interval '24 hours'`

/** The hours of whole days (`hourMs` is the beginning of the day). */
export async function readHoursOfDays(
  runner: SqlRunner,
  days: readonly HourKey[],
): Promise<StoredRollup[]> {
  if (!days.length) return []
  const rows = (await runner.query(HOURS_OF_DAYS, [
    days.map((day) => day.workspaceId),
    days.map((day) => day.monitorId),
    days.map((day) => isoOfMs(day.hourMs)),
  ])) as RollupRow[]
  return rows.map(rollupOf)
}
