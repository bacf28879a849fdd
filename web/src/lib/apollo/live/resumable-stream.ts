import { backoffMs } from './backoff.ts'
import { realTimers, type Timers } from './timers.ts'

export type StreamPhase = 'connecting' | 'live' | 'reconnecting'

export interface StreamSink<B> {
  /** The server has accepted the connection. */
  opened(): void
  next(batch: B): void
  /** A sign of life that carries nothing. */
  alive(): void
  /** Ended for whatever reason; nothing is told after it. */
  closed(problem: unknown): void
}

export interface ResumableStreamOptions<B> {
  /** Opens one connection that tells everything after the cursor; answers what closes it. */
  open(after: string | null, sink: StreamSink<B>): () => void
  cursorOf(batch: B): string | null
  hear(batch: B): void
  tell?(phase: StreamPhase): void
  /** True when the server refuses the cursor itself, so that trying it again is useless. */
  isCursorRefused?(problem: unknown): boolean
  /** The cursor was refused: what came after it is unknown, the stream goes on from now. */
  lost?(): void
  /** So long without any sign of life means a dead connection. Milliseconds. */
  silenceMs?: number
  timers?: Timers
  random?: () => number
}

/** Longer than two of the server's idle batches (15 s). */
const SILENCE_MS = 40_000
/** A connection that lasted so long was a good one: the next failure is a first failure. */
const STEADY_MS = 5_000

/**
 * One subscription that outlives its connections.
 * 1. Opens with the cursor of the last batch heard (or the one it was started with).
 * 2. After any end waits with growing, random pauses and opens again from the cursor.
 * 3. `wake` cuts the pause short, and a connection that is silent too long is closed.
 */
export class ResumableStream<B> {
  private readonly timers: Timers
  private cursor: string | null = null
  private isStarted = false
  private attempt = 0
  private openedAt: number | null = null
  private heardAt = 0
  private close: (() => void) | null = null
  private cancelRetry: (() => void) | null = null
  private cancelWatch: (() => void) | null = null

  constructor(private readonly options: ResumableStreamOptions<B>) {
    this.timers = options.timers ?? realTimers
  }

  get position(): string | null {
    return this.cursor
  }

  /** When the last sign of life came, in ms since 1970; 0 before the first. */
  get lastHeardAt(): number {
    return this.heardAt
  }

  start(after: string | null): void {
    if (this.isStarted) return
    this.isStarted = true
    this.cursor = after
    this.options.tell?.('connecting')
    this.connect()
  }

  stop(): void {
    this.isStarted = false
    this.disconnect()
  }

  /** Tries at once instead of waiting; a connection that has been silent too long is replaced. */
  wake(): void {
    if (!this.isStarted) return
    const isSilent = this.timers.now() - this.heardAt > this.silenceMs / 2
    if (this.close && !isSilent) return
    if (this.close) this.options.tell?.('reconnecting')
    this.disconnect()
    this.attempt = 0
    this.connect()
  }

  private get silenceMs(): number {
    return this.options.silenceMs ?? SILENCE_MS
  }

  private connect(): void {
    let isMine = true
    this.openedAt = null
    const close = this.options.open(this.cursor, {
      opened: () => isMine && this.onOpened(),
      alive: () => isMine && this.onAlive(),
      next: (batch) => isMine && this.onBatch(batch),
      closed: (problem) => {
        if (!isMine) return
        isMine = false
        this.onClosed(problem)
      },
    })
    if (!isMine) return
    this.close = () => {
      isMine = false
      close()
    }
  }

  private disconnect(): void {
    this.cancelRetry?.()
    this.cancelWatch?.()
    this.close?.()
    this.cancelRetry = this.cancelWatch = this.close = null
  }

  private onOpened(): void {
    this.openedAt = this.timers.now()
    this.onAlive()
    this.options.tell?.('live')
  }

  private onAlive(): void {
    this.heardAt = this.timers.now()
    if (!this.cancelWatch) this.watchSilence(this.silenceMs)
  }

  /** One timer that looks again when the silence could have become too long, instead of one per message. */
  private watchSilence(ms: number): void {
    this.cancelWatch = this.timers.after(ms, () => {
      this.cancelWatch = null
      const rest = this.heardAt + this.silenceMs - this.timers.now()
      if (rest > 0) return this.watchSilence(rest)
      this.close?.()
      this.onClosed(new Error('The connection fell silent.'))
    })
  }

  private onBatch(batch: B): void {
    this.attempt = 0
    this.onAlive()
    this.cursor = this.options.cursorOf(batch) ?? this.cursor
    this.options.hear(batch)
  }

  private onClosed(problem: unknown): void {
    this.close = null
    this.cancelWatch?.()
    this.cancelWatch = null
    if (!this.isStarted) return
    if (this.cursor !== null && this.options.isCursorRefused?.(problem)) {
      this.cursor = null
      this.options.lost?.()
    }
    if (this.openedAt !== null && this.timers.now() - this.openedAt >= STEADY_MS) this.attempt = 0
    this.options.tell?.('reconnecting')
    const pause = backoffMs(this.attempt++, this.options.random)
    this.cancelRetry = this.timers.after(pause, () => {
      this.cancelRetry = null
      this.connect()
    })
  }
}
