import type { SqlRunner } from '../../events/index.ts'
import type { UptimeWindow } from '../time-windows.ts'
import type { Coverage } from '../uptime/uptime-reader.ts'
import { type Buckets, bucketsOf } from './buckets.ts'
import type { LatencySeries } from './latency-series.object.ts'
import { readRawSeries } from './raw-series.ts'
import { readRolledUpSeries } from './rolled-up-series.ts'

/** What of a monitor's history a series shows. */
export interface MonitorBuckets extends Coverage {
  buckets: Buckets
  /** Where its history begins, ms since 1970; Infinity without any. */
  firstMs: number
}

const BEGINNINGS = `
select m.id, m.interval_seconds,
       (select floor(extract(epoch from min(s.from_at)) * 1000)::bigint from state_span s
         where s.workspace_id = m.workspace_id and s.monitor_id = m.id) as first_ms
  from monitor m
 where m.workspace_id = $1 and m.id = any($2::uuid[])`

/** Series of many monitors over one window that ends at `now` (ms since 1970), in the order given. */
export async function readSeries(
  runner: SqlRunner,
  workspaceId: string,
  monitors: readonly Coverage[],
  window: UptimeWindow,
  now: number,
): Promise<LatencySeries[]> {
  const rows = (await runner.query(BEGINNINGS, [
    workspaceId,
    monitors.map((m) => m.monitorId),
  ])) as {
    id: string
    interval_seconds: number
    first_ms: string | null
  }[]
  const known = new Map(rows.map((row) => [row.id, row]))
  const planned = monitors.map((monitor): MonitorBuckets => {
    const row = known.get(monitor.monitorId)
    const firstMs = row?.first_ms ? Number(row.first_ms) : Infinity
    return { ...monitor, firstMs, buckets: bucketsOf(window, now, row?.interval_seconds ?? 60) }
  })
  const read = planned[0]?.buckets.source === 'RAW' ? readRawSeries : readRolledUpSeries
  const points = planned.length ? await read(runner, workspaceId, planned) : []
  return planned.map(({ buckets }, n) => ({
    source: buckets.source,
    bucketSeconds: buckets.lengthMs / 1000,
    points: points[n]!,
  }))
}
