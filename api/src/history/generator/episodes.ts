import { MONITOR_STATUS } from '../../lib/status.ts'
import type { Span } from '../spans/span.ts'
import { DAY_MS } from '../time-windows.ts'
import type { Random } from './random.ts'

/** What an invented service is like. */
export interface Character {
  /** Typical response time in ms. */
  latencyMs: number
  outagesPerMonth: number
  slowSpellsPerMonth: number
  /** What a check of it says when it fails. */
  failure: { message: string; statusCode: number | null }
}

const { UP, DEGRADED, DOWN, UNKNOWN } = MONITOR_STATUS
const MONTH_MS = 30 * DAY_MS
const MINUTE_MS = 60_000
const SLOW = 'Response time above its limit'
const BLIND = 'Nothing was checked in this time: the server was stopped.'

/** The times of checks: phase + k × interval since 1970. */
export interface Grid {
  phaseMs: number
  intervalMs: number
}

export function slotAtOrAfter({ phaseMs, intervalMs }: Grid, ms: number): number {
  return phaseMs + Math.ceil((ms - phaseMs) / intervalMs) * intervalMs
}

/** Invents what happened to a service in [fromMs, toMs): spans without gaps that begin on checks. The last is open. */
export function inventSpans(
  character: Character,
  grid: Grid,
  [fromMs, toMs]: readonly [number, number],
  blind: readonly [number, number],
  random: Random,
): Span[] {
  const { outagesPerMonth, slowSpellsPerMonth, failure } = character
  const troubles = [
    ...spells(outagesPerMonth, 14 * MINUTE_MS, fromMs, toMs, random).map((spell) => ({
      ...spell,
      status: DOWN,
      reason: failure.message,
    })),
    ...spells(slowSpellsPerMonth, 35 * MINUTE_MS, fromMs, toMs, random).map((spell) => ({
      ...spell,
      status: DEGRADED,
      reason: SLOW,
    })),
    { fromMs: blind[0], toMs: blind[1], status: UNKNOWN, reason: BLIND },
  ].sort((a, b) => a.fromMs - b.fromMs)
  const spans: Span[] = [{ fromMs, toMs: null, status: UP, reason: null }]
  for (const trouble of troubles) {
    const begin = slotAtOrAfter(grid, trouble.fromMs)
    const end = Math.max(slotAtOrAfter(grid, trouble.toMs), begin + 3 * grid.intervalMs)
    const last = spans.at(-1)!
    if (begin <= last.fromMs || end >= toMs) continue
    last.toMs = begin
    spans.push({ ...trouble, fromMs: begin, toMs: end })
    spans.push({ fromMs: end, toMs: null, status: UP, reason: null })
  }
  return spans
}

function spells(
  perMonth: number,
  meanMs: number,
  fromMs: number,
  toMs: number,
  random: Random,
): { fromMs: number; toMs: number }[] {
  const found: { fromMs: number; toMs: number }[] = []
  if (perMonth <= 0) return found
  let at = fromMs + random.waiting(MONTH_MS / perMonth)
  while (at < toMs) {
    const lasts = MINUTE_MS + random.waiting(meanMs)
    found.push({ fromMs: at, toMs: at + lasts })
    at += lasts + random.waiting(MONTH_MS / perMonth)
  }
  return found
}
