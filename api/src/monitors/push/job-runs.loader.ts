import DataLoader from 'dataloader'
import type { ReadScope } from '../../db/read-scope.ts'
import type { JobRun, ShownRunKind } from './job-run.object.ts'

export interface JobRunsKey {
  monitorId: string
  first: number
}

interface Row extends Omit<JobRun, 'body' | 'durationMs' | 'kind'> {
  monitorId: string
  kind: ShownRunKind
  durationMs: string | null
  body: Buffer | null
}

/** A start whose run is no longer open was never finished. */
const READ = `
select r."monitorId", r.id, r.at, r."startedAt", r."finishedAt", r."durationMs", r."exitStatus",
       r."runId", r.message, r.body,
       case when r.kind = 'RUNNING' and not coalesce(s.job->'open' @> jsonb_build_array(
              jsonb_build_object('id', r.id::text)), false) then 'UNFINISHED' else r.kind end as kind
  from unnest($2::uuid[], $3::integer[]) as w (monitor_id, first)
  join monitor_state s on s.workspace_id = $1 and s.monitor_id = w.monitor_id
 cross join lateral (
   select monitor_id as "monitorId", id, kind, at, started_at as "startedAt",
          finished_at as "finishedAt", duration_ms as "durationMs", exit_status as "exitStatus",
          rid as "runId", message, body, seq
     from job_run j where j.workspace_id = $1 and j.monitor_id = w.monitor_id
    order by seq desc limit w.first
 ) r
 order by r.seq desc`

/** The last runs of monitors, newest first. */
export function jobRunsLoader(scope: ReadScope): DataLoader<JobRunsKey, JobRun[], string> {
  return scope.loader(
    'jobRuns',
    () =>
      new DataLoader((keys: readonly JobRunsKey[]) => load(scope, keys), {
        cacheKeyFn: ({ monitorId, first }) => `${monitorId}/${first}`,
      }),
  )
}

async function load(scope: ReadScope, keys: readonly JobRunsKey[]): Promise<JobRun[][]> {
  const most = new Map<string, number>()
  for (const { monitorId, first } of keys)
    most.set(monitorId, Math.max(first, most.get(monitorId) ?? 0))
  const manager = await scope.manager()
  const rows = await manager.query<Row[]>(READ, [
    scope.actor.workspaceId,
    [...most.keys()],
    [...most.values()],
  ])
  return keys.map(({ monitorId, first }) =>
    rows
      .filter((row) => row.monitorId === monitorId)
      .slice(0, first)
      .map(runOf),
  )
}

function runOf({ body, durationMs, ...row }: Row): JobRun {
  return {
    ...row,
    durationMs: durationMs === null ? null : Number(durationMs),
    body: body && body.toString('utf8'),
  }
}
