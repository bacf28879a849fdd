import type { QueryRunner } from 'typeorm'
import type { Database } from '../../db/index.ts'
import { insertHeartbeats } from '../heartbeats/heartbeat-writer.ts'
import { writeRollups } from '../rollups/rollup-rows.ts'
import { sealableUntil } from '../rollups/sealing.ts'
import { isoOfMs } from '../sql-values.ts'
import { type HistoryToInvent, invent, type Invention } from './invention.ts'

const ROWS_AT_ONCE = 2_000
/**
 * Gives monitors a believable past: spans and rollups of all days, and the recorded checks of yesterday and today,
 * whose partitions must exist. Ends where a monitor's own history begins, else with an open span at `now`.
 */
export async function generateHistory(
  database: Pick<Database, 'work' | 'worker'>,
  wish: HistoryToInvent,
): Promise<void> {
  const begins = await ownBeginnings(database, wish)
  const invented = wish.monitors.map((monitor, n) =>
    invent(wish, monitor, n, begins.get(monitor.monitorId)),
  )
  // Before the watermark, so that they aren't taken for late ones and rolled up again.
  await inChunks(
    database,
    invented.flatMap((i) => i.beats),
    insertHeartbeats,
  )
  await database.work(async (runner) => {
    await runner.query(
      `insert into state_span (workspace_id, monitor_id, from_at, to_at, status, reason)
       select $1, * from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::smallint[], $6::text[])`,
      spanValues(wish, invented),
    )
    await runner.query(
      'insert into rollup_watermark (workspace_id, hour) values ($1, $2) on conflict do nothing',
      [wish.workspaceId, isoOfMs(sealableUntil(wish.now))],
    )
  })
  await inChunks(
    database,
    invented.flatMap((i) => i.hours),
    (runner, rows) => writeRollups(runner, 'rollup_hour', rows),
  )
  await inChunks(
    database,
    invented.flatMap((i) => i.days),
    (runner, rows) => writeRollups(runner, 'rollup_day', rows),
  )
}

async function ownBeginnings(
  database: Pick<Database, 'worker'>,
  { workspaceId, monitors }: HistoryToInvent,
): Promise<Map<string, number>> {
  const rows = (await database.worker.query(
    `select monitor_id, min(from_at) as first from state_span
      where workspace_id = $1 and monitor_id = any($2::uuid[]) group by monitor_id`,
    [workspaceId, monitors.map((monitor) => monitor.monitorId)],
  )) as { monitor_id: string; first: Date }[]
  return new Map(rows.map((row) => [row.monitor_id, row.first.getTime()]))
}

function spanValues(
  { workspaceId, monitors }: HistoryToInvent,
  invented: readonly Invention[],
): unknown[] {
  const rows = invented.flatMap(({ spans }, n) =>
    spans.map((span) => ({ ...span, monitorId: monitors[n]!.monitorId })),
  )
  return [
    workspaceId,
    rows.map((row) => row.monitorId),
    rows.map((row) => isoOfMs(row.fromMs)),
    rows.map((row) => (row.toMs === null ? null : isoOfMs(row.toMs))),
    rows.map((row) => row.status),
    rows.map((row) => row.reason),
  ]
}

async function inChunks<T>(
  database: Pick<Database, 'work'>,
  rows: readonly T[],
  write: (runner: QueryRunner, rows: T[]) => Promise<void>,
): Promise<void> {
  for (let n = 0; n < rows.length; n += ROWS_AT_ONCE)
    await database.work((runner) => write(runner, rows.slice(n, n + ROWS_AT_ONCE)))
}
