import type { LogHead } from '../db/read-scope.ts'
import type { LoggedEvent, NewEvent } from './event-kinds.ts'

/** Anything that runs SQL: a query runner, an entity manager, a data source. */
export interface SqlRunner {
  query(sql: string, parameters?: unknown[]): Promise<unknown>
}

/** Events that a transaction put at the end of a workspace's log. */
export interface CommittedEvents {
  workspaceId: string
  epoch: number
  events: LoggedEvent[]
}

/** A stretch of the log, and the head at the moment it was read. */
export interface LogPage {
  head: LogHead
  events: LoggedEvent[]
  /** Positions are missing (older than retention), or the log ends before the position asked for. */
  isBroken: boolean
}

/** The heads are locked in sorted order and the day is taken under the lock, so days never run against positions. */
const APPEND = `
with appended as materialized (
  select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[])
    with ordinality as t (workspace_id, kind, at, body, n)
), counts as (
  select workspace_id, count(*) as n from appended group by workspace_id
), locked as materialized (
  select h.workspace_id from event_head h
   where h.workspace_id in (select workspace_id from counts)
   order by h.workspace_id for update
), bumped as (
  update event_head h set position = h.position + c.n
    from counts c join locked l using (workspace_id)
   where h.workspace_id = c.workspace_id
  returning h.workspace_id, h.epoch, h.position - c.n as base,
            (clock_timestamp() at time zone 'utc')::date as day
), inserted as (
  insert into event (workspace_id, day, position, kind, at, body)
  select workspace_id, b.day,
         b.base + row_number() over (partition by workspace_id order by a.n),
         a.kind, a.at, a.body::jsonb
    from appended a join bumped b using (workspace_id)
)
select workspace_id, epoch, base from bumped`

const PAGE = `
select h.position as head, h.epoch, e.position, e.kind, e.at, e.body
  from event_head h
  left join lateral (
    select position, kind, at, body from event
     where workspace_id = h.workspace_id and position > $2
     order by position limit $3
  ) e on true
 where h.workspace_id = $1
 order by e.position`

interface PageRow {
  head: string
  epoch: number
  position: string | null
  kind: string
  at: Date
  body: object
}

/**
 * Puts events at the end of their workspaces' logs, densely numbered, in one statement. It must be the last
 * statement of its transaction: from here to the commit every other writer of these workspaces waits.
 * Tell the hub (`committed`) what it answers, after the commit.
 */
export async function appendEvents(
  runner: SqlRunner,
  appends: readonly { workspaceId: string; events: readonly NewEvent[] }[],
): Promise<CommittedEvents[]> {
  const rows = appends.flatMap(({ workspaceId, events }) =>
    events.map((event) => ({ workspaceId, event })),
  )
  if (!rows.length) return []
  const heads = (await runner.query(APPEND, [
    rows.map((row) => row.workspaceId),
    rows.map((row) => row.event.kind),
    rows.map((row) => row.event.at.toISOString()),
    rows.map((row) => JSON.stringify(row.event.body)),
  ])) as { workspace_id: string; epoch: number; base: string }[]
  return [...new Set(rows.map((row) => row.workspaceId))].map((workspaceId) => {
    const head = heads.find((h) => h.workspace_id === workspaceId)
    if (!head) throw new Error(`Workspace ${workspaceId} has no event log`)
    const own = rows.filter((row) => row.workspaceId === workspaceId)
    const base = Number(head.base)
    return {
      workspaceId,
      epoch: head.epoch,
      events: own.map((row, n) => ({ ...row.event, position: base + n + 1 })),
    }
  })
}

/** Up to `limit` events after a position, in order; undefined when the workspace has no log. */
export async function readLog(
  runner: SqlRunner,
  workspaceId: string,
  after: number,
  limit: number,
): Promise<LogPage | undefined> {
  const rows = (await runner.query(PAGE, [workspaceId, after, limit])) as PageRow[]
  const first = rows[0]
  if (!first) return undefined
  const head = { epoch: first.epoch, position: Number(first.head) }
  const events = first.position === null ? [] : rows.map(eventOf)
  return { head, events, isBroken: isBroken(events, after, limit, head.position) }
}

function eventOf(row: PageRow): LoggedEvent {
  const { kind, at, body } = row
  return { position: Number(row.position), kind, at, body } as LoggedEvent
}

function isBroken(events: LoggedEvent[], after: number, limit: number, head: number): boolean {
  const expected = Math.min(limit, head - after)
  return events.length !== expected || events.some((event, n) => event.position !== after + n + 1)
}

/** The heads of several logs at once. */
export async function readHeads(
  runner: SqlRunner,
  workspaceIds: readonly string[],
): Promise<Map<string, LogHead>> {
  const rows = (await runner.query(
    'select workspace_id, position, epoch from event_head where workspace_id = any($1::uuid[])',
    [workspaceIds],
  )) as { workspace_id: string; position: string; epoch: number }[]
  return new Map(
    rows.map((row) => [row.workspace_id, { epoch: row.epoch, position: Number(row.position) }]),
  )
}
