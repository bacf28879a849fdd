import type { SqlRunner } from '../../events/index.ts'
import { isoOfMs } from '../sql-values.ts'
import { joinSpans } from './overlapping.ts'
import type { Span } from './span.ts'

const OVERLAPPING = `
select r.monitor_id, s.status, floor(extract(epoch from s.from_at) * 1000)::bigint as from_ms,
       floor(extract(epoch from s.to_at) * 1000)::bigint as to_ms
  from unnest($2::uuid[], $3::timestamptz[]) as r (monitor_id, from_at)
${joinSpans({ workspace: '$1', monitor: 'r.monitor_id', since: 'r.from_at' })}
 order by r.monitor_id, s.from_at`

/** The spans of each monitor that last since its moment (ms since 1970) or begin later, oldest first; no reasons. */
export async function readSpansSince(
  runner: SqlRunner,
  workspaceId: string,
  since: readonly { monitorId: string; fromMs: number }[],
): Promise<Map<string, Span[]>> {
  const spans = new Map(since.map(({ monitorId }) => [monitorId, [] as Span[]]))
  if (!since.length) return spans
  const rows = (await runner.query(OVERLAPPING, [
    workspaceId,
    since.map((s) => s.monitorId),
    since.map((s) => isoOfMs(s.fromMs)),
  ])) as { monitor_id: string; status: number; from_ms: string; to_ms: string | null }[]
  for (const { monitor_id, status, from_ms, to_ms } of rows) {
    const toMs = to_ms === null ? null : Number(to_ms)
    spans.get(monitor_id)?.push({ fromMs: Number(from_ms), toMs, status, reason: null })
  }
  return spans
}
