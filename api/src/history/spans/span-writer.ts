import type { SqlRunner } from '../../events/index.ts'
import { holdOffSealing } from '../locks.ts'
import { isoOfMs, storableText } from '../sql-values.ts'
import { joinSpans } from './overlapping.ts'
import { type Change, changeSpans, firstMomentOf, type Span } from './span.ts'

/** A change of a monitor's shown status. Times are ms since 1970. */
export interface SpanChange extends Change {
  workspaceId: string
  monitorId: string
}

interface SpanRow {
  workspace_id: string
  monitor_id: string
  from_ms: string
  to_ms: string | null
  status: number
  reason: string | null
}

interface Timeline {
  workspaceId: string
  monitorId: string
  sinceMs: number
  changes: SpanChange[]
  before: Span[]
}

/** From the span before the first moment of change on. */
const READ = `
select c.workspace_id, c.monitor_id, s.status, s.reason,
       floor(extract(epoch from s.from_at) * 1000)::bigint as from_ms,
       floor(extract(epoch from s.to_at) * 1000)::bigint as to_ms
  from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as c (workspace_id, monitor_id, since)
${joinSpans({
  workspace: 'c.workspace_id',
  monitor: 'c.monitor_id',
  since: 'c.since',
  first: '<',
})}
 order by c.workspace_id, c.monitor_id, s.from_at`

const REMOVE = `
delete from state_span s
 using unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as g (workspace_id, monitor_id, from_at)
 where s.workspace_id = g.workspace_id and s.monitor_id = g.monitor_id and s.from_at = g.from_at`

/** Rows come oldest first: the open span is closed before its successor opens. */
const WRITE = `
insert into state_span (workspace_id, monitor_id, from_at, to_at, status, reason)
select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::smallint[], $6::text[])
on conflict (workspace_id, monitor_id, from_at)
do update set to_at = excluded.to_at, status = excluded.status, reason = excluded.reason`

/** `do update` waits for a job that is just reading that hour. */
const MARK_DIRTY = `
insert into rollup_dirty (workspace_id, monitor_id, hour)
select t.workspace_id, t.monitor_id, h
  from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as t (workspace_id, monitor_id, since)
  join rollup_watermark w using (workspace_id)
 cross join lateral generate_series(date_bin('1 hour', t.since, 'epoch'),
                                    w.hour - interval '1 hour', '1 hour') as h
 order by 1, 2, 3
on conflict (workspace_id, monitor_id, hour) do update set hour = excluded.hour`

/**
 * Changes the timelines of monitors, in order, in the caller's transaction, which must hold the monitors' state
 * rows locked. Spans stay without gaps, one open span a monitor; hours that are already sealed are marked dirty.
 */
export async function applySpanChanges(
  runner: SqlRunner,
  changes: readonly SpanChange[],
): Promise<void> {
  if (!changes.length) return
  await holdOffSealing(runner)
  const timelines = await readTimelines(runner, changes)
  const gone: SpanKey[] = []
  const written: (SpanKey & Span)[] = []
  for (const { workspaceId, monitorId, before, changes: own } of timelines) {
    const after = own.reduce<Span[]>(changeSpans, before)
    const begins = new Set(after.map((span) => span.fromMs))
    for (const span of before)
      if (!begins.has(span.fromMs)) gone.push({ workspaceId, monitorId, fromMs: span.fromMs })
    for (const span of after)
      if (!before.some((old) => isSame(old, span)))
        written.push({ workspaceId, monitorId, ...span })
  }
  if (gone.length) await runner.query(REMOVE, keysOf(gone))
  if (written.length) await runner.query(WRITE, rowsOf(written))
  await markDirty(runner, timelines)
}

/** Marks the sealed hours of these monitors since a moment (ms since 1970) to be rolled up again. */
export async function markDirty(
  runner: SqlRunner,
  marks: readonly { workspaceId: string; monitorId: string; sinceMs: number }[],
): Promise<void> {
  if (!marks.length) return
  await runner.query(MARK_DIRTY, [
    marks.map((mark) => mark.workspaceId),
    marks.map((mark) => mark.monitorId),
    marks.map((mark) => isoOfMs(mark.sinceMs)),
  ])
}

interface SpanKey {
  workspaceId: string
  monitorId: string
  fromMs: number
}

async function readTimelines(
  runner: SqlRunner,
  changes: readonly SpanChange[],
): Promise<Timeline[]> {
  const timelines = new Map<string, Timeline>()
  for (const change of changes) {
    const { workspaceId, monitorId } = change
    const key = workspaceId + monitorId
    const known = timelines.get(key)
    const sinceMs = Math.min(firstMomentOf(change), known?.sinceMs ?? Infinity)
    if (known) Object.assign(known, { sinceMs, changes: [...known.changes, change] })
    else timelines.set(key, { workspaceId, monitorId, sinceMs, changes: [change], before: [] })
  }
  const all = [...timelines.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const rows = (await runner.query(READ, [
    all.map((t) => t.workspaceId),
    all.map((t) => t.monitorId),
    all.map((t) => isoOfMs(t.sinceMs)),
  ])) as SpanRow[]
  for (const row of rows) timelines.get(row.workspace_id + row.monitor_id)?.before.push(spanOf(row))
  return all
}

const keyOf = (t: { workspaceId: string; monitorId: string }): string => t.workspaceId + t.monitorId

function spanOf(row: SpanRow): Span {
  const { status, reason } = row
  const toMs = row.to_ms === null ? null : Number(row.to_ms)
  return { fromMs: Number(row.from_ms), toMs, status, reason }
}

function isSame(a: Span, b: Span): boolean {
  return (
    a.fromMs === b.fromMs && a.toMs === b.toMs && a.status === b.status && a.reason === b.reason
  )
}

const keysOf = (rows: readonly SpanKey[]): unknown[] => [
  rows.map((row) => row.workspaceId),
  rows.map((row) => row.monitorId),
  rows.map((row) => isoOfMs(row.fromMs)),
]

const rowsOf = (rows: readonly (SpanKey & Span)[]): unknown[] => [
  ...keysOf(rows),
  rows.map((row) => (row.toMs === null ? null : isoOfMs(row.toMs))),
  rows.map((row) => row.status),
  rows.map((row) => row.reason && storableText(row.reason)),
]
