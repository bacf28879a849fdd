import type { SqlRunner } from '../../events/index.ts'
import { heartbeatStatusOf } from '../../lib/status.ts'
import { isoOfUs } from '../sql-values.ts'
import type { Heartbeat, Timings } from './heartbeat.object.ts'

/** Bounds of a page. Times are µs since 1970. */
export interface HeartbeatRange {
  fromUs: number
  /** Exclusive. */
  beforeUs: number
  /** Codes of HEARTBEAT_STATUS; absent: all. */
  statuses?: readonly number[]
  limit: number
}

interface HeartbeatRow {
  slot_us: string
  status: number
  latency_us: number | null
  status_code: number | null
  timings: (number | null)[] | null
  message: string | null
}

const PAGE = `
select floor(extract(epoch from slot) * 1000000)::bigint as slot_us, status, latency_us, status_code,
       timings, message
  from heartbeat
 where workspace_id = $1 and monitor_id = $2 and slot >= $3 and slot < $4
   and ($5::smallint[] is null or status = any($5))
 order by slot desc
 limit $6`

/** Recorded checks of a monitor, newest first. */
export async function readHeartbeats(
  runner: SqlRunner,
  workspaceId: string,
  monitorId: string,
  range: HeartbeatRange,
): Promise<Heartbeat[]> {
  const rows = (await runner.query(PAGE, [
    workspaceId,
    monitorId,
    isoOfUs(range.fromUs),
    isoOfUs(range.beforeUs),
    range.statuses ?? null,
    range.limit,
  ])) as HeartbeatRow[]
  return rows.map((row) => heartbeatOf(monitorId, { ...row, slotUs: Number(row.slot_us) }))
}

/** A heartbeat of the contract from the numbers that are stored. */
export function heartbeatOf(
  monitorId: string,
  row: Omit<HeartbeatRow, 'slot_us'> & { slotUs: number },
): Heartbeat {
  return {
    id: `${monitorId}.${row.slotUs.toString(36)}`,
    monitorId,
    at: new Date(Math.floor(row.slotUs / 1000)),
    status: heartbeatStatusOf(row.status),
    latencyMs: msOf(row.latency_us),
    statusCode: row.status_code,
    message: row.message,
    timings: row.timings && timingsOf(row.timings),
    slotUs: row.slotUs,
  }
}

/** Timings of the contract from the stored ones: dns, connect, tls, first byte, download, total in µs. */
export function timingsOf(timings: readonly (number | null)[]): Timings {
  const [dns, connect, tls, firstByte, download, total] = timings
  return {
    dnsMs: msOf(dns),
    connectMs: msOf(connect),
    tlsMs: msOf(tls),
    firstByteMs: msOf(firstByte),
    downloadMs: msOf(download),
    totalMs: msOf(total) ?? 0,
  }
}

const msOf = (us: number | null | undefined): number | null =>
  us === null || us === undefined ? null : us / 1000
