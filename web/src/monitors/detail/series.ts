import type { LatencyPoint, Series } from './series-shape.ts'
import type { BeatMark } from '../live/beats.ts'

/** Worst last, as the worst status of a bucket is shown. */
const SEVERITY = ['PENDING', 'PAUSED', 'MAINTENANCE', 'UP', 'UNKNOWN', 'DEGRADED', 'DOWN']

/**
 * A series continued by the beats that came live after it was read; `readUpTo` is the time of the last beat in it.
 * The average of the last bucket moves with each beat; its percentile can't and stays until it is read again.
 */
export function continueSeries(
  series: Series,
  readUpTo: string | null,
  beats: readonly BeatMark[],
): Series {
  const newer = beats.filter(({ at }) => at > (readUpTo ?? ''))
  if (newer.length === 0) return series
  const bucketMs = series.bucketSeconds * 1000
  const points = [...series.points]
  for (const beat of newer) {
    const bucketAt = Math.floor(Date.parse(beat.at) / bucketMs) * bucketMs
    const last = points.at(-1)
    if (last && Date.parse(last.at) + bucketMs > Date.parse(beat.at))
      points[points.length - 1] = withBeat(last, beat)
    else points.push(withBeat(emptyPoint(new Date(bucketAt).toISOString()), beat))
  }
  return { ...series, points }
}

function emptyPoint(at: string): LatencyPoint {
  return { at, count: 0, avgMs: null, p95Ms: null, status: 'PENDING' }
}

function withBeat(point: LatencyPoint, { latencyMs, status }: BeatMark): LatencyPoint {
  const worst = SEVERITY.indexOf(status) > SEVERITY.indexOf(point.status) ? status : point.status
  if (latencyMs === null) return { ...point, status: worst }
  const count = point.count + 1
  const avgMs = ((point.avgMs ?? 0) * point.count + latencyMs) / count
  const p95Ms = point.p95Ms === null ? latencyMs : Math.max(point.p95Ms, avgMs)
  return { ...point, count, avgMs, p95Ms, status: worst }
}

/** Stretches in which something was wrong, for shading; neighbours of one status are one stretch. */
export function problemZones(series: Series): { fromMs: number; toMs: number; color: string }[] {
  const bucketMs = series.bucketSeconds * 1000
  const zones: { fromMs: number; toMs: number; color: string }[] = []
  for (const { at, status } of series.points) {
    if (status !== 'DOWN' && status !== 'DEGRADED') continue
    const fromMs = Date.parse(at)
    const color = status.toLowerCase()
    const last = zones.at(-1)
    if (last && last.color === color && fromMs <= last.toMs + bucketMs / 2)
      last.toMs = fromMs + bucketMs
    else zones.push({ fromMs, toMs: fromMs + bucketMs, color })
  }
  return zones
}
