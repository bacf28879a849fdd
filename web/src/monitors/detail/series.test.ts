import { expect, test } from 'vitest'
import type { HeartbeatStatus } from '../../generated/operations.ts'
import type { Series } from './series-shape.ts'
import { continueSeries, problemZones } from './series.ts'
import { waterfall } from './waterfall.ts'

const START = Date.parse('2027-01-01T00:00:00.000Z')
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString()
const point = (
  seconds: number,
  avgMs: number | null,
  more: Partial<Series['points'][number]> = {},
) => ({
  at: at(seconds),
  count: avgMs === null ? 0 : 1,
  avgMs,
  p95Ms: avgMs,
  status: 'UP' as const,
  ...more,
})
const series = (...points: Series['points']): Series => ({
  source: 'RAW',
  bucketSeconds: 60,
  points,
})
const beat = (seconds: number, latencyMs: number | null, status: HeartbeatStatus = 'UP') => ({
  at: at(seconds),
  latencyMs,
  status,
})

test('a live beat moves the average of its bucket', () => {
  const { points } = continueSeries(series(point(0, 10)), at(5), [beat(30, 30)])
  expect(points).toHaveLength(1)
  expect(points[0]).toMatchObject({ count: 2, avgMs: 20 })
})

test('a live beat after the last bucket opens one on the grid', () => {
  const { points } = continueSeries(series(point(0, 10)), at(5), [beat(130, 30)])
  expect(points[1]).toMatchObject({ at: at(120), count: 1, avgMs: 30, p95Ms: 30, status: 'UP' })
})

test('a beat that the series already has does not count twice', () => {
  const before = series(point(0, 10))
  expect(continueSeries(before, at(30), [beat(30, 500)])).toBe(before)
})

test('a failed beat marks its bucket and leaves the average alone', () => {
  const { points } = continueSeries(series(point(0, 10)), at(5), [beat(30, null, 'DOWN')])
  expect(points[0]).toMatchObject({ count: 1, avgMs: 10, status: 'DOWN' })
})

test('neighbouring failures are one stretch', () => {
  const down = { status: 'DOWN' as const }
  const zones = problemZones(
    series(point(0, 1), point(60, null, down), point(120, null, down), point(240, null, down)),
  )
  expect(zones).toEqual([
    { fromMs: START + 60_000, toMs: START + 180_000, color: 'down' },
    { fromMs: START + 240_000, toMs: START + 300_000, color: 'down' },
  ])
})

test('phases follow one another and fill the whole', () => {
  const bars = waterfall({
    dnsMs: 10,
    connectMs: 20,
    tlsMs: null,
    firstByteMs: 60,
    downloadMs: 10,
    totalMs: 100,
  })
  expect(bars).toEqual([
    { phase: 'dns', ms: 10, startPercent: 0, widthPercent: 10 },
    { phase: 'connect', ms: 20, startPercent: 10, widthPercent: 20 },
    { phase: 'firstByte', ms: 60, startPercent: 30, widthPercent: 60 },
    { phase: 'download', ms: 10, startPercent: 90, widthPercent: 10 },
  ])
})

test('a check that took no time has phases without width', () => {
  const none = { dnsMs: 0, connectMs: null, tlsMs: null, firstByteMs: null, downloadMs: null }
  expect(waterfall({ ...none, totalMs: 0 })).toEqual([
    { phase: 'dns', ms: 0, startPercent: 0, widthPercent: 0 },
  ])
})
