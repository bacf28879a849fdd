/** Time as the live client sees it; tests bring their own. */
export interface Timers {
  now(): number
  /** Calls once after so many milliseconds; answers what takes it back. */
  after(ms: number, run: () => void): () => void
}

export const realTimers: Timers = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
