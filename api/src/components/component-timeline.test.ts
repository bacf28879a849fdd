import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MONITOR_STATUS, type MonitorStatus, monitorStatusOf } from '../lib/status.ts'
import { lastSince, outagesOf, summariseDays, uptimeOf } from './component-history.ts'
import { componentStatus } from './component-status.ts'
import { componentTimeline, type MonitorTimeline } from './component-timeline.ts'

const codes = Object.values(MONITOR_STATUS)

/** Spans from [from, status, from, status …]; the last one is open. */
function spans(...parts: (number | MonitorStatus)[]): MonitorTimeline {
  const begins = parts.filter((part) => typeof part === 'number')
  const statuses = parts.filter((part) => typeof part === 'string')
  return {
    spans: begins.map((fromMs, n) => ({
      ...{ fromMs, toMs: begins[n + 1] ?? null, reason: null },
      status: MONITOR_STATUS[statuses[n]!],
    })),
  }
}

const timelines = fc.array(
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.constantFrom(...codes)), {
      minLength: 1,
      maxLength: 8,
    })
    .map((raw): MonitorTimeline => {
      const sorted = [...new Map(raw)].toSorted(([a], [b]) => a - b)
      return {
        spans: sorted.map(([fromMs, status], n) => ({
          ...{ fromMs, status, reason: null },
          toMs: sorted[n + 1]?.[0] ?? null,
        })),
      }
    }),
  { minLength: 1, maxLength: 4 },
)

/** What a monitor shows at a moment, looked up the slow way. */
function statusAt({ spans: all }: MonitorTimeline, at: number): MonitorStatus {
  const span = all.findLast(({ fromMs }) => fromMs <= at)
  return span ? monitorStatusOf(span.status) : 'PENDING'
}

describe('the history of a component', () => {
  it('has at each moment the state that the rule gives for its monitors at that moment', () => {
    fc.assert(
      fc.property(timelines, (monitors) => {
        const stretches = componentTimeline(monitors, 20, 180)
        expect(stretches[0]!.fromMs).toBe(20)
        expect(stretches.at(-1)!.toMs).toBe(180)
        for (const [n, stretch] of stretches.entries()) {
          if (n) expect(stretch.fromMs).toBe(stretches[n - 1]!.toMs)
          for (let at = stretch.fromMs; at < stretch.toMs; at++) {
            const shown = monitors.map((one) => statusAt(one, at))
            expect(stretch.status).toBe(componentStatus(null, shown))
          }
        }
      }),
    )
  })

  it('is not known after the moment at which somebody last looked', () => {
    const monitor = { ...spans(0, 'UP'), coveredUntil: 60 }
    const stretches = componentTimeline([monitor], 0, 100)
    expect(stretches.map(({ fromMs, status }) => [fromMs, status])).toEqual([
      [0, 'OPERATIONAL'],
      [60, 'UNKNOWN'],
    ])
    expect(uptimeOf(stretches)).toBe(1)
  })

  it('is empty without monitors', () => {
    expect(componentTimeline([], 0, 100)).toEqual([])
    expect(uptimeOf([])).toBeNull()
    expect(lastSince([])).toBeUndefined()
  })
})

describe('the uptime of a component', () => {
  it('counts half of a time in which one of two monitors is down', () => {
    const stretches = componentTimeline([spans(0, 'UP'), spans(0, 'UP', 50, 'DOWN')], 0, 100)
    expect(uptimeOf(stretches)).toBe(0.75)
  })

  it('leaves out what nobody knows, maintenance and pauses', () => {
    const line = spans(0, 'UP', 10, 'DOWN', 20, 'UNKNOWN', 40, 'MAINTENANCE', 60, 'PAUSED')
    expect(uptimeOf(componentTimeline([line], 0, 100))).toBe(0.5)
  })

  it('is from 0 to 1, and the same whether taken at once or from its days', () => {
    fc.assert(
      fc.property(timelines, (monitors) => {
        const stretches = componentTimeline(monitors, 0, 180)
        const uptime = uptimeOf(stretches)
        if (uptime !== null) expect(uptime).toBeGreaterThanOrEqual(0)
        if (uptime !== null) expect(uptime).toBeLessThanOrEqual(1)
        const days = [0, 60, 120].map((fromMs) => ({ date: `${fromMs}`, fromMs }))
        const down = summariseDays(stretches, days, 180).reduce((sum, day) => sum + day.downMs, 0)
        const whole = stretches.reduce((sum, s) => sum + (s.toMs - s.fromMs) * s.downShare, 0)
        expect(down).toBeCloseTo(whole, 6)
      }),
    )
  })
})

describe('the days of a component', () => {
  it('show the worst of each', () => {
    const line = spans(0, 'UP', 110, 'DOWN', 120, 'UP', 210, 'DEGRADED', 220, 'UP', 300, 'UNKNOWN')
    const days = [0, 100, 200, 300].map((fromMs) => ({ date: `${fromMs}`, fromMs }))
    const told = summariseDays(componentTimeline([line], 0, 350), days, 350)
    expect(told.map(({ mark }) => mark).join('')).toBe('uxd-')
    expect(told.map(({ downMs }) => downMs)).toEqual([0, 10, 0, 0])
    expect(told.map(({ uptime }) => uptime)).toEqual([1, 0.9, 1, null])
  })
})

describe('the outages of a component', () => {
  const outages = (...monitors: MonitorTimeline[]) =>
    outagesOf(componentTimeline(monitors, 0, 200), 200)

  it('are told newest first; one that lasts has no end', () => {
    expect(outages(spans(0, 'UP', 50, 'DOWN', 60, 'UP', 150, 'DOWN'))).toEqual([
      { startMs: 150, endMs: null, status: 'MAJOR_OUTAGE' },
      { startMs: 50, endMs: 60, status: 'MAJOR_OUTAGE' },
    ])
  })

  it('are one where a part and then all of it is down', () => {
    const one = spans(0, 'UP', 50, 'DOWN', 90, 'UP')
    const other = spans(0, 'UP', 70, 'DOWN', 80, 'UP')
    expect(outages(one, other)).toEqual([{ startMs: 50, endMs: 90, status: 'MAJOR_OUTAGE' }])
  })

  it('know when the present state began, whatever else changed meanwhile', () => {
    const line = componentTimeline([spans(0, 'UP', 50, 'DOWN'), spans(0, 'UP', 90, 'DOWN')], 0, 200)
    expect(lastSince(line)).toBe(90)
  })
})
