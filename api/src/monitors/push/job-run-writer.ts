import type { SqlRunner } from '../../events/index.ts'
import { isoOfUs } from '../recording/state-rows.ts'

export type JobRunKind = 'RUNNING' | 'SUCCESS' | 'FAILURE' | 'LOG' | 'IGNORED'

/** A run as it is written; times are µs since 1970. */
export interface JobRunRow {
  workspaceId: string
  monitorId: string
  place: number
  seq: number
  id: string
  kind: JobRunKind
  rid: string | null
  atUs: number
  startedUs: number | null
  finishedUs: number | null
  durationMs: number | null
  exitStatus: number | null
  message: string | null
  body: Buffer | null
}

/** A place that is taken is written over: a finish over its own start, else the oldest run. */
const WRITE = `
insert into job_run (workspace_id, monitor_id, place, seq, id, kind, rid, at, started_at, finished_at,
                     duration_ms, exit_status, message, body)
select * from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::bigint[], $5::uuid[], $6::text[],
                     $7::uuid[], $8::timestamptz[], $9::timestamptz[], $10::timestamptz[],
                     $11::bigint[], $12::smallint[], $13::text[], $14::bytea[])
on conflict (workspace_id, monitor_id, place) do update
   set seq = excluded.seq, id = excluded.id, kind = excluded.kind, rid = excluded.rid,
       at = excluded.at, started_at = excluded.started_at, finished_at = excluded.finished_at,
       duration_ms = excluded.duration_ms, exit_status = excluded.exit_status,
       message = excluded.message, body = excluded.body`

/** Writes the runs of a flush, all in one statement. Each place may be given once. */
export async function writeJobRuns(runner: SqlRunner, runs: readonly JobRunRow[]): Promise<void> {
  if (!runs.length) return
  const time = (us: number | null): string | null => (us === null ? null : isoOfUs(us))
  await runner.query(WRITE, [
    runs.map((r) => r.workspaceId),
    runs.map((r) => r.monitorId),
    runs.map((r) => r.place),
    runs.map((r) => r.seq),
    runs.map((r) => r.id),
    runs.map((r) => r.kind),
    runs.map((r) => r.rid),
    runs.map((r) => time(r.atUs)),
    runs.map((r) => time(r.startedUs)),
    runs.map((r) => time(r.finishedUs)),
    runs.map((r) => r.durationMs),
    runs.map((r) => r.exitStatus),
    runs.map((r) => r.message),
    runs.map((r) => r.body),
  ])
}
