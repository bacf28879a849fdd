import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LatencyTally, QUANTILE_ERROR } from './latency-tally.ts'

const latencies = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 2 ** 31 - 1 })),
  { minLength: 1, maxLength: 300 },
)

function tallyOf(values: number[]): LatencyTally {
  const tally = new LatencyTally()
  values.forEach((us) => tally.add(us))
  return tally
}

function columnsOf(tally: LatencyTally) {
  const { count, sumUs, minUs, maxUs } = tally
  return { count, sumUs, minUs, maxUs, histogram: tally.toArray() }
}

describe('the tally of latencies', () => {
  it('reads every percentile within 6 % (or 1 µs) of the true one', () => {
    expect(QUANTILE_ERROR).toBeLessThan(0.06)
    fc.assert(
      fc.property(latencies, fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
        const tally = tallyOf(values)
        const sorted = [...values].sort((a, b) => a - b)
        for (const q of [p, 0.5, 0.95, 0.99]) {
          const exact = sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1]!
          const error = Math.abs(tally.quantileUs(q)! - exact)
          expect(error).toBeLessThanOrEqual(Math.max(1, exact * (QUANTILE_ERROR + 1e-9)))
        }
      }),
    )
  })

  it('of two halves merged is the tally of the whole', () => {
    fc.assert(
      fc.property(latencies, latencies, (one, other) => {
        const merged = tallyOf(one)
        merged.merge(tallyOf(other))
        expect(columnsOf(merged)).toEqual(columnsOf(tallyOf([...one, ...other])))
      }),
    )
  })

  it('survives being stored', () => {
    fc.assert(
      fc.property(latencies, (values) => {
        const columns = columnsOf(tallyOf(values))
        const stored = { ...columns, histogram: columns.histogram.join() }
        expect(columnsOf(LatencyTally.of(stored))).toEqual(columns)
      }),
    )
  })

  it('knows nothing of no checks', () => {
    const tally = new LatencyTally()
    expect([tally.meanUs(), tally.quantileUs(0.5), tally.minUs]).toEqual([null, null, null])
    expect(tally.toArray()).toEqual([])
  })
})
