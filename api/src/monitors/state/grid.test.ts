import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../../lib/ids.ts'
import { nextSlot, phaseOf, slotAfter } from './grid.ts'

const NOW = Date.UTC(2026, 0, 5, 12)

describe('the grid of a monitor', () => {
  it('gives slots exactly one interval apart, the next always within one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 86_400 }),
        fc.integer({ min: 0, max: 86_400_000 }),
        (seconds, offset) => {
          const grid = { monitorId: newId(), intervalMs: seconds * 1000 }
          const slot = slotAfter(grid, NOW + offset)
          expect(slot).toBeGreaterThan(NOW + offset)
          expect(slot - NOW - offset).toBeLessThanOrEqual(grid.intervalMs)
          expect(slotAfter(grid, slot)).toBe(slot + grid.intervalMs)
        },
      ),
    )
  })

  it('spreads a thousand monitors evenly', () => {
    const tenths = Array.from({ length: 1000 }, () => Math.floor(phaseOf(newId()) * 10))
    for (let tenth = 0; tenth < 10; tenth++)
      expect(tenths.filter((t) => t === tenth).length).toBeGreaterThan(50)
  })

  it('asks sooner while something is suspected, and then returns to its place', () => {
    const grid = { monitorId: newId(), intervalMs: 60_000, retryMs: 20_000 }
    const slot = slotAfter(grid, NOW)
    expect(nextSlot(grid, slot, false)).toBe(slot + 60_000)
    expect(nextSlot(grid, slot, true)).toBe(slot + 20_000)
    expect(nextSlot(grid, slot + 50_000, true)).toBe(slot + 60_000)
  })
})
