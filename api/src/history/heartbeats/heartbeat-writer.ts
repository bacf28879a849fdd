import type { SqlRunner } from '../../events/index.ts'
import { holdOffSealing } from '../locks.ts'
import { arrayText, isoOfUs, storableText } from '../sql-values.ts'

/** One check to be recorded. */
export interface BeatRow {
  workspaceId: string
  monitorId: string
  /** When the check was due, or when the push came, in µs since 1970. */
  slotUs: number
  /** Code of HEARTBEAT_STATUS. */
  status: number
  latencyUs: number | null
  statusCode: number | null
  /** µs: dns, connect, tls, first byte, download, total; null where a phase was not measured. */
  timings: (number | null)[] | null
  message: string | null
}

/** A beat of a sealed hour makes its rollup stale. `do update` waits for a job that is just reading that hour. */
const INSERT = `
with beats as (
  select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::smallint[], $5::integer[],
                       $6::integer[], $7::text[], $8::text[])
    as t (workspace_id, monitor_id, slot, status, latency_us, status_code, timings, message)
), late as (
  insert into rollup_dirty (workspace_id, monitor_id, hour)
  select distinct b.workspace_id, b.monitor_id, date_bin('1 hour', b.slot, 'epoch')
    from beats b join rollup_watermark w using (workspace_id)
   where b.slot < w.hour
   order by 1, 2, 3
  on conflict (workspace_id, monitor_id, hour) do update set hour = excluded.hour
)
insert into heartbeat (workspace_id, monitor_id, slot, status, latency_us, status_code, timings, message)
select workspace_id, monitor_id, slot, status, latency_us, status_code, timings::integer[], message
  from beats
on conflict do nothing`

/**
 * Records checks, all in one statement, in the caller's transaction. A check that is already there is left as it is.
 * Throws what `isMissingPartition` recognises when a slot lies in a day without partition.
 */
export async function insertHeartbeats(runner: SqlRunner, rows: readonly BeatRow[]): Promise<void> {
  if (!rows.length) return
  await holdOffSealing(runner)
  await runner.query(INSERT, [
    rows.map((row) => row.workspaceId),
    rows.map((row) => row.monitorId),
    rows.map((row) => isoOfUs(row.slotUs)),
    rows.map((row) => row.status),
    rows.map((row) => row.latencyUs),
    rows.map((row) => row.statusCode),
    rows.map((row) => row.timings && arrayText(row.timings)),
    rows.map((row) => row.message && storableText(row.message)),
  ])
}
