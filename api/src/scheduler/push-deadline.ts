import { lateAfter } from '../checks/index.ts'
import type { WatchedMonitor } from '../monitors/index.ts'
import { type Plan, planDeadline } from './planning.ts'

type Waiting = Pick<
  WatchedMonitor,
  'intervalMs' | 'fenceUs' | 'lastBeatMs' | 'dueMs' | 'schedule' | 'startedMs'
>

/** When a sign of life is missing, if the last one came at `lastMs`. */
function lateMs({ schedule, intervalMs }: Waiting, lastMs: number): number {
  return schedule ? lateAfter(schedule, lastMs) : lastMs + intervalMs
}

/** Waits from now on, because nobody listened before: a run that was begun for its grace, else for the next. */
export function waitAnew(monitor: Waiting, nowMs: number): Plan {
  const { schedule, startedMs } = monitor
  const isStarted = schedule && typeof startedMs === 'number'
  const dueMs = isStarted ? nowMs + schedule.graceMs : lateMs(monitor, nowMs)
  return planDeadline(dueMs, dueMs, nowMs, nowMs)
}

/** Waits until the moment that was told; without one, from now on. Never longer than from now on. */
export function waitUntil(monitor: Waiting, dueMs: number | null, nowMs: number): Plan {
  const longestMs = lateMs(monitor, nowMs)
  return planDeadline(dueMs ?? longestMs, longestMs, nowMs, monitor.fenceUs / 1000)
}

/** Whether a deadline was put off before, by an absence of ours: restarts must not do so again and again. */
export function wasPutOff(monitor: Waiting): boolean {
  const { dueMs, lastBeatMs, startedMs, schedule } = monitor
  if (dueMs === null) return false
  if (schedule && typeof startedMs === 'number') return dueMs > startedMs + schedule.graceMs
  return lastBeatMs !== null && dueMs > lateMs(monitor, lastBeatMs)
}
