import { scheduleOf } from '../../checks/index.ts'
import type { Database } from '../../db/index.ts'
import type { Log } from '../../lib/log.ts'
import type { SecretBox } from '../../lib/secret-box.ts'
import { monitorStatusOf } from '../../lib/status.ts'
import { openSecrets } from '../monitor-secrets.ts'
import type { JobState } from '../push/job-state.ts'
import { type MachineState, isSuspect } from '../state/machine.ts'
import type { WatchedMonitor } from './watched-monitor.ts'

/** Who owns monitors, and whether there are some that nobody owns. */
export interface Census {
  owners: number[]
  hasUnowned: boolean
  living: number[]
}

interface Row {
  workspaceId: string
  monitorId: string
  version: number
  kind: string
  settings: Record<string, unknown>
  secrets: Record<string, string>
  conditions: string[]
  intervalSeconds: number
  retryIntervalSeconds: number
  timeoutMs: number
  isPassive: boolean
  status: number
  machine: MachineState
  job: JobState | null
  nextDueAt: Date | null
}

/** Deleted monitors belong to nobody's epoch and are claimed by none. */
export const OWNER_OF_DELETED = 0

/** Distinct owners by skipping through the index: as cheap with a million monitors as with ten. */
const CENSUS = `
with recursive owners as (
  (select owner_epoch as epoch from monitor_state where owner_epoch > 0
    order by owner_epoch limit 1)
  union all
  select (select s.owner_epoch from monitor_state s where s.owner_epoch > o.epoch
           order by s.owner_epoch limit 1)
    from owners o where o.epoch is not null
)
select array(select epoch from owners where epoch is not null) as owners,
       exists (select from monitor_state where owner_epoch is null) as "hasUnowned",
       array(select objid::integer from pg_locks
              where locktype = 'advisory' and classid = $1 and objsubid = 2 and granted
                and database = (select oid from pg_database where datname = current_database())
       ) as living`

const COLUMNS = `
  m.workspace_id as "workspaceId", m.id as "monitorId", m.version, m.kind, m.settings, m.secrets,
  m.conditions, m.interval_seconds as "intervalSeconds",
  m.retry_interval_seconds as "retryIntervalSeconds", m.timeout_ms as "timeoutMs",
  m.push_token_hash is not null as "isPassive", s.status, s.machine, s.job,
  s.next_due_at as "nextDueAt"`

const CLAIM = `
with picked as (
  select workspace_id, monitor_id from monitor_state
   where owner_epoch is null or owner_epoch = any($2::integer[])
   order by next_due_at nulls first limit $3
     for update skip locked
), s as (
  update monitor_state s set owner_epoch = $1 from picked p
   where s.workspace_id = p.workspace_id and s.monitor_id = p.monitor_id
  returning s.*
)
select ${COLUMNS} from s join monitor m on m.workspace_id = s.workspace_id and m.id = s.monitor_id`

const OWNED = `
select ${COLUMNS} from unnest($2::uuid[], $3::uuid[]) as w (workspace_id, monitor_id)
  join monitor_state s on s.workspace_id = w.workspace_id and s.monitor_id = w.monitor_id
  join monitor m on m.workspace_id = s.workspace_id and m.id = s.monitor_id
 where s.owner_epoch = $1`

const RELEASE = `
update monitor_state s set owner_epoch = null
  from unnest($2::uuid[], $3::uuid[]) as w (workspace_id, monitor_id)
 where s.workspace_id = w.workspace_id and s.monitor_id = w.monitor_id and s.owner_epoch = $1`

const POSTPONE = `
update monitor_state s set next_due_at = w.due
  from unnest($2::uuid[], $3::uuid[], $4::timestamptz[]) as w (workspace_id, monitor_id, due)
 where s.workspace_id = w.workspace_id and s.monitor_id = w.monitor_id and s.owner_epoch = $1`

interface Place {
  workspaceId: string
  monitorId: string
}

