import { realTimers, type Timers } from './timers.ts'

/**
 * Gathers items and hands them over together, at most once per tick: the first after a rest at once, those that
 * follow when the tick is over.
 */
export class Tick<T> {
  private items: T[] = []
  private lastAt = -Infinity
  private cancel: (() => void) | null = null

  constructor(
    private readonly flush: (items: T[]) => void,
    private readonly tickMs = 250,
    private readonly timers: Timers = realTimers,
  ) {}

  add(items: readonly T[]): void {
    if (items.length === 0) return
    this.items.push(...items)
    const rest = this.lastAt + this.tickMs - this.timers.now()
    this.cancel ??= this.timers.after(Math.max(0, rest), () => this.run())
  }

  /** Hands over what is there without waiting. */
  run(): void {
    this.cancel?.()
    this.cancel = null
    if (this.items.length === 0) return
    const items = this.items
    this.items = []
    this.lastAt = this.timers.now()
    this.flush(items)
  }

  stop(): void {
    this.cancel?.()
    this.cancel = null
    this.items = []
  }
}
