/** The source of time and timers. Injected everywhere, so that tests move time instead of waiting for it. */
export interface Clock {
  /** Wall time, in milliseconds since 1970 (UTC). */
  now(): number
  /** Monotonic time in milliseconds; only differences mean something. */
  monotonic(): number
  /** Calls `run` once after `ms`; the answer cancels it. */
  after(ms: number, run: () => void): () => void
}

const LONGEST_TIMEOUT = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(0, ms), LONGEST_TIMEOUT))
    return () => clearTimeout(timer)
  },
}
