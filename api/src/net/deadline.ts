/** The time of a check is over. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded'
}

interface Destroyable {
  destroy(error?: Error): unknown
}

/**
 * One absolute deadline for all that a check does: when it falls, everything it holds is destroyed and whoever
 * waits gets DeadlineExceeded. Nothing else is exact: socket timeouts begin anew with every byte.
 */
export class Deadline {
  readonly began = performance.now()
  private readonly controller = new AbortController()
  private readonly held = new Set<Destroyable>()
  private readonly timer: NodeJS.Timeout
  private readonly fallen: Promise<never>

  constructor(readonly timeoutMs: number) {
    this.fallen = new Promise((_, reject) => {
      this.controller.signal.addEventListener('abort', () => reject(new DeadlineExceeded()), {
        once: true,
      })
    })
    this.fallen.catch(() => undefined)
    this.timer = setTimeout(() => this.fall(), timeoutMs)
  }

  get signal(): AbortSignal {
    return this.controller.signal
  }

  get hasFallen(): boolean {
    return this.controller.signal.aborted
  }

  /** µs since the check began. */
  elapsedUs(): number {
    return Math.round((performance.now() - this.began) * 1000)
  }

  /** Something to destroy when the deadline falls or the check ends. */
  hold<T extends Destroyable>(thing: T): T {
    if (this.hasFallen) thing.destroy()
    else this.held.add(thing)
    return thing
  }

  /** The promise's answer, or DeadlineExceeded. */
  race<T>(promise: Promise<T>): Promise<T> {
    promise.catch(() => undefined)
    return Promise.race([promise, this.fallen])
  }

  /** Ends the check: nothing it held stays open. */
  end(): void {
    clearTimeout(this.timer)
    for (const thing of this.held) thing.destroy()
    this.held.clear()
  }

  private fall(): void {
    this.controller.abort()
    for (const thing of this.held) thing.destroy()
    this.held.clear()
  }
}
