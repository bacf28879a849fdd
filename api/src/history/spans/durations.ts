import { MONITOR_STATUS, type MonitorStatus } from '../../lib/status.ts'
import type { Span } from './span.ts'

/** How a stretch of time was spent, in ms. */
export interface Durations {
  upMs: number
  degradedMs: number
  downMs: number
  maintenanceMs: number
  unknownMs: number
  pausedMs: number
  /** Before the first result. Stored and told as unknown. */
  pendingMs: number
}

const FIELD: Record<number, keyof Durations> = {
  [MONITOR_STATUS.PENDING]: 'pendingMs',
  [MONITOR_STATUS.UP]: 'upMs',
  [MONITOR_STATUS.DEGRADED]: 'degradedMs',
  [MONITOR_STATUS.DOWN]: 'downMs',
  [MONITOR_STATUS.UNKNOWN]: 'unknownMs',
  [MONITOR_STATUS.MAINTENANCE]: 'maintenanceMs',
  [MONITOR_STATUS.PAUSED]: 'pausedMs',
}

/** Statuses that hold only as long as somebody looks. */
export const WATCHED: readonly number[] = [
  MONITOR_STATUS.UP,
  MONITOR_STATUS.DEGRADED,
  MONITOR_STATUS.DOWN,
]

export function noTime(): Durations {
  return {
    upMs: 0,
    degradedMs: 0,
    downMs: 0,
    maintenanceMs: 0,
    unknownMs: 0,
    pausedMs: 0,
    pendingMs: 0,
  }
}

export function addStatus(durations: Durations, status: number, ms: number): void {
  durations[FIELD[status] ?? 'unknownMs'] += ms
}

export function addDurations(to: Durations, more: Durations): void {
  for (const field of Object.keys(to) as (keyof Durations)[]) to[field] += more[field]
}

export function totalOf(durations: Durations): number {
  return Object.values(durations).reduce((sum: number, ms: number) => sum + ms, 0)
}

/**
 * How [fromMs, toMs) was spent. Of the open span, time from `coveredUntil` on is unknown while it says something
 * about the target: nobody looked. Time outside of all spans is not counted.
 */
export function durationsIn(
  spans: Iterable<Span>,
  fromMs: number,
  toMs: number,
  coveredUntil = Infinity,
): Durations {
  const durations = noTime()
  for (const span of spans) {
    const from = Math.max(span.fromMs, fromMs)
    const to = Math.min(span.toMs ?? Infinity, toMs)
    if (to <= from) continue
    const isOpenEnded = span.toMs === null && WATCHED.includes(span.status)
    const knownTo = isOpenEnded ? Math.min(to, Math.max(from, coveredUntil)) : to
    addStatus(durations, span.status, knownTo - from)
    durations.unknownMs += to - knownTo
  }
  return durations
}

const NOTICEABLE = 0.05

/**
 * The worst status of a bucket. A short unknown stretch (our own restart) does not colour a whole bucket;
 * no time at all is PENDING.
 */
export function worstOf(durations: Durations): MonitorStatus {
  const { downMs, degradedMs, unknownMs, maintenanceMs, upMs, pausedMs } = durations
  if (downMs > 0) return 'DOWN'
  if (degradedMs > 0) return 'DEGRADED'
  if (unknownMs > 0 && unknownMs >= NOTICEABLE * totalOf(durations)) return 'UNKNOWN'
  if (maintenanceMs > 0) return 'MAINTENANCE'
  if (upMs > 0) return 'UP'
  return pausedMs > 0 ? 'PAUSED' : 'PENDING'
}
