import { DAY_MS, HOUR_MS, type UptimeWindow, WINDOW_MS } from '../time-windows.ts'
import type { SeriesSource } from './latency-series.object.ts'

/** The buckets of a series: aligned to the epoch, the last one holds `now`. Times are ms since 1970. */
export interface Buckets {
  source: SeriesSource
  lengthMs: number
  /** Beginning of the first one. */
  fromMs: number
  nowMs: number
}

const ROLLED_UP: Partial<Record<UptimeWindow, { source: SeriesSource; lengthMs: number }>> = {
  WEEK: { source: 'HOUR', lengthMs: HOUR_MS },
  MONTH: { source: 'HOUR', lengthMs: 3 * HOUR_MS },
  QUARTER: { source: 'DAY', lengthMs: DAY_MS },
}

const ROUND_SECONDS = [15, 30, 60, 120, 300, 600, 1200, 1800, 3600]
const MOST_POINTS = 300
const FEWEST_POINTS = 12

/** How a window is divided, in at most 300 buckets; raw ones are no shorter than the interval of the checks. */
export function bucketsOf(window: UptimeWindow, nowMs: number, intervalSeconds: number): Buckets {
  const windowMs = WINDOW_MS[window]
  const { source, lengthMs } = ROLLED_UP[window] ?? {
    source: 'RAW',
    lengthMs: rawLength(windowMs, intervalSeconds),
  }
  const fromMs = (Math.floor((nowMs - windowMs) / lengthMs) + 1) * lengthMs
  return { source, lengthMs, fromMs, nowMs }
}

function rawLength(windowMs: number, intervalSeconds: number): number {
  const fits = ROUND_SECONDS.filter(
    (s) => windowMs / (s * 1000) <= MOST_POINTS && windowMs / (s * 1000) >= FEWEST_POINTS,
  )
  return (fits.find((seconds) => seconds >= intervalSeconds) ?? fits.at(-1)!) * 1000
}

export function bucketStart({ lengthMs }: Buckets, ms: number): number {
  return Math.floor(ms / lengthMs) * lengthMs
}

/** The beginnings of all buckets that hold time since `sinceMs`. */
export function bucketStarts(buckets: Buckets, sinceMs: number): number[] {
  const first = Math.max(buckets.fromMs, bucketStart(buckets, sinceMs))
  const count = Math.floor((buckets.nowMs - first) / buckets.lengthMs) + 1
  return Array.from({ length: Math.max(0, count) }, (_, n) => first + n * buckets.lengthMs)
}
