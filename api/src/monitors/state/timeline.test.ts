import { describe, expect, it } from 'vitest'
import type { MachineEvent, Verdict } from './machine.ts'
import { recompute } from './timeline.ts'

const RULES = { intervalMs: 60_000, failAfter: 2, failForMs: 0, recoverAfter: 1, recoverForMs: 0 }

function spansOf(verdicts: (Verdict | null)[]): string {
  const events = verdicts.flatMap((verdict, i): MachineEvent[] =>
    verdict ? [{ kind: 'beat', slotUs: (i + 1) * 60_000_000, verdict, reason: null }] : [],
  )
  const { spans } = recompute(0, events, RULES)
  return spans
    .map((s) => `${s.status}:${s.fromMs / 60_000}-${s.toMs === null ? '' : s.toMs / 60_000}`)
    .join(' ')
}

describe('the recomputed history', () => {
  it('starts pending and has no holes', () => {
    expect(spansOf([])).toBe('PENDING:0-')
    expect(spansOf(['UP', 'UP'])).toBe('PENDING:0-1 UP:1-')
  })

  it('gives an outage the time since its first failure', () => {
    expect(spansOf(['UP', 'DOWN', 'DOWN', 'UP'])).toBe('PENDING:0-1 UP:1-2 DOWN:2-4 UP:4-')
  })

  it('never repaints unknown time', () => {
    expect(spansOf(['UP', 'DOWN', 'UNKNOWN', 'DOWN'])).toBe(
      'PENDING:0-1 UP:1-2 DOWN:2-3 UNKNOWN:3-4 DOWN:4-',
    )
  })

  it('shows a gap as unknown, from the missing beat to the next one', () => {
    expect(spansOf(['UP', null, null, null, 'UP'])).toBe('PENDING:0-1 UP:1-2 UNKNOWN:2-5 UP:5-')
  })
})
