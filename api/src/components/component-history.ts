import type { LocalDay } from '../lib/local-days.ts'
import type { ComponentStatus } from './component-status.ts'
import type { ComponentStretch } from './component-timeline.ts'

/** One letter a day: u up, d degraded, x down, m maintenance, - nothing known. */
export interface DaySummary {
  mark: 'u' | 'd' | 'x' | 'm' | '-'
  downMs: number
  /** The share of good time in the known time, 0 to 1; null when nothing is known. */
  uptime: number | null
}

/** A time in which a component was down, in ms since 1970. */
export interface Outage {
  startMs: number
  /** null: it lasts. */
  endMs: number | null
  /** The worst of it. */
  status: ComponentStatus
}

/** How each day went; each ends where the next begins, the last one at `endMs`. */
export function summariseDays(
  stretches: readonly ComponentStretch[],
  days: readonly LocalDay[],
  endMs: number,
): DaySummary[] {
  let first = 0
  return days.map(({ fromMs }, n) => {
    const toMs = Math.min(days[n + 1]?.fromMs ?? endMs, endMs)
    while (stretches[first] && stretches[first]!.toMs <= fromMs) first++
    const inside: ComponentStretch[] = []
    for (let m = first; m < stretches.length && stretches[m]!.fromMs < toMs; m++)
      inside.push(clipped(stretches[m]!, fromMs, toMs))
    return summary(inside)
  })
}

/**
 * The share of good time in the known time since a moment, 0 to 1; null when nothing is known. A part that is down
 * counts as its share.
 */
export function uptimeOf(
  stretches: readonly ComponentStretch[],
  sinceMs = -Infinity,
): number | null {
  let [known, down] = [0, 0]
  for (const { fromMs, toMs, isKnown, downShare } of stretches) {
    const lastedMs = toMs - Math.max(fromMs, sinceMs)
    if (!isKnown || lastedMs <= 0) continue
    known += lastedMs
    down += lastedMs * downShare
  }
  return known > 0 ? (known - down) / known : null
}

/**
 * The outages, the newest first. What is partly and then wholly down is one; so is what was down before and after a
 * time of which nothing is known.
 */
export function outagesOf(stretches: readonly ComponentStretch[], endMs: number): Outage[] {
  const outages: Outage[] = []
  let open: Outage | undefined
  for (const { fromMs, toMs, status } of stretches) {
    if (status === 'UNKNOWN') continue
    if (status !== 'MAJOR_OUTAGE' && status !== 'PARTIAL_OUTAGE') {
      open = undefined
      continue
    }
    if (!open) outages.unshift((open = { startMs: fromMs, endMs: toMs, status }))
    open.endMs = toMs >= endMs ? null : toMs
    if (status === 'MAJOR_OUTAGE') open.status = status
  }
  return outages
}

/** Since when the last state holds; undefined without any stretch. */
export function lastSince(stretches: readonly ComponentStretch[]): number | undefined {
  const last = stretches.at(-1)
  if (!last) return undefined
  let since = last.fromMs
  for (let n = stretches.length - 2; n >= 0 && stretches[n]!.status === last.status; n--)
    since = stretches[n]!.fromMs
  return since
}

function clipped(stretch: ComponentStretch, fromMs: number, toMs: number): ComponentStretch {
  return {
    ...stretch,
    fromMs: Math.max(stretch.fromMs, fromMs),
    toMs: Math.min(stretch.toMs, toMs),
  }
}

function summary(stretches: readonly ComponentStretch[]): DaySummary {
  const downMs = stretches.reduce((sum, s) => sum + (s.toMs - s.fromMs) * s.downShare, 0)
  const has = (...wanted: ComponentStatus[]): boolean =>
    stretches.some(({ status }) => wanted.includes(status))
  const uptime = uptimeOf(stretches)
  return { mark: markOf(has, downMs), downMs, uptime }
}

function markOf(
  has: (...wanted: ComponentStatus[]) => boolean,
  downMs: number,
): DaySummary['mark'] {
  if (downMs > 0 || has('MAJOR_OUTAGE', 'PARTIAL_OUTAGE')) return 'x'
  if (has('DEGRADED')) return 'd'
  if (has('MAINTENANCE')) return 'm'
  return has('OPERATIONAL') ? 'u' : '-'
}
