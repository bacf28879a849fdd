import { HEARTBEAT_STATUS } from '../../lib/status.ts'
import { addDurations, type Durations, durationsIn, noTime } from '../spans/durations.ts'
import type { Span } from '../spans/span.ts'
import { HOUR_MS } from '../time-windows.ts'
import { LatencyTally } from './latency-tally.ts'

/** What a rollup needs of a recorded check. */
export interface Beat {
  /** Code of HEARTBEAT_STATUS. */
  status: number
  latencyUs: number | null
}

/** A bucket of time in a few numbers. */
export interface Rollup {
  /** Recorded checks of every status. */
  count: number
  time: Durations
  /** Of the checks that found the target up or degraded. */
  latency: LatencyTally
}

export function emptyRollup(): Rollup {
  return { count: 0, time: noTime(), latency: new LatencyTally() }
}

/** Whether a check's latency says something about the target. */
export function isMeasured(beat: Beat): beat is Beat & { latencyUs: number } {
  const { status, latencyUs } = beat
  return (
    latencyUs !== null && (status === HEARTBEAT_STATUS.UP || status === HEARTBEAT_STATUS.DEGRADED)
  )
}

/**
 * The rollup of one hour from its recorded checks and the spans that touch it. Pure.
 * Counts checks, tallies latencies; the time by status comes from the spans alone.
 * `toMs` ends an hour that still runs; from `coveredUntil` on, time of the open span is unknown.
 */
export function rollUpHour(
  beats: Iterable<Beat>,
  spans: Iterable<Span>,
  hourMs: number,
  toMs = hourMs + HOUR_MS,
  coveredUntil = Infinity,
): Rollup {
  const latency = new LatencyTally()
  let count = 0
  for (const beat of beats) {
    count++
    if (isMeasured(beat)) latency.add(beat.latencyUs)
  }
  const end = Math.min(toMs, hourMs + HOUR_MS)
  return { count, time: durationsIn(spans, hourMs, end, coveredUntil), latency }
}

/** Several buckets as one. */
export function mergeRollups(rollups: Iterable<Rollup>): Rollup {
  const whole = emptyRollup()
  for (const { count, time, latency } of rollups) {
    whole.count += count
    addDurations(whole.time, time)
    whole.latency.merge(latency)
  }
  return whole
}
