import type { PushSchedule } from '../../checks/index.ts'
import type { MonitorStatus } from '../../lib/status.ts'

/** What a worker must know of a monitor to check it. Times are ms since 1970 unless they say µs. */
export interface WatchedMonitor {
  workspaceId: string
  monitorId: string
  version: number
  kind: string
  settings: Record<string, unknown>
  /** In the open. */
  secrets: Record<string, string>
  conditions: string[]
  isPassive: boolean
  isPaused: boolean
  /** From one check to the next; of a passive monitor: how long after a push the next is missing. */
  intervalMs: number
  retryMs: number
  timeoutMs: number
  shown: MonitorStatus
  isSuspect: boolean
  /** The last time the monitor has heard of, µs since 1970; 0 when of none. */
  fenceUs: number
  /** When its last beat was; null when there was none since it was created or resumed. */
  lastBeatMs: number | null
  dueMs: number | null
  /** Of a passive monitor. */
  schedule?: PushSchedule
  /** When the run began that a passive monitor waits for; null: none is under way. */
  startedMs?: number | null
}
