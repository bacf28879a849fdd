import type { Clock } from './clock.ts'

interface Due {
  at: number
  run: () => void
}

/** A clock for tests: time stands still until `advance` is called; timers fire in order on the way. */
export class ManualClock implements Clock {
  private readonly timers = new Set<Due>()
  private elapsed = 0

  constructor(private readonly start = Date.UTC(2026, 0, 5, 12)) {}

  now(): number {
    return this.start + this.elapsed
  }

  monotonic(): number {
    return this.elapsed
  }

  after(ms: number, run: () => void): () => void {
    const due = { at: this.elapsed + Math.max(0, ms), run }
    this.timers.add(due)
    return () => void this.timers.delete(due)
  }

  /** Moves time forward; every timer due on the way fires at its own time. */
  advance(ms: number): void {
    const end = this.elapsed + ms
    for (;;) {
      const next = [...this.timers].filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.timers.delete(next)
      this.elapsed = Math.max(this.elapsed, next.at)
      next.run()
    }
    this.elapsed = end
  }
}
