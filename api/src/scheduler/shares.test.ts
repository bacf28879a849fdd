import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fairShare, surplus } from './shares.ts'

describe('fair shares', () => {
  it('leave no monitor without an owner', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 50 }), (monitors, workers) => {
        expect(fairShare(monitors, workers) * workers).toBeGreaterThanOrEqual(monitors)
      }),
    )
  })

  it('make the one who has all give half to a newcomer, and then rest', () => {
    expect(surplus(new Map([[1, 1000]]), 1, 2)).toBe(500)
    const even = new Map([
      [1, 500],
      [2, 500],
    ])
    expect(surplus(even, 1, 2)).toBe(0)
    const nearlyEven = new Map([
      [1, 510],
      [2, 490],
    ])
    expect(surplus(nearlyEven, 1, 2)).toBe(0)
  })
})
