import { HEARTBEAT_STATUS, MONITOR_STATUS } from '../../lib/status.ts'
import type { Beat } from '../rollups/roll-up.ts'
import type { Span } from '../spans/span.ts'
import { DAY_MS } from '../time-windows.ts'
import { type Character, type Grid, slotAtOrAfter } from './episodes.ts'
import type { Random } from './random.ts'

/** A check that never happened. */
export interface InventedBeat extends Beat {
  /** ms since 1970. */
  atMs: number
  statusCode: number | null
  message: string | null
}

const BLIP = 1 / 3_000
const SPIKE = 1 / 250

/** The checks of [fromMs, toMs) on a grid, in keeping with the spans: none where nobody looked. */
export function inventBeats(
  character: Character,
  grid: Grid,
  spans: readonly Span[],
  [fromMs, toMs]: readonly [number, number],
  random: Random,
): InventedBeat[] {
  const beats: InventedBeat[] = []
  let n = 0
  for (let atMs = slotAtOrAfter(grid, fromMs); atMs < toMs; atMs += grid.intervalMs) {
    while (spans[n + 1] && spans[n + 1]!.fromMs <= atMs) n++
    const status = spans[n]?.status
    if (status === undefined || status === MONITOR_STATUS.UNKNOWN) continue
    if (atMs >= spans[n]!.fromMs) beats.push(inventBeat(character, status, atMs, random))
  }
  return beats
}

function inventBeat(
  { latencyMs, failure }: Character,
  status: number,
  atMs: number,
  random: Random,
): InventedBeat {
  const { message, statusCode } = failure
  const isBlip = status === MONITOR_STATUS.UP && random.next() < BLIP
  if (status === MONITOR_STATUS.DOWN || isBlip)
    return { atMs, status: HEARTBEAT_STATUS.DOWN, latencyUs: null, statusCode, message }
  const isSlow = status === MONITOR_STATUS.DEGRADED
  const day = Math.sin((2 * Math.PI * (atMs % DAY_MS)) / DAY_MS)
  const week = Math.sin((2 * Math.PI * (atMs % (7 * DAY_MS))) / (7 * DAY_MS))
  const spike = random.next() < SPIKE ? 2 + 3 * random.next() : 1
  const scale = (1 + 0.22 * day + 0.08 * week) * Math.exp(0.13 * random.normal()) * spike
  return {
    atMs,
    status: isSlow ? HEARTBEAT_STATUS.DEGRADED : HEARTBEAT_STATUS.UP,
    latencyUs: Math.max(50, Math.round(latencyMs * 1000 * scale * (isSlow ? 5 : 1))),
    statusCode: statusCode === null ? null : 200,
    message: isSlow ? 'Response time above its limit' : null,
  }
}
