import type { Database } from '../../db/index.ts'
import { appendToRing, RING_BEATS } from '../state/ring.ts'

interface Row {
  monitor_id: string
  at: Date
  status: number
  latency_us: number | null
}

/** Puts the latest stored beats of a workspace's monitors into their rings, for histories that came from elsewhere. */
export async function refillRings(database: Database, workspaceId: string): Promise<void> {
  await database.work(async (runner) => {
    const rows = (await runner.query(
      `select s.monitor_id, h.slot as at, h.status, h.latency_us
         from monitor_state s
        cross join lateral (
          select slot, status, latency_us from heartbeat
           where workspace_id = s.workspace_id and monitor_id = s.monitor_id
           order by slot desc limit $2) h
        where s.workspace_id = $1
        order by s.monitor_id, h.slot`,
      [workspaceId, RING_BEATS],
    )) as Row[]
    const ids = [...new Set(rows.map((row) => row.monitor_id))]
    const rings = ids.map((id) =>
      appendToRing(
        Buffer.alloc(0),
        rows
          .filter((row) => row.monitor_id === id)
          .map((row) => ({
            atMs: row.at.getTime(),
            status: row.status,
            latencyUs: row.latency_us,
          })),
      ),
    )
    await runner.query(
      `update monitor_state s set recent = r.ring
         from unnest($2::uuid[], $3::bytea[]) as r (monitor_id, ring)
        where s.workspace_id = $1 and s.monitor_id = r.monitor_id`,
      [workspaceId, ids, rings],
    )
  })
}