/** The division of all monitors among the workers: each monitor belongs to one worker's epoch at a time. */
export class WatchList {
  constructor(private readonly options: { database: Database; secretBox: SecretBox; log: Log }) {}

  /** `lockClass`: the advisory locks of this class are held by living workers, each for its epoch. */
  async census(lockClass: number): Promise<Census> {
    const [census] = (await this.query(CENSUS, [lockClass])) as Census[]
    return census!
  }

  /** Takes at most `limit` monitors that nobody owns or whose owners are dead. Two workers never get the same. */
  async claim(epoch: number, dead: readonly number[], limit: number): Promise<WatchedMonitor[]> {
    return this.watched(await this.query(CLAIM, [epoch, dead, limit]))
  }

  /** The present settings of those of these monitors that this worker owns. */
  async reload(epoch: number, monitors: readonly Place[]): Promise<WatchedMonitor[]> {
    return this.watched(await this.query(OWNED, [epoch, ...keysOf(monitors)]))
  }

  /** Gives monitors back: any worker may claim them. */
  async release(epoch: number, monitors: readonly Place[]): Promise<void> {
    await this.query(RELEASE, [epoch, ...keysOf(monitors)])
  }

  /** How many monitors each epoch owns, and how many there are with those that nobody owns. */
  async shares(): Promise<{ byEpoch: Map<number, number>; total: number }> {
    const rows = (await this.query(
      `select owner_epoch as epoch, count(*)::integer as count from monitor_state
        where owner_epoch is null or owner_epoch > 0 group by owner_epoch`,
      [],
    )) as { epoch: number | null; count: number }[]
    return {
      byEpoch: new Map(rows.flatMap((row) => (row.epoch ? [[row.epoch, row.count]] : []))),
      total: rows.reduce((sum, row) => sum + row.count, 0),
    }
  }

  /** Remembers that these pushes are waited for anew, because we were away when they may have come. */
  async postpone(epoch: number, dues: readonly (Place & { dueMs: number })[]): Promise<void> {
    if (!dues.length) return
    const times = dues.map((d) => new Date(d.dueMs).toISOString())
    await this.query(POSTPONE, [epoch, ...keysOf(dues), times])
  }

  private query(sql: string, parameters: unknown[]): Promise<unknown> {
    return this.options.database.worker.query(sql, parameters)
  }

  private watched(rows: unknown): WatchedMonitor[] {
    return (rows as Row[]).map((row) => this.watchedOf(row))
  }

  private watchedOf(row: Row): WatchedMonitor {
    const { workspaceId, monitorId, version, kind, conditions, isPassive, timeoutMs, machine } = row
    const graceMs = isPassive ? timeoutMs : 0
    return {
      ...{ workspaceId, monitorId, version, kind, conditions, isPassive, timeoutMs },
      settings: row.settings,
      secrets: this.secretsOf(row),
      isPaused: machine.isPaused,
      intervalMs: row.intervalSeconds * 1000 + graceMs,
      retryMs: row.retryIntervalSeconds * 1000,
      shown: monitorStatusOf(row.status),
      isSuspect: isSuspect(machine),
      fenceUs: machine.fenceUs,
      lastBeatMs: machine.lastBeat && Math.floor(machine.lastBeat.slotUs / 1000),
      dueMs: row.nextDueAt && row.nextDueAt.getTime(),
      ...(isPassive && { schedule: scheduleOf(row), startedMs: startOf(row.job) }),
    }
  }

  /** A lost master key must not stop the checks that need no secret. */
  private secretsOf({ monitorId, secrets }: Row): Record<string, string> {
    try {
      return openSecrets(this.options.secretBox, monitorId, secrets)
    } catch (error) {
      this.options.log.error({ err: error, monitorId }, 'The secrets of a monitor cannot be read')
      return {}
    }
  }
}

function startOf(job: JobState | null): number | null {
  return job?.start ? Math.floor(job.start.us / 1000) : null
}

function keysOf(monitors: readonly Place[]): [string[], string[]] {
  return [monitors.map((m) => m.workspaceId), monitors.map((m) => m.monitorId)]
}
