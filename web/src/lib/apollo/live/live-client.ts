import type { ApolloCache } from '@apollo/client'
import { Coverage, type RequestMark } from './coverage.ts'
import {
  ResumableStream,
  type ResumableStreamOptions,
  type StreamPhase,
  type StreamSink,
} from './resumable-stream.ts'
import { Tick } from './tick.ts'
import { realTimers, type Timers } from './timers.ts'

export interface LiveBatch<E> {
  cursor: string
  resync: boolean
  events: readonly E[]
}

/** What a room of the client does with events. */
export interface LiveRoom<E> {
  /** Writes the events into the cache; called once a tick with all of them. `isAgain`: heard before, tell nobody. */
  apply(events: readonly E[], cache: ApolloCache, isAgain: boolean): void
  /** The stream could not tell everything: what is kept outside the cache is worthless. */
  forget?(): void
}

export interface LiveClientOptions<E> {
  open(after: string | null, sink: StreamSink<LiveBatch<E>>): () => void
  cache: ApolloCache
  rooms: readonly LiveRoom<E>[]
  /** Reads all active queries anew; rejects when that failed. */
  refetch(): Promise<unknown>
  tell(phase: StreamPhase, asOfMs: number | null): void
  isCursorRefused?: ResumableStreamOptions<LiveBatch<E>>['isCursorRefused']
  timers?: Timers
  random?: () => number
  tickMs?: number
}

interface Heard<E> {
  event: E
  isAgain: boolean
}

/** Without any snapshot for so long, the stream begins at now. */
const SNAPSHOT_WITHIN_MS = 3_000
/** A reading anew that failed is tried again after so long, or when the connection is back. */
const REFETCH_AGAIN_MS = 3_000

/**
 * The one live connection of a tab.
 * 1. Waits for the first answer that carries `liveCursor` and follows the log from there.
 * 2. Gathers events and writes them into the cache, one batch a tick.
 * 3. After a cut goes on from its cursor; no query is sent.
 * 4. On `resync` reads the active queries anew and goes on from the new cursor.
 */
export class LiveClient<E> {
  readonly coverage = new Coverage<E>()
  private readonly timers: Timers
  private readonly tick: Tick<Heard<E>>
  private readonly stream: ResumableStream<LiveBatch<E>>
  private cancelWait: (() => void) | null = null
  private phase: StreamPhase = 'connecting'
  private mustRefetch = false
  private isRefetching = false
  /** The stream begins anew at a position that is not known yet. */
  private isLost = false

  constructor(private readonly options: LiveClientOptions<E>) {
    this.timers = options.timers ?? realTimers
    this.tick = new Tick((heard) => this.write(heard), options.tickMs, this.timers)
    this.stream = new ResumableStream<LiveBatch<E>>({
      open: (after, sink) => options.open(after, sink),
      cursorOf: (batch) => batch.cursor,
      hear: (batch) => this.hear(batch),
      tell: (phase) => this.enter(phase),
      lost: () => (this.isLost = true),
      timers: this.timers,
      ...(options.isCursorRefused && { isCursorRefused: options.isCursorRefused }),
      ...(options.random && { random: options.random }),
    })
  }

  get cursor(): string | null {
    return this.stream.position
  }

  start(): void {
    this.options.tell('connecting', null)
    this.waitForSnapshot()
  }

  stop(): void {
    this.cancelWait?.()
    this.stream.stop()
    this.tick.stop()
  }

  /** The network or the tab is back: no waiting. */
  wake(): void {
    this.stream.wake()
  }

  /** Told by the link of each answer. True: the answer must be asked for again. */
  answered(mark: RequestMark, cursor: string | null): boolean {
    const verdict = this.coverage.answered(mark, cursor)
    if (verdict === 'begin' && cursor !== null) this.begin(cursor)
    return verdict === 'ask-again'
  }

  /** The request is over, its data will be in the cache by the next tick. */
  finished(mark: RequestMark): void {
    const again = this.coverage.finished(mark)
    this.tick.add(again.map((event) => ({ event, isAgain: true })))
  }

  private waitForSnapshot(): void {
    this.cancelWait = this.timers.after(SNAPSHOT_WITHIN_MS, () => {
      if (this.coverage.waiting > 0) return this.waitForSnapshot()
      this.cancelWait = null
      this.stream.start(null)
    })
  }

  private begin(cursor: string): void {
    this.cancelWait?.()
    this.cancelWait = null
    this.coverage.begin(cursor)
    // It may already have begun at now, for want of a snapshot, without having heard anything yet.
    this.stream.stop()
    this.stream.start(cursor)
  }

  private hear(batch: LiveBatch<E>): void {
    if (!this.coverage.isCovering) this.coverage.begin(batch.cursor)
    this.coverage.hear(batch.events)
    this.tick.add(batch.events.map((event) => ({ event, isAgain: false })))
    if (batch.resync || this.isLost) this.resync()
    else if (this.phase !== 'live') this.enter('live')
  }

  private enter(phase: StreamPhase): void {
    this.phase = phase
    this.options.tell(phase, this.stream.lastHeardAt || null)
    if (phase === 'live' && this.mustRefetch) this.resync()
  }

  private resync(): void {
    this.isLost = false
    this.mustRefetch = true
    if (this.isRefetching) return
    this.isRefetching = true
    for (const room of this.options.rooms) room.forget?.()
    void this.readAnew()
  }

  private async readAnew(): Promise<void> {
    this.mustRefetch = false
    try {
      await this.options.refetch()
      this.isRefetching = false
    } catch {
      this.isRefetching = false
      this.mustRefetch = true
      this.cancelWait = this.timers.after(REFETCH_AGAIN_MS, () => {
        if (this.phase === 'live' && this.mustRefetch) this.resync()
      })
    }
  }

  private write(heard: readonly Heard<E>[]): void {
    const { cache, rooms } = this.options
    cache.batch({
      update: () => {
        for (const run of runsOf(heard)) {
          for (const room of rooms) room.apply(run.events, cache, run.isAgain)
        }
      },
    })
  }
}

/** Cuts the row of events where first-time and repeated ones meet; their order stays. */
function runsOf<E>(heard: readonly Heard<E>[]): { events: E[]; isAgain: boolean }[] {
  const runs: { events: E[]; isAgain: boolean }[] = []
  for (const { event, isAgain } of heard) {
    const last = runs.at(-1)
    if (last?.isAgain === isAgain) last.events.push(event)
    else runs.push({ events: [event], isAgain })
  }
  return runs
}
