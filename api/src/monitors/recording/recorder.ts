import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { CommittedEvents } from '../../events/index.ts'
import { isDatabaseAway } from './database-away.ts'
import type { CheckBeat, MissedBeat, NewBeat, PushBeat, Recorded } from './new-beat.ts'
import { CommitInDoubt, type StoredBatch } from './stored-batch.ts'

/** How long plain beats wait for company. Pushes and possible changes of status don't wait. */
const GATHER_MS = 250
const MOST_IN_A_FLUSH = 1_000
const MOST_WAITING_PUSHES = 10_000
/** How long a push waits for a database that is away before its sender is told to come again. */
const PUSH_PATIENCE_MS = 5_000
const FIRST_RETRY_MS = 50
const LAST_RETRY_MS = 1_000

interface Waiting {
  beat: NewBeat
  sinceMs: number
  resolve: (recorded: Recorded) => void
  reject: (error: unknown) => void
}

/**
 * Group commit: one flush at a time, the next begins when the last returns and takes all that has come meanwhile.
 * 1. a push or an urgent beat starts a flush at once, a plain beat within 250 ms;
 * 2. a flush is one transaction; after its commit the hub hears of it and callers get their answers;
 * 3. while the database is away, beats of checks wait for it (at most one per monitor), pushes give up after 5 s;
 * 4. a batch that the database refuses is halved until the offending beat is alone; only that one fails.
 */
export class Recorder {
  private waiting: Waiting[] = []
  private waitingPushes = 0
  private flushing: Promise<void> | undefined
  private cancelGathering: (() => void) | undefined
  /** Someone wants a flush: what waits must not wait for company any longer. */
  private isDue = false
  private isClosed = false
  private retryMs = FIRST_RETRY_MS

  constructor(
    private readonly options: {
      store: (batch: readonly NewBeat[], nowMs: number) => Promise<StoredBatch>
      committed: (commits: readonly CommittedEvents[]) => void
      /** Puts right what an error complains of; true when the same batch may be tried again. */
      mend?: (error: unknown) => Promise<boolean>
      clock: Clock
      log: Log
    },
  ) {}

  /** Answers after the commit. `isUrgent`: it may change what is shown. */
  record(beat: CheckBeat | MissedBeat, isUrgent: boolean): Promise<Recorded> {
    return this.add(beat, isUrgent)
  }

  /** Answers after the commit. Throws UNAVAILABLE when too many wait or the database stays away. */
  async push(beat: PushBeat): Promise<Recorded> {
    if (this.isClosed || this.waitingPushes >= MOST_WAITING_PUSHES) throw busy()
    return this.add(beat, true)
  }

  /** How many beats wait for their commit. */
  get backlog(): number {
    return this.waiting.length
  }

  /** Takes no more pushes, and returns when what waits is stored or `patienceMs` are over. */
  async close(patienceMs: number): Promise<void> {
    this.isClosed = true
    this.flushSoon()
    let cancel = (): void => undefined
    const patience = new Promise<void>((resolve) => {
      cancel = this.options.clock.after(patienceMs, resolve)
    })
    await Promise.race([this.idle(), patience])
    cancel()
    for (const { reject } of this.waiting.splice(0)) reject(busy())
  }

  private async idle(): Promise<void> {
    while (this.flushing) await this.flushing
  }

  private add(beat: NewBeat, isUrgent: boolean): Promise<Recorded> {
    const answer = new Promise<Recorded>((resolve, reject) => {
      this.waiting.push({ beat, sinceMs: this.options.clock.monotonic(), resolve, reject })
    })
    if (beat.kind === 'push') this.waitingPushes++
    if (isUrgent) this.flushSoon()
    else this.cancelGathering ??= this.options.clock.after(GATHER_MS, () => this.flushSoon())
    return answer
  }

  /** Starts flushing in the next microtask, so that what arrives in the same turn travels together. */
  private flushSoon(): void {
    this.cancelGathering?.()
    this.cancelGathering = undefined
    this.isDue = true
    if (this.flushing || !this.waiting.length) return
    this.flushing = Promise.resolve()
      .then(() => this.flushWhileDue())
      .catch((error: unknown) => this.options.log.error({ err: error }, 'Recording failed'))
      .finally(() => {
        this.flushing = undefined
        if (this.isDue) this.flushSoon()
      })
  }

  private async flushWhileDue(): Promise<void> {
    while (this.isDue && this.waiting.length) {
      const batch = this.waiting.splice(0, MOST_IN_A_FLUSH)
      this.isDue = this.waiting.length > 0
      await this.flush(batch)
      // Let sockets be read, so that the next flush takes along what came during this one.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  private async flush(batch: Waiting[]): Promise<void> {
    const beats = batch.map((w) => w.beat)
    let stored: StoredBatch
    try {
      stored = await this.options.store(beats, this.options.clock.now())
    } catch (error) {
      return this.flushFailed(batch, error)
    }
    this.retryMs = FIRST_RETRY_MS
    this.options.committed(stored.commits)
    batch.forEach((w, i) => this.settle(w, () => w.resolve(stored.answers[i]!)))
  }

  private async flushFailed(batch: Waiting[], error: unknown): Promise<void> {
    if (await this.options.mend?.(error).catch(() => false)) return this.flush(batch)
    const isInDoubt = error instanceof CommitInDoubt
    if (isInDoubt || isDatabaseAway(error)) return this.waitForDatabase(batch, isInDoubt)
    if (batch.length > 1) {
      const middle = batch.length >> 1
      await this.flush(batch.slice(0, middle))
      return this.flush(batch.slice(middle))
    }
    this.options.log.error({ err: error, beat: batch[0]?.beat }, 'A beat could not be stored')
    for (const w of batch) this.settle(w, () => w.reject(error))
  }

  /** Beats of checks can be stored again without harm; a push in doubt can't, its sender must decide. */
  private async waitForDatabase(batch: Waiting[], isInDoubt: boolean): Promise<void> {
    const tooOld = this.options.clock.monotonic() - PUSH_PATIENCE_MS
    const isHopeless = ({ beat, sinceMs }: Waiting): boolean =>
      this.isClosed || (beat.kind === 'push' && (isInDoubt || sinceMs <= tooOld))
    for (const w of batch.filter(isHopeless)) this.settle(w, () => w.reject(busy()))
    this.waiting.unshift(...batch.filter((w) => !isHopeless(w)))
    this.isDue = true
    this.options.log.warn({ beats: this.waiting.length }, 'The database is away; beats are waiting')
    await new Promise<void>((resolve) => void this.options.clock.after(this.retryMs, resolve))
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS)
  }

  private settle(waiting: Waiting, answer: () => void): void {
    if (waiting.beat.kind === 'push') this.waitingPushes--
    answer()
  }
}

function busy(): AppError {
  return new AppError('UNAVAILABLE', 'The push could not be stored now; send it again.', {
    retryAfterSeconds: 5,
  })
}
