import type { SqlRunner } from '../../events/index.ts'
import { stopWriters } from '../locks.ts'
import { isoOfMs } from '../sql-values.ts'
import { hourOf } from '../time-windows.ts'
import type { HourKey } from './hour-facts.ts'

/** How long after its end an hour is sealed: late beats of a busy moment still find it open. */
const SETTLE_MS = 60_000
const HOURS_AT_ONCE = 6

/** A workspace begins to be rolled up at the hour of its first span. */
const BEGIN = `
insert into rollup_watermark (workspace_id, hour)
select w.id, date_bin('1 hour', f.first, 'epoch')
  from workspace w
 cross join lateral (select min(from_at) as first from state_span s where s.workspace_id = w.id) f
 where f.first is not null
   and not exists (select from rollup_watermark r where r.workspace_id = w.id)
on conflict do nothing`

/** A deleted monitor counts for another day, within which it can be restored. */
const SEAL = `
with due as (
  select workspace_id, hour as begin, least($1::timestamptz, hour + $2 * interval '1 hour') as until
    from rollup_watermark where hour < $1::timestamptz
), moved as (
  update rollup_watermark w set hour = due.until from due where w.workspace_id = due.workspace_id
), marked as (
  insert into rollup_dirty (workspace_id, monitor_id, hour)
  select m.workspace_id, m.id, h
    from due
    join monitor m using (workspace_id)
   cross join lateral generate_series(due.begin, due.until - interval '1 hour', '1 hour') as h
   where m.deleted_at is null or m.deleted_at > due.begin - interval '25 hours'
  on conflict do nothing
)
select count(*)::integer as due from due`

/** A writer that is about to mark one of these rows waits for the job; the job never waits for a writer. */
const TAKE = `
with picked as (
  select workspace_id, monitor_id, hour from rollup_dirty
   order by hour, workspace_id, monitor_id limit $1 for update skip locked
), taken as (
  delete from rollup_dirty d using picked p
   where d.workspace_id = p.workspace_id and d.monitor_id = p.monitor_id and d.hour = p.hour
  returning d.workspace_id, d.monitor_id, d.hour
)
select workspace_id, monitor_id, floor(extract(epoch from hour) * 1000)::bigint as hour_ms from taken`

/** Until when hours may be sealed at `now`. */
export function sealableUntil(now: number): number {
  return hourOf(now - SETTLE_MS)
}

export async function beginWorkspaces(runner: SqlRunner): Promise<void> {
  await runner.query(BEGIN)
}

/**
 * Moves the watermarks up to `untilMs`, a few hours at a time: from now on the hours before them have a rollup or
 * are marked dirty. To be called in a transaction of its own, short because writers wait. True: there is more.
 */
export async function sealHours(runner: SqlRunner, untilMs: number): Promise<boolean> {
  await stopWriters(runner)
  const [row] = (await runner.query(SEAL, [isoOfMs(untilMs), HOURS_AT_ONCE])) as { due: number }[]
  return (row?.due ?? 0) > 0
}

/** Takes dirty hours, the oldest first; they stay taken if the transaction commits. */
export async function takeDirty(runner: SqlRunner, limit: number): Promise<HourKey[]> {
  const rows = (await runner.query(TAKE, [limit])) as {
    workspace_id: string
    monitor_id: string
    hour_ms: string
  }[]
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    monitorId: row.monitor_id,
    hourMs: Number(row.hour_ms),
  }))
}

const COMPLETE_DAYS = `
select d.workspace_id, d.monitor_id, d.day_ms
  from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as d (workspace_id, monitor_id, day_ms)
  join rollup_watermark w using (workspace_id)
 cross join lateral (select 'epoch'::timestamptz + d.day_ms * interval '1 millisecond' as day) t
 where w.hour >= t.day + interval '24 hours'
   and not exists (select from rollup_dirty r
                    where r.workspace_id = d.workspace_id and r.monitor_id = d.monitor_id
                      and r.hour >= t.day and r.hour < t.day + interval '24 hours')`

/** Of these days (`hourMs` is their beginning) those whose hours are all rolled up. */
export async function completeDays(
  runner: SqlRunner,
  days: readonly HourKey[],
): Promise<HourKey[]> {
  const rows = (await runner.query(COMPLETE_DAYS, [
    days.map((day) => day.workspaceId),
    days.map((day) => day.monitorId),
    days.map((day) => day.hourMs),
  ])) as { workspace_id: string; monitor_id: string; day_ms: string }[]
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    monitorId: row.monitor_id,
    hourMs: Number(row.day_ms),
  }))
}
