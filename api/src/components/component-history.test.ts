import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Span } from '../history/index.ts'
import { MONITOR_STATUS, type MonitorStatus } from '../lib/status.ts'
import { lastSince, outagesOf, summariseDays, uptimeOf } from './component-history.ts'
import { componentTimeline } from './component-timeline.ts'

/** Spans that follow each other: what, and when it begins. */
function spans(...changes: [number, MonitorStatus][]): Span[] {
  return changes.map(([fromMs, status], n) => ({
    fromMs,
    toMs: changes[n + 1]?.[0] ?? null,
    status: MONITOR_STATUS[status],
    reason: null,
  }))
}

describe('how a component was', () => {
  it('is what its one monitor was', () => {
    const line = componentTimeline([{ spans: spans([0, 'UP'], [40, 'DOWN'], [60, 'UP']) }], 0, 100)
    expect(line.map(({ fromMs, toMs, status }) => [fromMs, toMs, status])).toEqual([
      [0, 40, 'OPERATIONAL'],
      [40, 60, 'MAJOR_OUTAGE'],
      [60, 100, 'OPERATIONAL'],
    ])
    expect(uptimeOf(line)).toBeCloseTo(0.8)
    expect(uptimeOf(line, 50)).toBeCloseTo(0.8)
    expect(uptimeOf(line, 60)).toBe(1)
  })

  it('with two monitors is partly out while one is down, and counts half', () => {
    const line = componentTimeline(
      [{ spans: spans([0, 'UP'], [50, 'DOWN']) }, { spans: spans([0, 'UP'], [75, 'DOWN']) }],
      0,
      100,
    )
    expect(line.map(({ status }) => status)).toEqual([
      'OPERATIONAL',
      'PARTIAL_OUTAGE',
      'MAJOR_OUTAGE',
    ])
    expect(uptimeOf(line)).toBeCloseTo(1 - (25 * 0.5 + 25) / 100)
    expect(outagesOf(line, 100)).toEqual([{ startMs: 50, endMs: null, status: 'MAJOR_OUTAGE' }])
    expect(lastSince(line)).toBe(75)
  })

  it('is not known after nobody has looked any more, nor before the first result', () => {
    const line = componentTimeline([{ spans: spans([20, 'UP']), coveredUntil: 60 }], 0, 100)
    expect(line.map(({ fromMs, status }) => [fromMs, status])).toEqual([
      [0, 'UNKNOWN'],
      [20, 'OPERATIONAL'],
      [60, 'UNKNOWN'],
    ])
    expect(uptimeOf(line)).toBe(1)
  })

  it('is down in one piece where nothing is known in between', () => {
    const line = componentTimeline(
      [
        {
          spans: spans(
            [0, 'UP'],
            [20, 'DOWN'],
            [30, 'UNKNOWN'],
            [35, 'DOWN'],
            [50, 'UP'],
            [60, 'DOWN'],
            [70, 'UNKNOWN'],
            [80, 'UP'],
          ),
        },
      ],
      0,
      100,
    )
    expect(outagesOf(line, 100)).toEqual([
      { startMs: 60, endMs: 70, status: 'MAJOR_OUTAGE' },
      { startMs: 20, endMs: 50, status: 'MAJOR_OUTAGE' },
    ])
  })

  it('is told by the day, the worst of each', () => {
    const line = componentTimeline(
      [
        {
          spans: spans(
            [100, 'UP'],
            [150, 'DOWN'],
            [160, 'UP'],
            [200, 'DEGRADED'],
            [300, 'MAINTENANCE'],
          ),
        },
      ],
      0,
      400,
    )
    const days = [0, 100, 200, 300].map((fromMs) => ({ date: '', fromMs }))
    expect(summariseDays(line, days, 400)).toEqual([
      { mark: '-', downMs: 0, uptime: null },
      { mark: 'x', downMs: 10, uptime: 0.9 },
      { mark: 'd', downMs: 0, uptime: 1 },
      { mark: 'm', downMs: 0, uptime: null },
    ])
  })

  it('adds up: the stretches have no gaps, and the days lose nothing of the time down', () => {
    const status = fc.constantFrom<MonitorStatus>('UP', 'DOWN', 'DEGRADED', 'UNKNOWN', 'PAUSED')
    const monitor = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 999 }), status), { minLength: 1, maxLength: 12 })
      .map((changes) => {
        const sorted = changes.toSorted((a, b) => a[0] - b[0])
        return { spans: spans(...sorted.filter(([at], n) => sorted[n + 1]?.[0] !== at)) }
      })
    fc.assert(
      fc.property(fc.array(monitor, { minLength: 1, maxLength: 4 }), (monitors) => {
        const line = componentTimeline(monitors, 0, 1000)
        expect(line[0]!.fromMs).toBe(0)
        expect(line.at(-1)!.toMs).toBe(1000)
        line.slice(1).forEach((stretch, n) => expect(stretch.fromMs).toBe(line[n]!.toMs))
        const days = Array.from({ length: 10 }, (_, n) => ({ date: '', fromMs: n * 100 }))
        const down = summariseDays(line, days, 1000).reduce((sum, day) => sum + day.downMs, 0)
        const whole = line.reduce((sum, s) => sum + (s.toMs - s.fromMs) * s.downShare, 0)
        expect(down).toBeCloseTo(whole)
      }),
    )
  })
})
