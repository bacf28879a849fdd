import type { Database } from '../src/db/index.ts'
import { newId } from '../src/lib/ids.ts'
import { initialState } from '../src/monitors/state/machine.ts'

export interface TestMonitor {
  workspaceId: string
  monitorId: string
}

interface Wishes {
  kind?: string
  settings?: object
  intervalSeconds?: number
  retryIntervalSeconds?: number
  timeoutMs?: number
  failAfter?: number
  recoverAfter?: number
  ownerEpoch?: number | null
  nextDueAt?: Date | null
  pushTokenHash?: Buffer | null
  createdAt?: Date
}

/** The epoch of the worker that owns a test's monitors. */
export const OWNER = -1

const DEFAULTS = {
  kind: 'http',
  settings: {},
  intervalSeconds: 60,
  retryIntervalSeconds: 20,
  timeoutMs: 10_000,
  failAfter: 2,
  recoverAfter: 1,
  /** No scheduler that shares the server claims what belongs to a negative epoch. */
  ownerEpoch: OWNER as number | null,
  nextDueAt: null as Date | null,
  pushTokenHash: null as Buffer | null,
  createdAt: new Date(Date.UTC(2026, 0, 5, 11)),
}

/** Puts a monitor into the tables as they are, without the service. */
export async function insertMonitor(
  database: Database,
  workspaceId: string,
  wishes: Wishes = {},
): Promise<TestMonitor> {
  const w = { ...DEFAULTS, ...wishes }
  const monitorId = newId()
  await database.work(async (runner) => {
    await runner.query(
      `insert into monitor (workspace_id, id, name, kind, target, settings, interval_seconds,
         timeout_ms, retry_interval_seconds, fail_after, fail_for_seconds, recover_after,
         recover_for_seconds, push_token_hash, created_at, updated_at)
       values ($1, $2, $3, $4, '', $5, $6, $7, $8, $9, 0, $10, 0, $11, $12, $12)`,
      [
        ...[workspaceId, monitorId, 'Test', w.kind, w.settings, w.intervalSeconds, w.timeoutMs],
        ...[w.retryIntervalSeconds, w.failAfter, w.recoverAfter, w.pushTokenHash, w.createdAt],
      ],
    )
    await runner.query(
      `insert into monitor_state (workspace_id, monitor_id, status, status_since, machine,
         owner_epoch, next_due_at) values ($1, $2, 0, $3, $4, $5, $6)`,
      [workspaceId, monitorId, w.createdAt, initialState(), w.ownerEpoch, w.nextDueAt],
    )
    await runner.query(
      `insert into state_span (workspace_id, monitor_id, from_at, status) values ($1, $2, $3, 0)`,
      [workspaceId, monitorId, w.createdAt],
    )
  })
  return { workspaceId, monitorId }
}

/** What is stored of a monitor, in short forms that read well in a test. */
export async function stored(database: Database, { workspaceId, monitorId }: TestMonitor) {
  const key = [workspaceId, monitorId]
  const query = <T>(sql: string): Promise<T[]> => database.worker.query(sql, key)
  const [state] = await query<Record<string, unknown>>(
    'select * from monitor_state where workspace_id = $1 and monitor_id = $2',
  )
  const beats = await query<{ us: string; status: number; message: string | null }>(
    `select (extract(epoch from slot) * 1000000)::bigint as us, status, message from heartbeat
      where workspace_id = $1 and monitor_id = $2 order by slot`,
  )
  const spans = await query<{ from_at: Date; to_at: Date | null; status: number }>(
    `select from_at, to_at, status from state_span
      where workspace_id = $1 and monitor_id = $2 order by from_at`,
  )
  const evidence = await query<{ us: string; body: object }>(
    `select (extract(epoch from slot) * 1000000)::bigint as us, body from evidence
      where workspace_id = $1 and monitor_id = $2 order by slot`,
  )
  return {
    state: state!,
    beats: beats.map((b) => ({ slotUs: Number(b.us), status: b.status, message: b.message })),
    spans: spans.map((s) => ({
      fromMs: s.from_at.getTime(),
      toMs: s.to_at && s.to_at.getTime(),
      status: s.status,
    })),
    evidenceUs: evidence.map((e) => Number(e.us)),
  }
}

/** The log of a workspace: kind and body of each event. */
export async function logged(
  database: Database,
  workspaceId: string,
): Promise<{ kind: string; body: Record<string, unknown> }[]> {
  return database.worker.query(
    'select kind, body from event where workspace_id = $1 order by position',
    [workspaceId],
  )
}
