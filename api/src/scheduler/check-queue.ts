/** Runs jobs in order of arrival, at most so many at once. A job must not throw. */
export class CheckQueue<T> {
  private readonly waiting: T[] = []
  private readonly idleCalls: (() => void)[] = []
  private count = 0

  constructor(
    private readonly mostAtOnce: number,
    private readonly run: (job: T) => Promise<void>,
  ) {}

  get running(): number {
    return this.count
  }

  get queued(): number {
    return this.waiting.length
  }

  add(job: T): void {
    this.waiting.push(job)
    this.pump()
  }

  /** Forgets what has not begun. */
  clear(): T[] {
    return this.waiting.splice(0)
  }

  /** When nothing runs any more. */
  idle(): Promise<void> {
    if (!this.count) return Promise.resolve()
    return new Promise((resolve) => this.idleCalls.push(resolve))
  }

  private pump(): void {
    while (this.count < this.mostAtOnce) {
      const job = this.waiting.shift()
      if (job === undefined) return
      this.count++
      void this.run(job).finally(() => {
        this.count--
        this.pump()
        if (!this.count) for (const call of this.idleCalls.splice(0)) call()
      })
    }
  }
}
