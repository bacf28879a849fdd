import type { Timers } from './timers.ts'

/** Time that stands still until a test moves it. */
export class ManualTimers implements Timers {
  private time = 1_000_000
  private waiting: { at: number; run: () => void }[] = []

  now(): number {
    return this.time
  }

  after(ms: number, run: () => void): () => void {
    const entry = { at: this.time + ms, run }
    this.waiting.push(entry)
    return () => {
      this.waiting = this.waiting.filter((each) => each !== entry)
    }
  }

  /** Moves time on and runs what falls due, in order. */
  pass(ms: number): void {
    const end = this.time + ms
    for (;;) {
      const next = this.waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.waiting = this.waiting.filter((each) => each !== next)
      this.time = Math.max(this.time, next.at)
      next.run()
    }
    this.time = end
  }
}
