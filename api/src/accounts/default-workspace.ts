import type { Database } from '../db/index.ts'
import type { Clock } from '../lib/clock.ts'
import { newId } from '../lib/ids.ts'
import { Workspace } from './workspace.entity.ts'

const FIRST_WORKSPACE_LOCK = 7412

/** The first workspace, made on the first start, once even by two processes. The set-up names it. */
export async function ensureDefaultWorkspace(database: Database, clock: Clock): Promise<Workspace> {
  const existing = await database.worker.manager.findOne(Workspace, {
    where: {},
    order: { createdAt: 'ASC', id: 'ASC' },
  })
  return existing ?? makeWorkspace(database, clock)
}

function makeWorkspace(database: Database, clock: Clock): Promise<Workspace> {
  return database.work(async (runner) => {
    await runner.query('select pg_advisory_xact_lock($1)', [FIRST_WORKSPACE_LOCK])
    const [made] = await runner.manager.find(Workspace, {
      order: { createdAt: 'ASC', id: 'ASC' },
      take: 1,
    })
    if (made) return made
    const now = clock.now()
    const workspace = {
      ...{ id: newId(now), name: 'Default', slug: 'default' },
      createdAt: new Date(now),
    }
    await runner.manager.insert(Workspace, workspace)
    await runner.query('insert into event_head (workspace_id, position, epoch) values ($1, 0, 1)', [
      workspace.id,
    ])
    return runner.manager.create(Workspace, workspace)
  })
}
