import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MONITOR_STATUS } from '../../lib/status.ts'
import { addDurations, durationsIn, noTime, totalOf, worstOf } from './durations.ts'
import type { Span } from './span.ts'

const { PENDING, UP, DOWN, UNKNOWN, PAUSED } = MONITOR_STATUS

const span = (fromMs: number, toMs: number | null, status: number): Span => ({
  fromMs,
  toMs,
  status,
  reason: null,
})

const timeline = fc
  .array(
    fc.record({ ms: fc.integer({ min: 1, max: 50 }), status: fc.integer({ min: 0, max: 6 }) }),
    {
      minLength: 1,
      maxLength: 10,
    },
  )
  .map((parts) => {
    let at = 0
    return parts.map(({ ms, status }, n) => {
      const from = at
      at += ms
      return span(from, n === parts.length - 1 ? null : at, status)
    })
  })

describe('time by status', () => {
  it('adds up to the stretch that was asked for, wherever it is cut', () => {
    fc.assert(
      fc.property(timeline, fc.nat(300), fc.nat(300), fc.nat(400), (spans, a, b, cut) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        const middle = Math.min(to, Math.max(from, cut))
        const whole = durationsIn(spans, from, to)
        const halves = durationsIn(spans, from, middle)
        addDurations(halves, durationsIn(spans, middle, to))
        expect(halves).toEqual(whole)
        expect(totalOf(whole)).toBe(to - from)
      }),
    )
  })

  it('is unknown where nobody looked any more', () => {
    const spans = [span(0, 10, DOWN), span(10, null, UP)]
    expect(durationsIn(spans, 0, 100, 40)).toEqual({
      ...noTime(),
      downMs: 10,
      upMs: 30,
      unknownMs: 60,
    })
  })

  it('stays paused however long nobody looks', () => {
    expect(durationsIn([span(0, null, PAUSED)], 0, 100, 40).pausedMs).toBe(100)
  })

  it('does not count time before the first span', () => {
    expect(totalOf(durationsIn([span(70, null, UP)], 0, 100))).toBe(30)
  })
})

describe('the worst status of a bucket', () => {
  const worst = (...parts: [number, number][]): string => {
    const ends = parts.map((_, n) => parts.slice(0, n + 1).reduce((sum, [ms]) => sum + ms, 0))
    const spans = parts.map(([ms, status], n) => span(ends[n]! - ms, ends[n]!, status))
    return worstOf(durationsIn(spans, 0, 1000))
  }

  it.each<[string, string, [number, number][]]>([
    [
      'a millisecond of failure',
      'DOWN',
      [
        [999, UP],
        [1, DOWN],
      ],
    ],
    [
      'a noticeable unknown stretch',
      'UNKNOWN',
      [
        [900, UP],
        [100, UNKNOWN],
      ],
    ],
    [
      'a blink of the monitoring',
      'UP',
      [
        [990, UP],
        [10, UNKNOWN],
      ],
    ],
    [
      'a pause in between',
      'UP',
      [
        [500, UP],
        [500, PAUSED],
      ],
    ],
    ['nothing but a pause', 'PAUSED', [[1000, PAUSED]]],
    ['nothing decided yet', 'PENDING', [[1000, PENDING]]],
    ['no time at all', 'PENDING', []],
  ])('with %s is %s', (_, status, parts) => expect(worst(...parts)).toBe(status))
})
