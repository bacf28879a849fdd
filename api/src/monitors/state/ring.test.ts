import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RingBeat, RING_BEATS, appendToRing, readRing } from './ring.ts'

const beat: fc.Arbitrary<RingBeat> = fc.record({
  atMs: fc.integer({ min: 0, max: 4_102_444_800_000 }),
  status: fc.integer({ min: 1, max: 5 }),
  latencyUs: fc.option(fc.integer({ min: 0, max: 4_000_000_000 })),
})

describe('the ring of recent beats', () => {
  it('gives back the last fifty of what was added, in order, however they came', () => {
    fc.assert(
      fc.property(fc.array(fc.array(beat, { maxLength: 70 }), { maxLength: 6 }), (flushes) => {
        const ring = flushes.reduce(appendToRing, Buffer.alloc(0))
        expect(readRing(ring)).toEqual(flushes.flat().slice(-RING_BEATS))
        expect(ring.length).toBeLessThanOrEqual(550)
      }),
    )
  })

  it('gives the newest ones when fewer are wanted', () => {
    const beats = [1, 2, 3].map((n) => ({ atMs: n, status: 1, latencyUs: null }))
    const ring = appendToRing(Buffer.alloc(0), beats)
    expect(readRing(ring, 2).map((b) => b.atMs)).toEqual([2, 3])
    expect(readRing(ring, 0)).toEqual([])
  })
})
