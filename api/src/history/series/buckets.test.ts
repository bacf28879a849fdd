import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR_MS, UptimeWindow, WINDOW_MS } from '../time-windows.ts'
import { bucketsOf, bucketStarts } from './buckets.ts'

const NOW = Date.UTC(2026, 0, 5, 12, 34, 56)
const windows = Object.keys(UptimeWindow) as UptimeWindow[]

describe('the buckets of a series', () => {
  it('are never more than 300, end with the one that holds now and begin inside the window', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...windows),
        fc.nat(2 ** 41),
        fc.integer({ min: 1, max: 86_400 }),
        (window, now, interval) => {
          const buckets = bucketsOf(window, now, interval)
          const starts = bucketStarts(buckets, -Infinity)
          expect(starts.length).toBeLessThanOrEqual(300)
          expect(starts[0]).toBeGreaterThan(now - WINDOW_MS[window])
          expect(starts.at(-1)).toBeLessThanOrEqual(now)
          expect(starts.at(-1)! + buckets.lengthMs).toBeGreaterThan(now)
          expect(starts.every((start) => start % buckets.lengthMs === 0)).toBe(true)
        },
      ),
    )
  })

  it.each<[UptimeWindow, number, string, number]>([
    ['HOUR', 1, 'RAW', 15],
    ['HOUR', 60, 'RAW', 60],
    ['HOUR', 86_400, 'RAW', 300],
    ['DAY', 60, 'RAW', 300],
    ['DAY', 900, 'RAW', 1200],
    ['WEEK', 60, 'HOUR', 3_600],
    ['MONTH', 60, 'HOUR', 10_800],
    ['QUARTER', 60, 'DAY', 86_400],
  ])('of %s at every %i s come from %s and last %i s', (window, interval, source, seconds) => {
    const buckets = bucketsOf(window, NOW, interval)
    expect([buckets.source, buckets.lengthMs / 1000]).toEqual([source, seconds])
  })

  it('begin with the history of the monitor', () => {
    const buckets = bucketsOf('WEEK', NOW, 60)
    expect(bucketStarts(buckets, NOW - 2 * HOUR_MS)).toHaveLength(3)
  })
})
