import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Effect,
  type MachineEvent,
  type MachineRules,
  type MachineState,
  initialState,
  shownStatus,
  step,
} from './machine.ts'

const RANK = { PENDING: 0, UP: 0, DEGRADED: 1, DOWN: 2 } as const

const rules: fc.Arbitrary<MachineRules> = fc.record({
  intervalMs: fc.integer({ min: 1_000, max: 20_000 }),
  failAfter: fc.integer({ min: 1, max: 5 }),
  failForMs: fc.constantFrom(0, 0, 10_000, 40_000),
  recoverAfter: fc.integer({ min: 1, max: 4 }),
  recoverForMs: fc.constantFrom(0, 0, 10_000),
})

const verdict = fc.constantFrom('UP', 'UP', 'DEGRADED', 'DOWN', 'DOWN', 'UNKNOWN')
const kind = fc.constantFrom('paused', 'resumed', 'maintenanceStarted', 'maintenanceEnded')

/** Mostly beats in time; some late, some repeated, some in the past; pauses and maintenance between. */
const history: fc.Arbitrary<MachineEvent[]> = fc
  .array(
    fc.tuple(
      fc.oneof(
        { weight: 12, arbitrary: fc.integer({ min: 1, max: 15_000 }) },
        { weight: 1, arbitrary: fc.integer({ min: -30_000, max: 0 }) },
        { weight: 1, arbitrary: fc.integer({ min: 30_000, max: 200_000 }) },
      ),
      fc.oneof({ weight: 9, arbitrary: verdict }, { weight: 1, arbitrary: kind }),
    ),
    { maxLength: 300 },
  )
  .map((steps) => {
    let us = 1_000_000_000
    return steps.map(([ms, what]): MachineEvent => {
      us += ms * 1000
      return what === what.toUpperCase()
        ? { kind: 'beat', slotUs: us, verdict: what as 'UP', reason: what }
        : { kind: what as 'paused', atUs: us }
    })
  })

interface Moment {
  before: MachineState
  event: MachineEvent
  after: MachineState
  effects: Effect[]
}

function walk(events: MachineEvent[], config: MachineRules): Moment[] {
  let before = initialState()
  return events.map((event) => {
    const { state: after, effects } = step(before, event, config)
    const moment = { before, event, after, effects }
    before = after
    return moment
  })
}

function always(claim: (moments: Moment[], config: MachineRules) => void): void {
  fc.assert(
    fc.property(history, rules, (events, config) => claim(walk(events, config), config)),
    { numRuns: 300 },
  )
}

