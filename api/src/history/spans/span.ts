import { MONITOR_STATUS } from '../../lib/status.ts'

/** A stretch of one confirmed status, in ms since 1970; open while `toMs` is null. */
export interface Span {
  fromMs: number
  toMs: number | null
  /** Code of MONITOR_STATUS. */
  status: number
  reason: string | null
}

/** From `at` on the status is another. Times are ms since 1970. */
export interface Change {
  at: number
  /** Code of MONITOR_STATUS. */
  status: number
  reason: string | null
  /** The first sign of it, before `at`: what was judged since then was judged wrongly. */
  backdatedTo?: number
}

const JUDGED = new Set<number>([
  MONITOR_STATUS.PENDING,
  MONITOR_STATUS.UP,
  MONITOR_STATUS.DEGRADED,
  MONITOR_STATUS.DOWN,
])

/** When a change first alters the timeline. */
export function firstMomentOf(change: Change): number {
  return Math.floor(Math.min(change.at, change.backdatedTo ?? change.at))
}

/**
 * The spans of one monitor after a change; `spans` are sorted, without gaps, and the last is open.
 * Judged time since the backdated moment takes the new status; unknown, paused and maintenance time keeps its own.
 */
export function changeSpans(spans: readonly Span[], change: Change): Span[] {
  const since = firstMomentOf(change)
  const last = spans.at(-1)
  const startsAt = last ? Math.max(Math.floor(change.at), last.fromMs) : since
  const { status, reason } = change
  const changed: Span[] = []
  for (const span of spans) {
    const toMs = Math.min(span.toMs ?? Infinity, startsAt)
    changed.push({ ...span, toMs: Math.min(toMs, since) })
    const later = { ...span, fromMs: Math.max(span.fromMs, since), toMs }
    changed.push(JUDGED.has(span.status) ? { ...later, status, reason } : later)
  }
  changed.push({ fromMs: startsAt, toMs: null, status, reason })
  return joinEqual(changed.filter((span) => span.toMs === null || span.toMs > span.fromMs))
}

function joinEqual(spans: readonly Span[]): Span[] {
  const joined: Span[] = []
  for (const span of spans) {
    const before = joined.at(-1)
    if (before?.status === span.status)
      joined[joined.length - 1] = { ...span, fromMs: before.fromMs, reason: before.reason }
    else joined.push(span)
  }
  return joined
}
