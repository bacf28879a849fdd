import type { LogHead } from '../../../db/read-scope.ts'
import { type LogListener, type LoggedEvent, topicOf } from '../../../events/index.ts'
import type { Clock } from '../../../lib/clock.ts'
import type { Log } from '../../../lib/log.ts'
import type { EventFilter } from './event-filter.ts'
import { type LiveSource, reaches } from './live-source.ts'

/** Beats alone are sent at most four times a second. */
const BEATS_SPACING_MS = 250
/** A view in which nothing happens still says so, so that its cursor never ages. */
const IDLE_MS = 15_000
const FAILED_PAUSE_MS = 1_000
export const LARGEST_BATCH = 500

/** A subscriber that has caught up and takes the shared batches. */
export interface Member<T> {
  deliver(batch: T): void
}

export interface SharedStreamOptions<T> {
  workspaceId: string
  head: LogHead
  filter: EventFilter
  /** Words a batch; its answer is handed to every member as it is. */
  render: (source: LiveSource) => Promise<T>
  /** Nothing is urgent: batches are at least that far apart, in ms. Absent: only beats wait for their turn. */
  spacingMs?: number | undefined
  clock: Clock
  log: Log
}

/**
 * One live view (filter, document, rights), worded once for all who follow it.
 * 1. Events that pass the filter wait as `pending`; beats for their turn, anything else takes all of it along at once.
 * 2. One batch is worded at a time, so batches leave in the order of the log; what comes meanwhile waits.
 * 3. When a batch leaves, all members have been told everything up to `aligned`. A joiner that stands exactly
 *    there becomes a member; one that is behind reads the log; one that is ahead asks for a flush first.
 */
export class SharedStream<T> implements LogListener {
  private readonly members = new Set<Member<T>>()
  private readonly waiting = new Set<{ wanted: LogHead; done: () => void }>()
  private pending: LoggedEvent[] = []
  private jump: LogHead | undefined
  private seen: LogHead
  private told: LogHead
  private isRendering = false
  private isFlushWanted = false
  private isClosed = false
  private lastBatchAt: number
  private cancelFlush: (() => void) | undefined
  private cancelIdle: (() => void) | undefined

  constructor(private readonly options: SharedStreamOptions<T>) {
    this.seen = options.head
    this.told = options.head
    this.lastBatchAt = -Infinity
    this.watchIdle(IDLE_MS)
  }

  /** Up to here every member has been told everything. */
  get aligned(): LogHead {
    return this.told
  }

  /** Takes in a member that has been told everything up to `aligned`, to be checked in the same turn. */
  join(member: Member<T>): void {
    this.members.add(member)
  }

  leave(member: Member<T>): void {
    this.members.delete(member)
  }

  /** Sends what is pending; ends when `aligned` reaches the wanted position, which the hub must have delivered. */
  flushTo(wanted: LogHead): Promise<void> {
    if (reaches(this.told, wanted) || this.isClosed) return Promise.resolve()
    return new Promise((done) => {
      this.waiting.add({ wanted, done })
      this.flush()
    })
  }

  close(): void {
    this.isClosed = true
    this.cancelFlush?.()
    this.cancelIdle?.()
    this.members.clear()
    for (const { done } of this.waiting) done()
    this.waiting.clear()
  }

  heard(events: LoggedEvent[]): void {
    let isUrgent = false
    for (const event of events) {
      const kept = this.options.filter(event)
      if (!kept) continue
      this.pending.push(kept)
      isUrgent ||= this.options.spacingMs === undefined && topicOf(kept.kind) !== 'HEARTBEAT'
    }
    this.seen = { epoch: this.seen.epoch, position: events.at(-1)!.position }
    if (isUrgent) this.flush()
    else if (this.pending.length) this.flushInTurn()
    else this.settle()
  }

  jumped(head: LogHead): void {
    this.pending = []
    this.seen = head
    this.jump = head
    this.flush()
  }

  private flushInTurn(): void {
    if (this.cancelFlush || this.isRendering) return
    const { spacingMs = BEATS_SPACING_MS, clock } = this.options
    const wait = this.lastBatchAt + spacingMs - clock.monotonic()
    if (wait <= 0) return this.flush()
    this.cancelFlush = this.options.clock.after(wait, () => this.flush())
  }

  private flush(): void {
    if (this.isClosed) return
    if (this.isRendering) {
      this.isFlushWanted = true
      return
    }
    this.cancelFlush?.()
    this.cancelFlush = undefined
    if (!this.members.size) {
      this.pending = []
      this.jump = undefined
    }
    if (this.jump || this.pending.length) this.send(this.nextSource())
    else this.settle()
  }

  private nextSource(): LiveSource {
    const { workspaceId } = this.options
    if (this.jump) {
      const head = this.jump
      this.jump = undefined
      return { workspaceId, head, resync: true, events: [] }
    }
    const events = this.pending.slice(0, LARGEST_BATCH)
    this.pending = this.pending.slice(LARGEST_BATCH)
    if (this.pending.length) this.isFlushWanted = true
    const last = { epoch: this.seen.epoch, position: events.at(-1)!.position }
    return { workspaceId, head: this.pending.length ? last : this.seen, resync: false, events }
  }

  private send(source: LiveSource): void {
    this.isRendering = true
    this.lastBatchAt = this.options.clock.monotonic()
    this.options.render(source).then(
      (batch) => this.emit(source, batch),
      (error: unknown) => this.fail(error),
    )
  }

  private emit(source: LiveSource, batch: T): void {
    if (this.isClosed) return
    this.told = source.head
    for (const member of [...this.members]) member.deliver(batch)
    this.goOn()
  }

  private fail(error: unknown): void {
    this.options.log.error(
      { error },
      'A live batch could not be worded; its readers are told to read afresh',
    )
    this.cancelFlush = this.options.clock.after(FAILED_PAUSE_MS, () => {
      this.pending = []
      this.jump = this.seen
      this.goOn()
    })
  }

  private goOn(): void {
    this.isRendering = false
    const isWanted = this.isFlushWanted || this.jump
    this.isFlushWanted = false
    if (isWanted) this.flush()
    else if (this.pending.length) this.flushInTurn()
    else this.settle()
    this.answerWaiting()
  }

  /** Nothing is pending and nothing under way: what was seen and did not pass the filter needs no telling. */
  private settle(): void {
    if (this.isRendering || this.pending.length || this.jump) return
    this.told = this.seen
    this.answerWaiting()
  }

  private answerWaiting(): void {
    for (const waiter of [...this.waiting]) {
      // After a jump the wanted position belongs to a life of the log that is over: the joiner will see.
      const isOver = waiter.wanted.epoch !== this.seen.epoch
      if (!isOver && !reaches(this.told, waiter.wanted)) continue
      this.waiting.delete(waiter)
      waiter.done()
    }
  }

  private watchIdle(wait: number): void {
    this.cancelIdle = this.options.clock.after(wait, () => {
      const quiet = this.options.clock.monotonic() - this.lastBatchAt
      if (quiet < IDLE_MS) return this.watchIdle(IDLE_MS - quiet)
      this.watchIdle(IDLE_MS)
      if (this.isRendering || this.pending.length || !this.members.size) return
      const { workspaceId } = this.options
      this.send({ workspaceId, head: this.seen, resync: false, events: [] })
    })
  }
}
