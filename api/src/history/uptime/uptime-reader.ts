import type { SqlRunner } from '../../events/index.ts'
import {
  dirtyHoursOf,
  readSealedState,
  type SealedState,
  trustedUntil,
} from '../rollups/sealed-state.ts'
import { addDurations, type Durations, noTime, WATCHED } from '../spans/durations.ts'
import { joinSpans } from '../spans/overlapping.ts'
import { isoOfMs } from '../sql-values.ts'
import { DAY_MS, dayOf } from '../time-windows.ts'

/** Which monitor; and until when somebody looked: after it, a status that is still open counts as unknown. */
export interface Coverage {
  monitorId: string
  /** ms since 1970; absent: until now. */
  coveredUntil?: number
}

interface Range {
  monitorId: string
  fromMs: number
  toMs: number
  coveredMs: number
}

interface DurationRow {
  monitor_id: string
  up: string
  degraded: string
  down: string
  maintenance: string
  unknown: string
  paused: string
  pending: string
}

const SPANS = `
with spent as (
  select r.monitor_id, s.status,
         greatest(s.from_at, r.from_at) as from_at, least(s.to_at, r.to_at) as to_at,
         case when s.to_at is null and s.status = any($6::smallint[])
              then greatest(least(r.covered_at, r.to_at), s.from_at, r.from_at)
              else least(s.to_at, r.to_at) end as known_to
    from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[])
           as r (monitor_id, from_at, to_at, covered_at)
  ${joinSpans({ workspace: '$1', monitor: 'r.monitor_id', since: 'r.from_at', until: 'r.to_at' })}
), counted as (
  select monitor_id, status, extract(epoch from sum(known_to - from_at)) * 1000 as known,
         extract(epoch from sum(to_at - known_to)) * 1000 as unknown
    from spent where to_at > from_at group by monitor_id, status
)
select monitor_id,
       coalesce(sum(known) filter (where status = 1), 0) as up,
       coalesce(sum(known) filter (where status = 2), 0) as degraded,
       coalesce(sum(known) filter (where status = 3), 0) as down,
       coalesce(sum(known) filter (where status = 4), 0) + sum(unknown) as unknown,
       coalesce(sum(known) filter (where status = 5), 0) as maintenance,
       coalesce(sum(known) filter (where status = 6), 0) as paused,
       coalesce(sum(known) filter (where status = 0), 0) as pending
  from counted group by monitor_id`

const DAYS = `
select r.monitor_id, sum(d.up_ms) as up, sum(d.degraded_ms) as degraded, sum(d.down_ms) as down,
       sum(d.maintenance_ms) as maintenance, sum(d.unknown_ms) as unknown,
       sum(d.paused_ms) as paused, 0 as pending
  from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as r (monitor_id, from_at, to_at)
  join rollup_day d on d.workspace_id = $1 and d.monitor_id = r.monitor_id
   and d.day >= r.from_at and d.day < r.to_at
 group by r.monitor_id`

/** From here on whole days are read instead of spans: a flapping monitor has thousands of spans. */
const LONGEST_OF_SPANS_MS = 2 * DAY_MS

/**
 * How monitors spent [fromMs, toMs), in a constant number of statements. Whole days come from their rollups,
 * the edges and days that are to be computed again from the spans. Monitors without history are absent.
 */
export async function readDurations(
  runner: SqlRunner,
  workspaceId: string,
  monitors: readonly Coverage[],
  fromMs: number,
  toMs: number,
): Promise<Map<string, Durations>> {
  const sums = new Map<string, Durations>()
  const { days, spans } =
    toMs - fromMs <= LONGEST_OF_SPANS_MS
      ? { days: [], spans: monitors.map((m) => rangeOf(m, fromMs, toMs)) }
      : splitRanges(
          monitors,
          await readSealedState(
            runner,
            workspaceId,
            monitors.map((m) => m.monitorId),
            fromMs,
          ),
          fromMs,
          toMs,
        )
  if (days.length) addRows(sums, await runner.query(DAYS, [workspaceId, ...columns(days)]))
  if (spans.length) {
    const covered = spans.map((range) => isoOfMs(range.coveredMs))
    const values = [workspaceId, ...columns(spans), covered, WATCHED]
    addRows(sums, await runner.query(SPANS, values))
  }
  return sums
}

function splitRanges(
  monitors: readonly Coverage[],
  state: SealedState,
  fromMs: number,
  toMs: number,
): { days: Range[]; spans: Range[] } {
  const days: Range[] = []
  const spans: Range[] = []
  const firstDay = dayOf(fromMs + DAY_MS - 1)
  for (const monitor of monitors) {
    const lastDay = Math.min(dayOf(trustedUntil(state, monitor.coveredUntil)), dayOf(toMs))
    const dirty = new Set(dirtyHoursOf(state, monitor.monitorId).map(dayOf))
    let reached = fromMs
    if (lastDay > firstDay) {
      if (firstDay > fromMs) spans.push(rangeOf(monitor, fromMs, firstDay))
      let cleanFrom = firstDay
      for (const day of [...dirty].filter((d) => d >= firstDay && d < lastDay)) {
        if (day > cleanFrom) days.push(rangeOf(monitor, cleanFrom, day))
        spans.push(rangeOf(monitor, day, day + DAY_MS))
        cleanFrom = day + DAY_MS
      }
      if (lastDay > cleanFrom) days.push(rangeOf(monitor, cleanFrom, lastDay))
      reached = lastDay
    }
    spans.push(rangeOf(monitor, reached, toMs))
  }
  return { days, spans }
}

function rangeOf(monitor: Coverage, fromMs: number, toMs: number): Range {
  const { monitorId, coveredUntil = toMs } = monitor
  return { monitorId, fromMs, toMs, coveredMs: Math.min(coveredUntil, toMs) }
}

const columns = (ranges: readonly Range[]): unknown[] => [
  ranges.map((range) => range.monitorId),
  ranges.map((range) => isoOfMs(range.fromMs)),
  ranges.map((range) => isoOfMs(range.toMs)),
]

function addRows(sums: Map<string, Durations>, rows: unknown): void {
  for (const row of rows as DurationRow[]) {
    const sum = sums.get(row.monitor_id) ?? noTime()
    addDurations(sum, {
      upMs: Number(row.up),
      degradedMs: Number(row.degraded),
      downMs: Number(row.down),
      maintenanceMs: Number(row.maintenance),
      unknownMs: Number(row.unknown),
      pausedMs: Number(row.paused),
      pendingMs: Number(row.pending),
    })
    sums.set(row.monitor_id, sum)
  }
}
