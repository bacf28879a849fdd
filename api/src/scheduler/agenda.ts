import type { Clock } from '../lib/clock.ts'
import { DueHeap } from './due-heap.ts'

/** A heap and one timer: calls `run` for each item when it is due, never early, the earliest first. */
export class Agenda<T> {
  private readonly heap = new DueHeap<T>()
  private cancelTimer: (() => void) | undefined
  private timerAt = Infinity

  constructor(
    private readonly clock: Clock,
    private readonly run: (item: T) => void,
  ) {}

  get size(): number {
    return this.heap.size
  }

  /** `inMs` from now on the monotonic clock. An item of the same key is replaced. */
  set(key: string, inMs: number, item: T): void {
    this.heap.set(key, this.clock.monotonic() + Math.max(0, inMs), item)
    this.aim()
  }

  delete(key: string): void {
    this.heap.delete(key)
  }

  clear(): void {
    this.heap.clear()
    this.cancelTimer?.()
    this.timerAt = Infinity
  }

  private aim(): void {
    const { nextAt } = this.heap
    if (nextAt === undefined || nextAt >= this.timerAt) return
    this.cancelTimer?.()
    this.timerAt = nextAt
    // Timers fire up to a millisecond early against the monotonic clock.
    const waitMs = Math.ceil(nextAt - this.clock.monotonic())
    this.cancelTimer = this.clock.after(waitMs, () => this.fire())
  }

  private fire(): void {
    this.timerAt = Infinity
    this.cancelTimer = undefined
    const now = this.clock.monotonic()
    for (;;) {
      const item = this.heap.takeDue(now)
      if (item === undefined) break
      this.run(item)
    }
    this.aim()
  }
}
