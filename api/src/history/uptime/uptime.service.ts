import DataLoader from 'dataloader'
import type { ReadScope } from '../../db/read-scope.ts'
import type { SqlRunner } from '../../events/index.ts'
import { requireRole } from '../../lib/permissions.ts'
import { type Durations, noTime } from '../spans/durations.ts'
import { type UptimeWindow, WINDOW_MS } from '../time-windows.ts'
import { type Coverage, readDurations } from './uptime-reader.ts'
import type { Uptime } from './uptime.object.ts'

/** Uptime of one monitor over one window that ends now. */
export interface UptimeKey extends Coverage {
  window: UptimeWindow
}

/** The share of good time in the known time; null when nothing is known. */
export function ratioOf({ upMs, degradedMs, downMs }: Durations): number | null {
  const known = upMs + degradedMs + downMs
  return known > 0 ? (upMs + degradedMs) / known : null
}

/** Uptimes of many monitors over one window that ends at `now` (ms since 1970), in the order given. */
export async function readUptimes(
  runner: SqlRunner,
  workspaceId: string,
  monitors: readonly Coverage[],
  window: UptimeWindow,
  now: number,
): Promise<Uptime[]> {
  const fromMs = now - WINDOW_MS[window]
  const durations = await readDurations(runner, workspaceId, monitors, fromMs, now)
  const [from, to] = [new Date(fromMs), new Date(now)]
  return monitors.map(({ monitorId }) => {
    const { pendingMs, unknownMs, ...time } = durations.get(monitorId) ?? noTime()
    const unknown = unknownMs + pendingMs
    const ratio = ratioOf({ ...time, unknownMs, pendingMs })
    return { ...time, unknownMs: unknown, ratio, from, to }
  })
}

/** The request's loader of uptimes; `now` is ms since 1970. Monitors must be the workspace's own. */
export function uptimeLoader(scope: ReadScope, now: number): DataLoader<UptimeKey, Uptime> {
  return scope.loader('uptime', () => {
    return new DataLoader<UptimeKey, Uptime, string>(
      async (keys) => {
        requireRole(scope.actor, 'viewer')
        const runner = await scope.manager()
        const found = new Map<UptimeKey, Uptime>()
        for (const window of new Set(keys.map((key) => key.window))) {
          const own = keys.filter((key) => key.window === window)
          const uptimes = await readUptimes(runner, scope.actor.workspaceId, own, window, now)
          own.forEach((key, n) => found.set(key, uptimes[n]!))
        }
        return keys.map((key) => found.get(key)!)
      },
      { cacheKeyFn: ({ monitorId, window }) => `${monitorId} ${window}` },
    ) as unknown as DataLoader<UptimeKey, Uptime>
  })
}
