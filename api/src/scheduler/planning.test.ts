import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../lib/ids.ts'
import { type Cadence, planDeadline, planFirst, planNext } from './planning.ts'

const NOW = Date.UTC(2026, 0, 5, 12)
const HOUR = 3_600_000

function cadence(intervalMs: number, retryMs = intervalMs, monitorId = newId()): Cadence {
  return { monitorId, intervalMs, retryMs }
}

describe('the first check of a worker', () => {
  it('comes at once for a monitor that was never checked', () => {
    expect(planFirst(cadence(60_000), null, 0, NOW)).toEqual({ inMs: 0, slotMs: NOW })
  })

  it('keeps its time when that is still to come', () => {
    const plan = planFirst(cadence(60_000), NOW + 7_000, NOW - 53_000, NOW)
    expect(plan).toEqual({ inMs: 7_000, slotMs: NOW + 7_000 })
  })

  it('comes at once, under its own slot, when another worker has just died over it', () => {
    const plan = planFirst(cadence(60_000), NOW - 900, NOW - 60_900, NOW)
    expect(plan).toEqual({ inMs: 0, slotMs: NOW - 900 })
  })

  it('spreads over one interval when all were missed', () => {
    const plans = Array.from({ length: 1000 }, () =>
      planFirst(cadence(20_000), NOW - 120_000, NOW - 140_000, NOW),
    )
    for (let second = 0; second < 20; second++) {
      const inSecond = plans.filter((p) => Math.floor((p.inMs - 1) / 1000) === second)
      expect(inSecond.length).toBeGreaterThan(20)
      expect(inSecond.length).toBeLessThan(90)
    }
  })

  it('does not wait an hour for an hourly check that was missed', () => {
    const plans = Array.from({ length: 100 }, () => planFirst(cadence(HOUR), NOW - HOUR, 0, NOW))
    expect(Math.max(...plans.map((p) => p.inMs))).toBeLessThanOrEqual(60_000)
    expect(new Set(plans.map((p) => p.inMs)).size).toBeGreaterThan(50)
  })
})

describe('the next check', () => {
  const at = (slotMs: number, isSuspect: boolean, nowMs: number, c = cadence(60_000, 20_000)) =>
    planNext(c, slotMs, isSuspect, slotMs, nowMs)

  it('is one interval later on the grid', () => {
    const c = cadence(60_000)
    const { slotMs } = planNext(c, NOW, false, NOW, NOW)
    expect(planNext(c, slotMs, false, slotMs, slotMs + 30).slotMs).toBe(slotMs + 60_000)
  })

  it('comes sooner while something is suspected', () => {
    expect(at(NOW, true, NOW + 100).inMs).toBeLessThanOrEqual(19_900)
    expect(at(NOW, true, NOW + 25_000).inMs).toBe(0)
  })

  it('skips what was missed and keeps its place', () => {
    const c = cadence(1_000)
    const first = planNext(c, NOW, false, NOW, NOW)
    const late = planNext(c, first.slotMs, false, first.slotMs, first.slotMs + 3_500)
    expect(late).toEqual({ inMs: 500, slotMs: first.slotMs + 4_000 })
  })

  it('never goes back, never waits longer than an interval, whatever the clock does', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7200 }),
        fc.boolean(),
        fc.integer({ min: -48 * HOUR, max: 48 * HOUR }),
        (seconds, isSuspect, jumpMs) => {
          const c = cadence(seconds * 1000)
          const plan = planNext(c, NOW, isSuspect, NOW, NOW + jumpMs)
          expect(plan.slotMs).toBeGreaterThan(NOW)
          expect(plan.inMs).toBeLessThanOrEqual(2 * c.intervalMs)
          expect(plan.inMs).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })
})

describe('the deadline of a push', () => {
  it('runs from the last push', () => {
    expect(planDeadline(NOW + 60_000, NOW + 90_000, NOW, NOW - 30_000)).toEqual({
      inMs: 60_000,
      slotMs: NOW + 60_000,
    })
  })

  it('is never further away than one period with its grace, also when the clock was set back', () => {
    const plan = planDeadline(NOW + HOUR + 90_000, NOW + 90_000, NOW, NOW + HOUR)
    expect(plan.inMs).toBe(90_000)
    expect(plan.slotMs).toBeGreaterThan(NOW + HOUR)
  })
})
