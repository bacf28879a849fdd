import pg from 'pg'
import { EmbeddedServer } from '../../api/src/db/embedded/embedded-server.ts'
import { findRollupDifferences } from '../../api/src/history/rollups/rollup-check.ts'
import { RollupJob } from '../../api/src/history/rollups/rollup-job.ts'
import { systemClock } from '../../api/src/lib/clock.ts'
import { silentLog } from '../../api/src/lib/log.ts'
import { heartbeatStatusOf, monitorStatusOf } from '../../api/src/lib/status.ts'
import type { MachineEvent, Verdict } from '../../api/src/monitors/state/machine.ts'
import { recompute } from '../../api/src/monitors/state/timeline.ts'

const HOUR_MS = 3_600_000

interface MonitorRow {
  workspace_id: string
  id: string
  name: string
  created_at: Date
  machine: object
  status: number
  interval_ms: string
  fail_after: number
  fail_for_ms: string
  recover_after: number
  recover_for_ms: string
}

/**
 * Computes the history of every monitor again from its recorded checks, and answers in words where state, spans
 * or rollups differ. For monitors that nobody paused or edited. Runs beside the server.
 */
export async function historyDifferences(dataFolder: string): Promise<string[]> {
  const server = await EmbeddedServer.attach({ dataFolder, log: silentLog })
  if (!server) throw new Error('No server owns this folder')
  const client = new pg.Client(server.connectionOf('allswell', 'allswell'))
  await client.connect()
  try {
    await client.query('set search_path to allswell')
    const query = async <T>(sql: string, values: unknown[] = []) =>
      (await client.query(sql, values)).rows as T[]
    const monitors = await query<MonitorRow>(
      `select m.workspace_id, m.id, m.name, m.created_at, s.machine, s.status, m.fail_after, m.recover_after,
              m.interval_seconds * 1000 + case when m.push_token_hash is null then 0 else m.timeout_ms end as interval_ms,
              m.fail_for_seconds * 1000 as fail_for_ms, m.recover_for_seconds * 1000 as recover_for_ms
         from monitor m join monitor_state s on s.monitor_id = m.id`,
    )
    const found: string[] = []
    for (const monitor of monitors) found.push(...(await differencesOf(monitor, query)))
    const runner = { query }
    const work = async <T>(run: (given: typeof runner) => Promise<T>): Promise<T> => {
      await client.query('begin')
      const result = await run(runner)
      await client.query('commit')
      return result
    }
    type JobDatabase = ConstructorParameters<typeof RollupJob>[0]['database']
    const database = { work } as unknown as JobDatabase
    const job = new RollupJob({ database, clock: systemClock, log: silentLog })
    await job.runOnce(Date.now() + 2 * HOUR_MS)
    for (const workspaceId of new Set(monitors.map((m) => m.workspace_id)))
      found.push(
        ...(await findRollupDifferences(runner, workspaceId)).map(
          (d) => `${d.table} ${d.monitorId} ${new Date(d.startMs).toISOString()}`,
        ),
      )
    return found
  } finally {
    await client.end()
  }
}

async function differencesOf(
  monitor: MonitorRow,
  query: <T>(sql: string, values?: unknown[]) => Promise<T[]>,
): Promise<string[]> {
  const beats = await query<{ us: string; status: number; message: string | null }>(
    `select (extract(epoch from slot) * 1000000)::bigint as us, status, message from heartbeat where monitor_id = $1 order by slot`,
    [monitor.id],
  )
  const spans = await query<{ from_at: Date; to_at: Date | null; status: number }>(
    'select from_at, to_at, status from state_span where monitor_id = $1 order by from_at',
    [monitor.id],
  )
  const events = beats.map((beat): MachineEvent => ({
    kind: 'beat',
    slotUs: Number(beat.us),
    verdict: heartbeatStatusOf(beat.status) as Verdict,
    reason: beat.message,
  }))
  const again = recompute(monitor.created_at.getTime(), events, {
    intervalMs: Number(monitor.interval_ms),
    failAfter: monitor.fail_after,
    failForMs: Number(monitor.fail_for_ms),
    recoverAfter: monitor.recover_after,
    recoverForMs: Number(monitor.recover_for_ms),
  })
  const stored = spans.map((s) => ({
    fromMs: s.from_at.getTime(),
    toMs: s.to_at?.getTime() ?? null,
    status: monitorStatusOf(s.status),
  }))
  const found: string[] = []
  if (JSON.stringify(stored) !== JSON.stringify(again.spans))
    found.push(
      `${monitor.name}: spans ${JSON.stringify(stored.slice(-4))}, expected ${JSON.stringify(again.spans.slice(-4))}`,
    )
  if (monitorStatusOf(monitor.status) !== again.spans.at(-1)?.status)
    found.push(`${monitor.name}: shows ${monitor.status}`)
  return found
}
