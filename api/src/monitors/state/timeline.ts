import type { MonitorStatus } from '../../lib/status.ts'
import {
  type Effect,
  type MachineEvent,
  type MachineRules,
  type MachineState,
  initialState,
  step,
} from './machine.ts'

/** A stretch of time with one shown status; ms since 1970, open at the end when `toMs` is null. */
export interface TimelineSpan {
  fromMs: number
  toMs: number | null
  status: MonitorStatus
}

/**
 * What the history of a monitor must be, from its stored beats (oldest first) and the commands of people.
 * The stored state and spans of a monitor equal this after any crash; the chaos run checks it.
 */
export function recompute(
  createdAtMs: number,
  events: readonly MachineEvent[],
  rules: MachineRules,
): { state: MachineState; spans: TimelineSpan[] } {
  let state = initialState()
  let spans: TimelineSpan[] = [{ fromMs: createdAtMs, toMs: null, status: 'PENDING' }]
  for (const event of events) {
    const answer = step(state, event, rules)
    state = answer.state
    for (const effect of answer.effects)
      if (effect.kind === 'shown') spans = applyShown(spans, effect)
  }
  return { state, spans: joinEqual(spans) }
}

/** Time in which nobody judged: a backdated change leaves it as it is. */
const UNJUDGED: readonly MonitorStatus[] = ['UNKNOWN', 'PAUSED', 'MAINTENANCE']

/** From `at` on, the new status; backdated, it also takes the judged time since its first result. */
function applyShown(
  spans: TimelineSpan[],
  effect: Extract<Effect, { kind: 'shown' }>,
): TimelineSpan[] {
  const atMs = Math.floor(effect.atUs / 1000)
  const sinceMs = Math.floor(effect.sinceUs / 1000)
  const closed = spans.map((s) => (s.toMs === null ? { ...s, toMs: atMs } : s))
  const rewritten = closed.flatMap((span) => rewriteSince(span, sinceMs, effect.to))
  return [...rewritten, { fromMs: atMs, toMs: null, status: effect.to }]
}

function rewriteSince(span: TimelineSpan, sinceMs: number, to: MonitorStatus): TimelineSpan[] {
  const endMs = span.toMs ?? Infinity
  if (endMs <= sinceMs || UNJUDGED.includes(span.status)) return [span]
  if (span.fromMs >= sinceMs) return [{ ...span, status: to }]
  return [
    { ...span, toMs: sinceMs },
    { ...span, fromMs: sinceMs, status: to },
  ]
}

/** Neighbours of one status as one span, and nothing that lasted no time. */
export function joinEqual(spans: readonly TimelineSpan[]): TimelineSpan[] {
  const joined: TimelineSpan[] = []
  for (const span of spans) {
    if (span.toMs !== null && span.toMs <= span.fromMs) continue
    const last = joined.at(-1)
    if (last && last.status === span.status && last.toMs === span.fromMs) last.toMs = span.toMs
    else joined.push({ ...span })
  }
  return joined
}
