import type { SqlRunner } from '../../events/index.ts'
import { joinSpans } from '../spans/overlapping.ts'
import type { Span } from '../spans/span.ts'
import { isoOfMs } from '../sql-values.ts'
import type { Beat } from './roll-up.ts'

/** One hour of one monitor. */
export interface HourKey {
  workspaceId: string
  monitorId: string
  hourMs: number
}

/** What an hour is rolled up from. */
export interface HourFacts {
  beats: Beat[]
  spans: Span[]
}

/** Statuses are one digit each; latencies are joined by commas, empty where nothing was measured. */
const BEATS = `
select k.n::integer, b.statuses, b.latencies
  from unnest($1::uuid[], $2::uuid[], $3::timestamptz[])
       with ordinality as k (workspace_id, monitor_id, hour, n)
 cross join lateral (
   select string_agg(h.status::text, '') as statuses,
          string_agg(coalesce(h.latency_us::text, ''), ',') as latencies
     from heartbeat h
    where h.workspace_id = k.workspace_id and h.monitor_id = k.monitor_id
      and h.slot >= k.hour and h.slot < k.hour + interval '1 hour'
      and h.slot >= $4 and h.slot < $5::timestamptz + interval '1 hour'
 ) b
 where b.statuses is not null`

const SPANS = `
select k.n::integer, s.status,
       floor(extract(epoch from s.from_at) * 1000)::bigint as from_ms,
       floor(extract(epoch from s.to_at) * 1000)::bigint as to_ms
  from unnest($1::uuid[], $2::uuid[], $3::timestamptz[])
       with ordinality as k (workspace_id, monitor_id, hour, n)
${joinSpans({
  workspace: 'k.workspace_id',
  monitor: 'k.monitor_id',
  since: 'k.hour',
  until: "k.hour + interval '1 hour'",
})}`

/** Reads the beats and spans of many hours, in two statements; the answer is in the order of the keys. */
export async function readHourFacts(
  runner: SqlRunner,
  keys: readonly HourKey[],
): Promise<HourFacts[]> {
  const facts = keys.map((): HourFacts => ({ beats: [], spans: [] }))
  if (!keys.length) return facts
  const arrays = [
    keys.map((key) => key.workspaceId),
    keys.map((key) => key.monitorId),
    keys.map((key) => isoOfMs(key.hourMs)),
  ]
  const hours = keys.map((key) => key.hourMs)
  const bounds = [Math.min(...hours), Math.max(...hours)].map(isoOfMs)
  const beats = (await runner.query(BEATS, [...arrays, ...bounds])) as BeatsRow[]
  for (const row of beats) facts[row.n - 1]!.beats = beatsOf(row)
  const spans = (await runner.query(SPANS, arrays)) as SpanRow[]
  for (const { n, status, from_ms, to_ms } of spans)
    facts[n - 1]!.spans.push({
      fromMs: Number(from_ms),
      toMs: to_ms === null ? null : Number(to_ms),
      status,
      reason: null,
    })
  return facts
}

interface BeatsRow {
  n: number
  statuses: string
  latencies: string
}

interface SpanRow {
  n: number
  status: number
  from_ms: string
  to_ms: string | null
}

function beatsOf(row: BeatsRow): Beat[] {
  const latencies = row.latencies.split(',')
  return Array.from(row.statuses, (status, n) => {
    const latency = latencies[n]
    return { status: Number(status), latencyUs: latency ? Number(latency) : null }
  })
}
