import type { SqlRunner } from '../../events/index.ts'
import { lateAfter, scheduleOf } from '../../checks/index.ts'
import type { JobState } from '../push/job-state.ts'
import type { MachineRules, MachineState } from '../state/machine.ts'

/** A monitor's state as locked for a flush, with what its beats are judged by. */
export interface LockedRow {
  workspaceId: string
  monitorId: string
  machine: MachineState
  lastStatus: number | null
  lastMessage: string | null
  ownerEpoch: number | null
  isDeleted: boolean
  version: number
  intervalSeconds: number
  timeoutMs: number
  retryIntervalSeconds: number
  failAfter: number
  failForSeconds: number
  recoverAfter: number
  recoverForSeconds: number
  /** Of push monitors only; else null. */
  settings: Record<string, unknown> | null
  job: JobState | null
}

/** What a flush writes over a state row. Fields of the last beat are those of the newest stored one. */
export interface StateUpdate {
  workspaceId: string
  monitorId: string
  status: number
  statusSinceMs: number | null
  reason: string | null
  machine: MachineState
  slotUs: number
  lastStatus: number
  latencyUs: number | null
  statusCode: number | null
  message: string | null
  timings: (number | null)[] | null
  ring: Buffer
  certificate: object | null
  nextDueMs: number
  /** Null: as it is. */
  job: JobState | null
}

/** What a ping leaves that was no beat: the start of a run, a line of its log. */
export interface JobUpdate {
  workspaceId: string
  monitorId: string
  job: JobState
  /** Null: as it is. */
  nextDueMs: number | null
}

const LOCK = `
select s.workspace_id as "workspaceId", s.monitor_id as "monitorId", s.machine,
       s.last_status as "lastStatus", s.last_message as "lastMessage",
       s.owner_epoch as "ownerEpoch", m.deleted_at is not null as "isDeleted", m.version,
       m.interval_seconds as "intervalSeconds", m.timeout_ms as "timeoutMs",
       m.retry_interval_seconds as "retryIntervalSeconds", m.fail_after as "failAfter",
       m.fail_for_seconds as "failForSeconds", m.recover_after as "recoverAfter",
       m.recover_for_seconds as "recoverForSeconds",
       case when m.push_token_hash is not null then m.settings end as settings, s.job
  from unnest($1::uuid[], $2::uuid[]) as w (workspace_id, monitor_id)
  join monitor_state s on s.workspace_id = w.workspace_id and s.monitor_id = w.monitor_id
  join monitor m on m.workspace_id = s.workspace_id and m.id = s.monitor_id
 order by s.workspace_id, s.monitor_id
   for update of s`

const UPDATE = `
update monitor_state s
   set status = u.status,
       status_since = coalesce(u.status_since, s.status_since),
       reason = case when u.status_since is null then s.reason else u.reason end,
       machine = u.machine::jsonb,
       last_slot = u.slot, last_status = u.last_status, last_latency_us = u.latency_us,
       last_status_code = u.status_code, last_message = u.message,
       last_timings = u.timings::integer[],
       recent = substring(s.recent || u.ring
                          from greatest(length(s.recent) + length(u.ring) - $16 + 1, 1)),
       certificate = coalesce(u.certificate::jsonb, s.certificate),
       next_due_at = u.next_due, job = coalesce(u.job::jsonb, s.job)
  from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::timestamptz[], $5::text[], $6::text[],
              $7::timestamptz[], $8::smallint[], $9::integer[], $10::integer[], $11::text[],
              $12::text[], $13::bytea[], $14::text[], $15::timestamptz[], $17::text[])
       as u (workspace_id, monitor_id, status, status_since, reason, machine, slot, last_status,
             latency_us, status_code, message, timings, ring, certificate, next_due, job)
 where s.workspace_id = u.workspace_id and s.monitor_id = u.monitor_id`

const UPDATE_JOBS = `
update monitor_state s
   set job = u.job::jsonb, next_due_at = coalesce(u.next_due, s.next_due_at)
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[])
       as u (workspace_id, monitor_id, job, next_due)
 where s.workspace_id = u.workspace_id and s.monitor_id = u.monitor_id`

/** Locks the state rows of these monitors, always in the same order. Unknown monitors are left out. */
export async function lockRows(
  runner: SqlRunner,
  monitors: readonly { workspaceId: string; monitorId: string }[],
): Promise<LockedRow[]> {
  return (await runner.query(LOCK, [
    monitors.map((m) => m.workspaceId),
    monitors.map((m) => m.monitorId),
  ])) as LockedRow[]
}

export async function updateRows(
  runner: SqlRunner,
  rows: readonly StateUpdate[],
  ringBytes: number,
): Promise<void> {
  if (!rows.length) return
  await runner.query(UPDATE, [
    rows.map((r) => r.workspaceId),
    rows.map((r) => r.monitorId),
    rows.map((r) => r.status),
    rows.map((r) => (r.statusSinceMs === null ? null : new Date(r.statusSinceMs).toISOString())),
    rows.map((r) => r.reason),
    rows.map((r) => JSON.stringify(r.machine)),
    rows.map((r) => isoOfUs(r.slotUs)),
    rows.map((r) => r.lastStatus),
    rows.map((r) => r.latencyUs),
    rows.map((r) => r.statusCode),
    rows.map((r) => r.message),
    rows.map((r) => r.timings && `{${r.timings.map((t) => t ?? 'null').join()}}`),
    rows.map((r) => r.ring),
    rows.map((r) => r.certificate && JSON.stringify(r.certificate)),
    rows.map((r) => new Date(r.nextDueMs).toISOString()),
    ringBytes,
    rows.map((r) => r.job && JSON.stringify(r.job)),
  ])
}

export async function updateJobs(runner: SqlRunner, rows: readonly JobUpdate[]): Promise<void> {
  if (!rows.length) return
  await runner.query(UPDATE_JOBS, [
    rows.map((r) => r.workspaceId),
    rows.map((r) => r.monitorId),
    rows.map((r) => JSON.stringify(r.job)),
    rows.map((r) => (r.nextDueMs === null ? null : new Date(r.nextDueMs).toISOString())),
  ])
}

/** µs since 1970 as PostgreSQL reads it without loss. */
export function isoOfUs(us: number): string {
  const ms = Math.floor(us / 1000)
  const rest = String(us - ms * 1000).padStart(3, '0')
  return `${new Date(ms).toISOString().slice(0, -1)}${rest}Z`
}

/**
 * What a monitor's beats are judged by. After a push the next is promised for the end of its period, or of the
 * time to its next cron occurrence, and its grace.
 */
export function rulesOf(
  row: Omit<LockedRow, 'machine' | 'job'>,
  isPassive: boolean,
  slotMs = 0,
): MachineRules {
  return {
    intervalMs: isPassive
      ? lateAfter(scheduleOf(row), slotMs) - slotMs
      : row.intervalSeconds * 1000,
    failAfter: row.failAfter,
    failForMs: row.failForSeconds * 1000,
    recoverAfter: row.recoverAfter,
    recoverForMs: row.recoverForSeconds * 1000,
  }
}
