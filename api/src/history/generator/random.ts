/** Random numbers that are the same for the same seed (mulberry32). */
export class Random {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** In [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** About normally distributed: mean 0, deviation 1, never beyond 3. */
  normal(): number {
    return (this.next() + this.next() + this.next() - 1.5) * 2
  }

  /** Exponentially distributed with this mean. */
  waiting(mean: number): number {
    return -Math.log(1 - this.next()) * mean
  }

  pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.next() * values.length)]!
  }
}
