import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MONITOR_STATUS } from '../../lib/status.ts'
import { changeSpans, type Change, type Span } from './span.ts'

const { PENDING, UP, DEGRADED, DOWN, UNKNOWN, PAUSED } = MONITOR_STATUS
const HORIZON = 120

const change = (at: number, status: number, backdatedTo?: number): Change => ({
  at,
  status,
  reason: `${status}@${at}`,
  ...(backdatedTo === undefined ? {} : { backdatedTo }),
})

const apply = (...changes: Change[]): Span[] => changes.reduce<Span[]>(changeSpans, [])

const brief = (spans: Span[]): [number, number | null, number][] =>
  spans.map((s) => [s.fromMs, s.toMs, s.status])

const changes = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 12 }),
    status: fc.integer({ min: 0, max: 6 }),
    backdatedBy: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 8 },
)

function toChanges(steps: { after: number; status: number; backdatedBy?: number }[]): Change[] {
  let at = 10
  return steps.map(({ after, status, backdatedBy }) => {
    at += after
    return change(at, status, backdatedBy === undefined ? undefined : Math.max(0, at - backdatedBy))
  })
}

/** The same rules on a line of single milliseconds; -1 is the time before the first span. */
function paint(list: Change[]): number[] {
  const line = Array.from({ length: HORIZON }, () => -1)
  for (const { at, status, backdatedTo = at } of list) {
    const last = line.at(-1)!
    const lastFrom =
      last === -1 ? Math.min(at, backdatedTo) : line.findLastIndex((s) => s !== last) + 1
    for (let ms = 0; ms < HORIZON; ms++) {
      const isJudged = [PENDING, UP, DEGRADED, DOWN].includes(line[ms] as 0)
      if (ms >= Math.max(at, lastFrom) || (ms >= backdatedTo && isJudged)) line[ms] = status
      if (last === -1 && ms >= lastFrom) line[ms] = status
    }
  }
  return line
}

describe('the spans of a monitor', () => {
  it('begin with the first change', () => {
    expect(apply(change(5, PENDING))).toEqual([
      { fromMs: 5, toMs: null, status: PENDING, reason: '0@5' },
    ])
  })

  it('let a failure begin at its first bad check', () => {
    const spans = apply(change(0, UP), change(30, DOWN, 10))
    expect(brief(spans)).toEqual([
      [0, 10, UP],
      [10, null, DOWN],
    ])
    expect(spans[1]!.reason).toBe(`${DOWN}@30`)
  })

  it('keep unknown and paused time when a failure is backdated across it', () => {
    const spans = apply(
      change(0, UP),
      change(20, UNKNOWN),
      change(30, UP),
      change(35, PAUSED),
      change(36, UP),
      change(40, DOWN, 10),
    )
    expect(brief(spans)).toEqual([
      [0, 10, UP],
      [10, 20, DOWN],
      [20, 30, UNKNOWN],
      [30, 35, DOWN],
      [35, 36, PAUSED],
      [36, null, DOWN],
    ])
  })

  it('leave no empty span when a status lasts no time', () => {
    expect(brief(apply(change(0, UP), change(7, DOWN), change(7, UNKNOWN)))).toEqual([
      [0, 7, UP],
      [7, null, UNKNOWN],
    ])
  })

  it('turn the time since a gap into unknown even when the news comes late', () => {
    expect(brief(apply(change(0, UP), change(50, DEGRADED), change(40, UNKNOWN)))).toEqual([
      [0, 40, UP],
      [40, null, UNKNOWN],
    ])
  })

  it('are sorted, without gaps, without equal neighbours, and the last alone is open', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        const spans = apply(...toChanges(steps))
        spans.forEach((span, n) => {
          const next = spans[n + 1]
          expect(span.toMs).toBe(next ? next.fromMs : null)
          if (next) expect(next.fromMs).toBeGreaterThan(span.fromMs)
          if (next) expect(next.status).not.toBe(span.status)
        })
        expect(spans.at(-1)!.status).toBe(steps.at(-1)!.status)
      }),
    )
  })

  it('say of each millisecond what the rules say of it', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        const list = toChanges(steps)
        const spans = apply(...list)
        const line = Array.from(
          { length: HORIZON },
          (_, ms) => spans.find((s) => s.fromMs <= ms && (s.toMs ?? Infinity) > ms)?.status ?? -1,
        )
        expect(line).toEqual(paint(list))
      }),
    )
  })
})
