import DataLoader from 'dataloader'
import { In, IsNull } from 'typeorm'
import type { ReadScope } from '../db/read-scope.ts'
import { isId } from '../lib/ids.ts'
import { MonitorState } from './monitor-state.entity.ts'
import { Monitor } from './monitor.entity.ts'

/** Monitors by id as this request sees them: null for what is deleted, unknown or of another workspace. */
export function monitorLoader(scope: ReadScope): DataLoader<string, Monitor | null> {
  return scope.loader('monitor', () => new DataLoader((ids) => loadMonitors(scope, ids)))
}

/** What is known of monitors now, by the monitor's id. */
export function monitorStateLoader(scope: ReadScope): DataLoader<string, MonitorState | null> {
  return scope.loader('monitorState', () => new DataLoader((ids) => loadStates(scope, ids)))
}

async function loadMonitors(scope: ReadScope, ids: readonly string[]): Promise<(Monitor | null)[]> {
  const { workspaceId } = scope.actor
  const id = In(ids.filter(isId))
  const manager = await scope.manager()
  const found = await manager.find(Monitor, { where: { workspaceId, id, deletedAt: IsNull() } })
  const byId = new Map(found.map((monitor) => [monitor.id, monitor]))
  return ids.map((wanted) => byId.get(wanted) ?? null)
}

async function loadStates(
  scope: ReadScope,
  ids: readonly string[],
): Promise<(MonitorState | null)[]> {
  const { workspaceId } = scope.actor
  const manager = await scope.manager()
  const found = await manager.find(MonitorState, {
    where: { workspaceId, monitorId: In([...ids]) },
  })
  const byId = new Map(found.map((state) => [state.monitorId, state]))
  return ids.map((wanted) => byId.get(wanted) ?? null)
}
