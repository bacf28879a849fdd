import DataLoader from 'dataloader'
import type { ReadScope } from '../../db/read-scope.ts'
import { requireRole } from '../../lib/permissions.ts'
import type { UptimeKey } from '../uptime/uptime.service.ts'
import type { LatencySeries } from './latency-series.object.ts'
import { readSeries } from './series-reader.ts'

/** The request's loader of series; `now` is ms since 1970. Monitors must be the workspace's own. */
export function latencySeriesLoader(
  scope: ReadScope,
  now: number,
): DataLoader<UptimeKey, LatencySeries> {
  return scope.loader('latencySeries', () => {
    return new DataLoader<UptimeKey, LatencySeries, string>(
      async (keys) => {
        requireRole(scope.actor, 'viewer')
        const runner = await scope.manager()
        const found = new Map<UptimeKey, LatencySeries>()
        for (const window of new Set(keys.map((key) => key.window))) {
          const own = keys.filter((key) => key.window === window)
          const series = await readSeries(runner, scope.actor.workspaceId, own, window, now)
          own.forEach((key, n) => found.set(key, series[n]!))
        }
        return keys.map((key) => found.get(key)!)
      },
      { cacheKeyFn: ({ monitorId, window }) => `${monitorId} ${window}` },
    ) as unknown as DataLoader<UptimeKey, LatencySeries>
  })
}
