import type { SqlRunner } from '../../events/index.ts'
import { durationsIn, worstOf } from '../spans/durations.ts'
import type { Span } from '../spans/span.ts'
import { readSpansSince } from '../spans/span-reader.ts'
import { isoOfMs } from '../sql-values.ts'
import { type Buckets, bucketStarts } from './buckets.ts'
import type { LatencyPoint } from './latency-series.object.ts'
import type { MonitorBuckets } from './series-reader.ts'

/** Exact percentiles of the checks that found the target up or degraded. */
const BUCKETS = `
select r.monitor_id, floor(extract(epoch from date_bin(r.length, h.slot, 'epoch')) * 1000)::bigint as at,
       count(*)::integer as count, avg(h.latency_us) filter (where h.status in (1, 2)) as avg,
       percentile_disc(array[0, 0.5, 0.95, 0.99, 1]) within group (order by h.latency_us)
         filter (where h.status in (1, 2) and h.latency_us is not null) as quantiles
  from unnest($2::uuid[], $3::timestamptz[], $4::interval[]) as r (monitor_id, from_at, length)
  join heartbeat h on h.workspace_id = $1 and h.monitor_id = r.monitor_id
   and h.slot >= r.from_at and h.slot >= $5 and h.slot <= $6
 group by 1, 2`

interface BucketRow {
  monitor_id: string
  at: string
  count: number
  avg: string | null
  quantiles: number[] | null
}

/** Series of the recorded checks themselves, in two statements. */
export async function readRawSeries(
  runner: SqlRunner,
  workspaceId: string,
  monitors: readonly MonitorBuckets[],
): Promise<LatencyPoint[][]> {
  const since = monitors.map(({ monitorId, buckets }) => ({ monitorId, fromMs: buckets.fromMs }))
  const rows = (await runner.query(BUCKETS, [
    workspaceId,
    since.map((s) => s.monitorId),
    since.map((s) => isoOfMs(s.fromMs)),
    monitors.map(({ buckets }) => `${buckets.lengthMs} milliseconds`),
    isoOfMs(Math.min(...since.map((s) => s.fromMs))),
    isoOfMs(Math.max(...monitors.map(({ buckets }) => buckets.nowMs))),
  ])) as BucketRow[]
  const spans = await readSpansSince(runner, workspaceId, since)
  const byMonitor = new Map(since.map((s) => [s.monitorId, new Map<number, BucketRow>()]))
  for (const row of rows) byMonitor.get(row.monitor_id)?.set(Number(row.at), row)
  return monitors.map((monitor) =>
    pointsOf(monitor, byMonitor.get(monitor.monitorId)!, spans.get(monitor.monitorId)!),
  )
}

function pointsOf(
  { buckets, firstMs, coveredUntil }: MonitorBuckets,
  rows: ReadonlyMap<number, BucketRow>,
  spans: readonly Span[],
): LatencyPoint[] {
  let done = 0
  return bucketStarts(buckets, firstMs).map((at) => {
    const end = endOf(buckets, at)
    while (spans[done]?.toMs && spans[done]!.toMs! <= at) done++
    const later = spans.findIndex((span, n) => n >= done && span.fromMs >= end)
    const own = spans.slice(done, later === -1 ? undefined : later)
    const status = worstOf(durationsIn(own, at, end, coveredUntil))
    return { at: new Date(at), status, ...numbersOf(rows.get(at)) }
  })
}

const endOf = (buckets: Buckets, at: number): number =>
  Math.min(at + buckets.lengthMs, buckets.nowMs)

function numbersOf(row: BucketRow | undefined): Omit<LatencyPoint, 'at' | 'status'> {
  const [min, p50, p95, p99, max] = row?.quantiles ?? []
  return {
    count: row?.count ?? 0,
    avgMs: msOf(row?.avg),
    minMs: msOf(min),
    maxMs: msOf(max),
    p50Ms: msOf(p50),
    p95Ms: msOf(p95),
    p99Ms: msOf(p99),
  }
}

const msOf = (us: number | string | null | undefined): number | null =>
  us === null || us === undefined ? null : Number(us) / 1000
