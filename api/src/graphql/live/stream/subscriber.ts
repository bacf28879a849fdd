import type { LogHead } from '../../../db/read-scope.ts'
import type { EventHub } from '../../../events/index.ts'
import type { EventFilter } from './event-filter.ts'
import { type LiveSource, isSame, reaches } from './live-source.ts'
import { canReplay } from './resume.ts'
import { LARGEST_BATCH, type Member, type SharedStream } from './shared-stream.ts'

/** Where a subscriber's batches go: a socket, a response, a queue. */
export interface Outlet<T> {
  /** More is waiting to leave than should: what is sent now would only pile up. */
  readonly isFull: boolean
  send(batch: T): void
  /** Ends when there is room again, or when the outlet has closed. */
  whenRoom(): Promise<void>
}

/** The log as a subscriber reads it. */
export type LogReader = Pick<EventHub, 'catchUp' | 'read' | 'position'>

export interface SubscriberOptions<T> {
  workspaceId: string
  hub: LogReader
  stream: SharedStream<T>
  filter: EventFilter
  /** Words a batch that is not shared by all members; equal batches asked for at once are worded once. */
  render: (source: LiveSource) => Promise<T>
  outlet: Outlet<T>
  /** Where the reader stands; absent: now. */
  after: LogHead | undefined
}

/**
 * One reader of a live view, from its cursor to the end.
 * 1. It begins where its cursor says, or with `resync` where that can't be told any more.
 * 2. Behind the shared stream, it reads the log page by page, at the pace of its outlet.
 * 3. Ahead of it (a query has seen more), it waits until the stream has been flushed so far.
 * 4. Exactly there it joins, and takes the shared batches.
 * 5. If its outlet overflows it leaves, waits for room, is told to read afresh, and goes on with 2.
 */
export class Subscriber<T> implements Member<T> {
  private isClosed = false
  private hasSent = false
  private left: (() => void) | undefined

  constructor(private readonly options: SubscriberOptions<T>) {}

  /** Ends when the subscriber is closed. Throws when the log can't be read. */
  async run(): Promise<void> {
    let at = await this.begin()
    while (!this.isClosed) {
      await this.approachAndFollow(at)
      if (this.isClosed) return
      await this.options.outlet.whenRoom()
      at = await this.resync()
    }
  }

  close(): void {
    this.isClosed = true
    this.options.stream.leave(this)
    this.left?.()
  }

  deliver(batch: T): void {
    const { outlet, stream } = this.options
    if (!outlet.isFull) return outlet.send(batch)
    stream.leave(this)
    this.left?.()
  }

  private async begin(): Promise<LogHead> {
    const { after, hub, workspaceId, stream } = this.options
    if (!after) return stream.aligned
    const known = hub.position(workspaceId)
    const head = known && reaches(known, after) ? known : await hub.catchUp(workspaceId, after)
    return canReplay(after, head) ? after : this.resync()
  }

  /** Brings the reader to where the stream stands and joins it there, in one turn. Ends when it has left. */
  private async approachAndFollow(from: LogHead): Promise<void> {
    const { stream, hub, workspaceId } = this.options
    let at = from
    while (!this.isClosed) {
      const { aligned } = stream
      if (isSame(at, aligned) && this.hasSent) return this.follow()
      const { epoch } = hub.position(workspaceId) ?? aligned
      if (at.epoch !== epoch) at = await this.resync()
      else if (isSame(at, aligned)) await this.say(at, [])
      else if (reaches(aligned, at)) at = await this.replay(at)
      else await stream.flushTo(at)
    }
  }

  private async replay(at: LogHead): Promise<LogHead> {
    const { stream, hub, workspaceId, filter, outlet } = this.options
    const goal = stream.aligned
    if (!canReplay(at, goal)) return this.resync()
    if (outlet.isFull) {
      await outlet.whenRoom()
      return at
    }
    const limit = Math.min(LARGEST_BATCH, goal.position - at.position)
    const page = await hub.read(workspaceId, at.position, limit)
    if (page.isBroken || page.head.epoch !== at.epoch) return this.resync()
    const to = { epoch: at.epoch, position: at.position + page.events.length }
    const events = page.events.flatMap((event) => filter(event) ?? [])
    if (events.length) await this.say(to, events)
    return to
  }

  private follow(): Promise<void> {
    return new Promise((left) => {
      this.left = left
      this.options.stream.join(this)
    })
  }

  private async resync(): Promise<LogHead> {
    const { hub, workspaceId, stream } = this.options
    // The newest that is known here: whoever reads afresh after this batch sees at least as much.
    const head = hub.position(workspaceId) ?? stream.aligned
    await this.say(head, [], true)
    return head
  }

  private async say(head: LogHead, events: LiveSource['events'], resync = false): Promise<void> {
    const { workspaceId, render, outlet } = this.options
    const batch = await render({ workspaceId, head, resync, events })
    if (this.isClosed) return
    this.hasSent = true
    outlet.send(batch)
  }
}
