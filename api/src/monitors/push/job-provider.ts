import type { EntityManager } from 'typeorm'
import { systemActor } from '../../lib/actor.ts'
import type { MonitorService } from '../editing/monitor.service.ts'
import type { Address } from './push-addresses.ts'

/** How many push monitors of a workspace jobs may have made for themselves. */
const MOST_JOBS = 1_000
const DAY_SECONDS = 86_400
const HOUR_SECONDS = 3_600

const FIND = `
select (select id from monitor where workspace_id = $1 and ping_slug = $2 and deleted_at is null
         order by id limit 1) as id,
       (select count(*)::integer from monitor
         where workspace_id = $1 and kind = 'push' and deleted_at is null) as count`

/** Makes the monitor of a job that calls for the first time: expected every day, with an hour of grace. */
export class JobProvider {
  constructor(private readonly service: Pick<MonitorService, 'provide'>) {}

  /** Null when there are too many already. */
  async provide(workspaceId: string, slug: string): Promise<Address | null> {
    const settings = { periodSeconds: DAY_SECONDS, graceSeconds: HOUR_SECONDS, slug }
    const id = await this.service.provide(
      systemActor(workspaceId),
      `ping ${workspaceId} ${slug}`,
      { name: slug, settings: { push: settings } },
      (manager) => find(manager, workspaceId, slug),
    )
    return id ? { workspaceId, monitorId: id } : null
  }
}

async function find(
  manager: EntityManager,
  workspaceId: string,
  slug: string,
): Promise<string | 'make' | null> {
  const [row] = await manager.query<{ id: string | null; count: number }[]>(FIND, [
    workspaceId,
    slug,
  ])
  if (row?.id) return row.id
  return (row?.count ?? 0) < MOST_JOBS ? 'make' : null
}
