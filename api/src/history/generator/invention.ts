import type { BeatRow } from '../heartbeats/heartbeat-writer.ts'
import { mergeRollups, rollUpHour } from '../rollups/roll-up.ts'
import type { StoredRollup } from '../rollups/rollup-rows.ts'
import { sealableUntil } from '../rollups/sealing.ts'
import type { Span } from '../spans/span.ts'
import { DAY_MS, dayOf, HOUR_MS, hourOf } from '../time-windows.ts'
import { type Character, type Grid, inventSpans } from './episodes.ts'
import { inventBeats } from './invented-beats.ts'
import { Random } from './random.ts'

/** A monitor that gets a past. */
export interface MonitorToInvent {
  monitorId: string
  intervalSeconds: number
  /** What its service was like; absent parts are chosen by the seed. */
  character?: Partial<Character>
}

export interface HistoryToInvent {
  workspaceId: string
  monitors: readonly MonitorToInvent[]
  /** How far back, in days. */
  days: number
  /** ms since 1970. */
  now: number
  /** The same seed, monitors and time give the same history. */
  seed: number
}

/** The past of one monitor. */
export interface Invention {
  spans: Span[]
  hours: StoredRollup[]
  days: StoredRollup[]
  beats: BeatRow[]
}

/** Checks that are only rolled up need not be invented more often than this. */
const COARSEST_MS = 60_000
const FAILURES: readonly Character['failure'][] = [
  { message: '503 Service Unavailable', statusCode: 503 },
  { message: 'Connection refused', statusCode: null },
  { message: 'No answer within 10 s', statusCode: null },
]

/** Invents the past of the n-th monitor, up to where its own begins (ms since 1970). Pure. */
export function invent(
  { workspaceId, days, now, seed }: HistoryToInvent,
  { monitorId, intervalSeconds, character }: MonitorToInvent,
  n: number,
  ownBeginning: number | undefined,
): Invention {
  const random = new Random(seed * 7919 + n)
  const nature = { ...inventCharacter(random, n), ...character }
  const untilMs = ownBeginning ?? now
  const fromMs = dayOf(now) - days * DAY_MS
  const grid = gridOf(monitorId, intervalSeconds * 1000)
  const spans = inventSpans(nature, grid, [fromMs, untilMs], blindTime(now, days, seed), random)
  if (ownBeginning !== undefined) spans.at(-1)!.toMs = ownBeginning
  const coarse = gridOf(monitorId, Math.max(intervalSeconds * 1000, COARSEST_MS))
  const rawFromMs = dayOf(now) - DAY_MS
  const rolledUpTo = Math.min(sealableUntil(now), hourOf(untilMs))
  const hours: StoredRollup[] = []
  const beats: BeatRow[] = []
  for (let hourMs = fromMs; hourMs < untilMs; hourMs += HOUR_MS) {
    const own = spans.filter((s) => s.fromMs < hourMs + HOUR_MS && (s.toMs ?? untilMs) > hourMs)
    const isRaw = hourMs >= rawFromMs
    const end = Math.min(hourMs + HOUR_MS, untilMs)
    const made = inventBeats(nature, isRaw ? grid : coarse, own, [hourMs, end], random)
    for (const { atMs, ...beat } of isRaw ? made : [])
      beats.push({ workspaceId, monitorId, slotUs: atMs * 1000, timings: null, ...beat })
    if (hourMs < rolledUpTo)
      hours.push({ workspaceId, monitorId, startMs: hourMs, rollup: rollUpHour(made, own, hourMs) })
  }
  return { spans, hours, days: daysOf(hours, rolledUpTo), beats }
}

function daysOf(hours: readonly StoredRollup[], sealedMs: number): StoredRollup[] {
  const byDay = new Map<number, StoredRollup[]>()
  for (const hour of hours) {
    const dayMs = dayOf(hour.startMs)
    byDay.set(dayMs, [...(byDay.get(dayMs) ?? []), hour])
  }
  return [...byDay]
    .filter(([dayMs]) => dayMs + DAY_MS <= sealedMs)
    .map(([startMs, own]) => ({
      workspaceId: own[0]!.workspaceId,
      monitorId: own[0]!.monitorId,
      startMs,
      rollup: mergeRollups(own.map((hour) => hour.rollup)),
    }))
}

function inventCharacter(random: Random, n: number): Character {
  return {
    latencyMs: 15 + 180 * random.next() ** 2,
    outagesPerMonth: [0.5, 3, 6, 1][n % 4]! * (0.5 + random.next()),
    slowSpellsPerMonth: [1, 8, 2][n % 3]! * (0.5 + random.next()),
    failure: random.pick(FAILURES),
  }
}

/** Once our own server was away, for all monitors alike. */
function blindTime(now: number, days: number, seed: number): readonly [number, number] {
  const from = dayOf(now) - days * DAY_MS * new Random(seed).next()
  return [from, from + 25 * 60_000]
}

function gridOf(monitorId: string, intervalMs: number): Grid {
  const phase = parseInt(monitorId.slice(-8), 16) / 2 ** 32
  return { phaseMs: Math.floor(phase * intervalMs), intervalMs }
}
