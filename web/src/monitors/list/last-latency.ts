import { beatRings } from '../live/beats.ts'
import type { ListedMonitor } from './list-order.ts'

/** Response time of the last check in ms; null when it had none or nothing is checked at present. */
export function lastLatency(monitor: ListedMonitor): number | null {
  if (monitor.isPaused) return null
  const live = beatRings.of(monitor.id).value.at(-1)
  const known = monitor.recentHeartbeats.at(-1)
  const last = live && known && live.at < known.at ? known : (live ?? known)
  return last?.latencyMs ?? null
}
