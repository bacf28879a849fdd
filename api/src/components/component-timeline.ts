import type { Span } from '../history/index.ts'
import { type MonitorStatus, monitorStatusOf } from '../lib/status.ts'
import { type ComponentStatus, componentStatus } from './component-status.ts'

/** A stretch of one state of a component, in ms since 1970. */
export interface ComponentStretch {
  fromMs: number
  toMs: number
  status: ComponentStatus
  /** Of its monitors that are known: how many are down, 0 to 1. */
  downShare: number
  /** Whether anything is known that counts for the uptime. */
  isKnown: boolean
}

/** The spans of one monitor; the last one is open. */
export interface MonitorTimeline {
  spans: readonly Span[]
  /** Until when somebody looked; after it what is still open is not known. Absent: until now. */
  coveredUntil?: number | undefined
}

const WATCHED: readonly MonitorStatus[] = ['UP', 'DEGRADED', 'DOWN']

/**
 * How a component was in [fromMs, toMs), from the spans of its monitors: stretches without gaps, the oldest first;
 * neighbours differ. Empty without monitors.
 */
export function componentTimeline(
  monitors: readonly MonitorTimeline[],
  fromMs: number,
  toMs: number,
): ComponentStretch[] {
  if (!monitors.length || toMs <= fromMs) return []
  const cut = monitors.map((monitor) => piecesOf(monitor, toMs))
  const marks = new Set<number>([fromMs])
  for (const pieces of cut)
    for (const { fromMs: at } of pieces) if (at > fromMs && at < toMs) marks.add(at)
  const moments = [...marks].toSorted((a, b) => a - b)
  const reached = cut.map(() => 0)
  const stretches: ComponentStretch[] = []
  moments.forEach((moment, n) => {
    const statuses = cut.map((pieces, m) => {
      while ((pieces[reached[m]! + 1]?.fromMs ?? Infinity) <= moment) reached[m]!++
      const piece = pieces[reached[m]!]
      return piece && piece.fromMs <= moment ? piece.status : 'PENDING'
    })
    add(stretches, stretchOf(statuses, moment, moments[n + 1] ?? toMs))
  })
  return stretches
}

interface Piece {
  fromMs: number
  status: MonitorStatus
}

/** Where each status begins; what nobody has looked at any more is unknown. */
function piecesOf({ spans, coveredUntil }: MonitorTimeline, toMs: number): Piece[] {
  const pieces = spans.map(({ fromMs, status }) => ({ fromMs, status: monitorStatusOf(status) }))
  const last = pieces.at(-1)
  if (!last || coveredUntil === undefined || coveredUntil >= toMs) return pieces
  if (!WATCHED.includes(last.status)) return pieces
  return [...pieces, { fromMs: Math.max(coveredUntil, last.fromMs), status: 'UNKNOWN' }]
}

function stretchOf(
  statuses: readonly MonitorStatus[],
  fromMs: number,
  toMs: number,
): ComponentStretch {
  const known = statuses.filter((status) => WATCHED.includes(status)).length
  const down = statuses.filter((status) => status === 'DOWN').length
  const status = componentStatus(null, statuses)
  return { fromMs, toMs, status, downShare: known ? down / known : 0, isKnown: known > 0 }
}

function add(stretches: ComponentStretch[], next: ComponentStretch): void {
  const last = stretches.at(-1)
  const isSame =
    last?.status === next.status &&
    last.downShare === next.downShare &&
    last.isKnown === next.isKnown
  if (isSame) last.toMs = next.toMs
  else stretches.push(next)
}