describe('over any history, the state machine', () => {
  it('is pure: the same input gives the same answer and stays as it was', () => {
    always((moments, config) => {
      for (const { before, event, after, effects } of moments) {
        const copy = structuredClone(before)
        expect(step(before, event, config)).toEqual({ state: after, effects })
        expect(before).toEqual(copy)
      }
    })
  })

  it('has at most one open outage, and closes only what was opened', () => {
    always((moments) => {
      let open = 0
      for (const effect of moments.flatMap((m) => m.effects)) {
        if (effect.kind === 'outageOpened') open += 1
        if (effect.kind === 'outageClosed') open -= 1
        expect([0, 1]).toContain(open)
      }
    })
  })

  it('never passes from a status to the same, and tells every change of what is shown', () => {
    always((moments) => {
      let shown: string = 'PENDING'
      for (const { effects, after } of moments) {
        for (const effect of effects) {
          if (effect.kind !== 'shown') continue
          expect(effect.from).toBe(shown)
          expect(effect.to).not.toBe(effect.from)
          shown = effect.to
        }
        expect(shownStatus(after)).toBe(shown)
      }
    })
  })

  it('opens nothing in maintenance', () => {
    always((moments) => {
      for (const { after, effects } of moments)
        if (after.isInMaintenance) expect(effects.map((e) => e.kind)).not.toContain('outageOpened')
    })
  })

  it('emits nothing while paused', () => {
    always((moments) => {
      for (const { before, after, effects } of moments)
        if (before.isPaused && after.isPaused) expect(effects).toEqual([])
    })
  })

  it('is left unchanged by duplicate and stale results', () => {
    always((moments, config) => {
      for (const { event, after } of moments) {
        if (event.kind !== 'beat') continue
        const again = step(after, event, config)
        expect(again.state).toBe(after)
        const stale = { ...event, slotUs: event.slotUs - 1, verdict: 'DOWN' as const }
        expect(step(after, stale, config)).toEqual({ state: after, effects: [] })
      }
    })
  })

  it('never changes its mind earlier than the rules allow', () => {
    always((moments, config) => {
      moments.forEach(({ before, after, event }, i) => {
        if (before.confirmed === after.confirmed || event.kind !== 'beat') return
        if (before.confirmed === 'PENDING' && after.confirmed === 'UP') return
        const isWorse = RANK[after.confirmed] > RANK[before.confirmed]
        const agreeing = trailingAgreement(moments.slice(0, i + 1), after.confirmed, isWorse)
        const [count, lastsMs] = isWorse
          ? [config.failAfter, config.failForMs]
          : [config.recoverAfter, config.recoverForMs]
        expect(agreeing.length).toBeGreaterThanOrEqual(count)
        expect(event.slotUs - agreeing[0]!).toBeGreaterThanOrEqual(lastsMs * 1000)
      })
    })
  })

  it('converges on what equal results say', () => {
    fc.assert(
      fc.property(
        history,
        rules,
        fc.constantFrom('UP' as const, 'DEGRADED' as const, 'DOWN' as const),
        (events, config, said) => {
          const last = walk(events, config).at(-1)?.after ?? initialState()
          const steps = 6 + Math.ceil((config.failForMs + config.recoverForMs) / config.intervalMs)
          const beats = Array.from({ length: steps }, (_, i): MachineEvent => ({
            kind: 'beat',
            slotUs: last.fenceUs + (i + 1) * config.intervalMs * 1000 + 1,
            verdict: said,
            reason: null,
          }))
          const first: MachineEvent[] = [
            { kind: 'resumed', atUs: 0 },
            { kind: 'maintenanceEnded', atUs: 0 },
          ]
          const end = [...first, ...beats].reduce((s, e) => step(s, e, config).state, last)
          expect(shownStatus(end)).toBe(said)
          expect(end.suspicions).toEqual([])
          expect(end.hasOutage).toBe(said === 'DOWN')
        },
      ),
      { numRuns: 300 },
    )
  })

  it('stays small and never goes back in time', () => {
    always((moments) => {
      let atUs = 0
      for (const { before, after, effects } of moments) {
        expect(after.suspicions.length).toBeLessThanOrEqual(2)
        expect(JSON.stringify(after).length).toBeLessThan(400)
        expect(after.fenceUs).toBeGreaterThanOrEqual(before.fenceUs)
        for (const effect of effects) {
          if (effect.kind !== 'shown') continue
          expect(effect.atUs).toBeGreaterThanOrEqual(atUs)
          expect(effect.sinceUs).toBeLessThanOrEqual(effect.atUs)
          atUs = effect.atUs
        }
      }
    })
  })
})

/** Slots of the latest accepted results that all speak for this status, faults of ours left out. */
function trailingAgreement(
  moments: Moment[],
  status: MachineState['confirmed'],
  isWorse: boolean,
): number[] {
  const slots: number[] = []
  for (const { event, before, after } of moments.toReversed()) {
    if (after === before) continue
    if (event.kind === 'paused' || event.kind === 'resumed') break
    if (event.kind !== 'beat' || event.verdict === 'UNKNOWN') continue
    const rank = RANK[event.verdict]
    if (isWorse ? rank < RANK[status] : rank > RANK[status]) break
    slots.unshift(event.slotUs)
  }
  return slots
}
