import { describe, expect, it } from 'vitest'
import { FreezableClock } from '../../test/freezable-clock.ts'
import { Pulse } from './pulse.ts'

function setUp() {
  const clock = new FreezableClock(0)
  const gaps: number[] = []
  const pulse = new Pulse(clock, (lostMs) => void gaps.push(lostMs))
  pulse.start()
  return { clock, gaps, pulse }
}

describe('the pulse', () => {
  it('feels nothing while time goes its way', () => {
    const { clock, gaps } = setUp()
    clock.advance(60_000)
    expect(gaps).toEqual([])
  })

  it('notices that the process was stopped', () => {
    const { clock, gaps } = setUp()
    clock.advance(1_000)
    clock.freeze(120_000)
    clock.advance(250)
    expect(gaps).toEqual([120_000])
  })

  it('notices that the machine slept, which only the wall clock shows', () => {
    const { clock, gaps } = setUp()
    clock.sleep(3_600_000)
    clock.advance(250)
    expect(gaps).toEqual([3_600_000])
  })

  it('overlooks a hiccup and a clock that is set back', () => {
    const { clock, gaps } = setUp()
    clock.freeze(2_000)
    clock.advance(250)
    clock.sleep(-3_600_000)
    clock.advance(250)
    expect(gaps).toEqual([])
  })

  it('remembers hiccups, for those who waited meanwhile', () => {
    const { clock, pulse } = setUp()
    clock.freeze(2_000)
    clock.advance(250)
    const after = clock.monotonic()
    clock.advance(1_000)
    expect(pulse.stalledSince(0)).toBe(2_000)
    expect(pulse.stalledSince(after)).toBe(0)
  })
})
