/** The time of a check is over. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded'

  constructor() {
    super('The time is over')
  }
}

interface Destroyable {
  destroy(error?: Error): unknown
}

/** A timer that falls this late says that the process stood still, not that the target was slow. */
const TOLERANCE_MS = 1_000

/**
 * One absolute deadline for all that a check does: when it falls, everything it holds is destroyed and whoever
 * waits gets DeadlineExceeded. Nothing else is exact: socket timeouts begin anew with every byte.
 */
export class Deadline {
  readonly began = performance.now()
  private readonly held = new Set<Destroyable>()
  private readonly listeners = new Set<() => void>()
  private readonly timer: NodeJS.Timeout
  private state: 'runs' | 'fallen' | 'ended' = 'runs'
  private lateMs = 0
  /** It was ended by us before its time. */
  wasCalledOff = false

  constructor(readonly timeoutMs: number) {
    this.timer = setTimeout(() => this.fall(), timeoutMs)
  }

  get hasFallen(): boolean {
    return this.state === 'fallen'
  }

  /** The process stood still while it fell: an answer may lie unread. */
  get wasMissed(): boolean {
    return this.lateMs > TOLERANCE_MS
  }

  /** For a sentence: `within 10 s`. */
  get patience(): string {
    return `within ${Math.round(this.timeoutMs / 10) / 100} s`
  }

  /** µs since the check began. */
  elapsedUs(): number {
    return Math.round((performance.now() - this.began) * 1000)
  }

  /** Something to destroy when the deadline falls or the check ends. */
  hold<T extends Destroyable>(thing: T): T {
    if (this.state === 'runs') this.held.add(thing)
    else thing.destroy()
    return thing
  }

  /** Calls back once when it falls; the answer takes that back. */
  onFall(run: () => void): () => void {
    this.listeners.add(run)
    return () => void this.listeners.delete(run)
  }

  /** The promise's answer, or DeadlineExceeded. */
  race<T>(promise: Promise<T>): Promise<T> {
    if (this.state !== 'runs') {
      promise.catch(() => undefined)
      return Promise.reject(new DeadlineExceeded())
    }
    return new Promise<T>((resolve, reject) => {
      const forget = this.onFall(() => reject(new DeadlineExceeded()))
      promise.then(resolve, reject).finally(forget)
    })
  }

  /** Ends the check: nothing it held stays open. */
  end(): void {
    clearTimeout(this.timer)
    if (this.state === 'runs') this.state = 'ended'
    this.release()
  }

  /** Falls now, by our own will. */
  callOff(): void {
    if (this.state !== 'runs') return
    this.wasCalledOff = true
    clearTimeout(this.timer)
    this.fall()
  }

  private fall(): void {
    this.lateMs = performance.now() - this.began - this.timeoutMs
    this.state = 'fallen'
    for (const run of [...this.listeners]) run()
    this.release()
  }

  private release(): void {
    this.listeners.clear()
    for (const thing of this.held) thing.destroy()
    this.held.clear()
  }
}
