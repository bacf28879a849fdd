/** A seeded generator (mulberry32): the same seed gives the same run. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Whether the long runs are wanted in full instead of seeded samples. */
export const isLong = process.env['ALLSWELL_TEST_LONG'] === '1'

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
