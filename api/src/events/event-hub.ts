import type { LogHead } from '../db/read-scope.ts'
import { AppError } from '../lib/app-error.ts'
import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import {
  type CommittedEvents,
  type LogPage,
  type SqlRunner,
  readHeads,
  readLog,
} from './event-log.ts'
import { Feed, type LogListener } from './feed.ts'
import { SingleFlight } from './single-flight.ts'
import { WakeUpNotifier, decodeWakeUp } from './wake-up-notifier.ts'

const CHANNEL = 'allswell_events'
const POLL_MS = 750
const PAGE_SIZE = 1_000
/** How long events that came out of order wait for those before them before the log is read. */
const GAP_PATIENCE_MS = 5
/** How long a log is followed after its last listener has gone: a reconnect finds it warm. */
const LINGER_MS = 60_000

/** What the hub needs of the database: reads across workspaces, and wake-ups between processes. */
export interface HubDatabase {
  readonly worker: SqlRunner
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>
  notify(channel: string, payload: string): Promise<void>
}

interface Follower {
  feed: Feed
  pull: SingleFlight
  idleSince: number
  isGapTimed: boolean
}

/**
 * The live bus of one process. It follows the log of each workspace that someone here is interested in:
 * 1. a commit of this process is delivered from memory, as soon as it continues the order;
 * 2. a gap is read from the log;
 * 3. commits of other processes are announced by NOTIFY, which carries heads only;
 * 4. because a NOTIFY can be lost, the heads are polled as well, at least once a second.
 */
export class EventHub {
  private readonly followers = new Map<string, Follower>()
  private readonly opening = new Map<string, Promise<Follower>>()
  private readonly reads = new Map<string, Promise<LogPage>>()
  private readonly database: HubDatabase
  private readonly clock: Clock
  private readonly log: Log
  private readonly notifier: WakeUpNotifier
  private readonly poll = new SingleFlight(() => this.pollHeads())
  private unlisten: (() => Promise<void>) | undefined
  private cancelPoll: (() => void) | undefined
  private isStopped = false
  private isTroubled = false

  constructor(options: { database: HubDatabase; clock: Clock; log: Log }) {
    this.database = options.database
    this.clock = options.clock
    this.log = options.log
    const send = (payload: string): Promise<void> => this.database.notify(CHANNEL, payload)
    this.notifier = new WakeUpNotifier(send, this.clock, this.log)
  }

  /** Begins to hear other processes. */
  async start(): Promise<void> {
    this.unlisten = await this.database.listen(CHANNEL, (payload) => this.woken(payload))
    this.schedulePoll()
  }

  /** False while the logs that are followed here can't be read. */
  get isHealthy(): boolean {
    return !this.isTroubled
  }

  async stop(): Promise<void> {
    this.isStopped = true
    this.cancelPoll?.()
    this.notifier.stop()
    await this.unlisten?.()
  }

  /** To be called after the commit with what `appendEvents` answered. Delivers here, wakes other processes. */
  committed(commits: readonly CommittedEvents[]): void {
    for (const commit of commits) {
      const last = commit.events.at(-1)
      if (!last || this.isStopped) continue
      this.notifier.add(commit.workspaceId, last.position)
      const follower = this.followers.get(commit.workspaceId)
      if (!follower) continue
      follower.feed.committed(commit)
      if (follower.feed.hasGap) this.fillGapSoon(follower)
    }
  }

  /**
   * Up to `limit` events after a position, from memory where it reaches back so far. Callers must compare the
   * page's epoch with theirs. Throws NOT_FOUND for an unknown workspace.
   */
  async read(workspaceId: string, after: number, limit: number): Promise<LogPage> {
    const recalled = this.followers.get(workspaceId)?.feed.recall(after, limit)
    if (recalled) return recalled
    const key = `${workspaceId} ${after} ${limit}`
    const read =
      this.reads.get(key) ??
      this.readPage(workspaceId, after, limit).finally(() => this.reads.delete(key))
    this.reads.set(key, read)
    return read
  }

  /** Follows a log from `position(workspaceId)` on. The log must be open (`catchUp`). The answer ends it. */
  watch(workspaceId: string, listener: LogListener): () => void {
    const follower = this.followers.get(workspaceId)
    if (!follower) throw new Error(`The log of ${workspaceId} is not open`)
    follower.feed.listeners.add(listener)
    return () => {
      follower.feed.listeners.delete(listener)
      follower.idleSince = this.clock.monotonic()
    }
  }

  /** What has been delivered here of a workspace's log; undefined when it is not open. */
  position(workspaceId: string): LogHead | undefined {
    return this.followers.get(workspaceId)?.feed.head
  }

  /**
   * Opens the log, and delivers all events up to this position of this epoch if the log has them. Answers what
   * has been delivered: when that is less than asked for, the log does not reach so far.
   */
  async catchUp(workspaceId: string, wanted?: LogHead): Promise<LogHead> {
    const follower = await this.open(workspaceId)
    const { feed } = follower
    const isThere = (): boolean =>
      !wanted || (!feed.isElsewhere(wanted) && feed.head.position >= wanted.position)
    if (!isThere()) await follower.pull.run()
    return feed.head
  }

  private async open(workspaceId: string): Promise<Follower> {
    const follower = this.followers.get(workspaceId)
    if (follower) {
      follower.idleSince = this.clock.monotonic()
      return follower
    }
    const opening =
      this.opening.get(workspaceId) ??
      this.follow(workspaceId).finally(() => this.opening.delete(workspaceId))
    this.opening.set(workspaceId, opening)
    return opening
  }

  private async follow(workspaceId: string): Promise<Follower> {
    const head = (await readHeads(this.database.worker, [workspaceId])).get(workspaceId)
    if (!head) throw new AppError('NOT_FOUND', 'There is no such workspace.')
    const feed = new Feed(workspaceId, head)
    const pull = new SingleFlight(() => this.pullAll(feed))
    const follower = { feed, pull, idleSince: this.clock.monotonic(), isGapTimed: false }
    this.followers.set(workspaceId, follower)
    // What was committed between the read of the head and this line was offered to nobody.
    this.pullInBackground(follower)
    return follower
  }

  private async pullAll(feed: Feed): Promise<void> {
    for (;;) {
      const { worker } = this.database
      const page = await readLog(worker, feed.workspaceId, feed.head.position, PAGE_SIZE)
      if (!page || !feed.take(page)) return
    }
  }

  private async readPage(workspaceId: string, after: number, limit: number): Promise<LogPage> {
    const page = await readLog(this.database.worker, workspaceId, after, limit)
    if (!page) throw new AppError('NOT_FOUND', 'There is no such workspace.')
    return page
  }

  private pullInBackground(follower: Follower): void {
    if (!this.isStopped) this.inBackground(follower.pull)
  }

  /** Failures are told once; whatever was missed is read by a later poll. */
  private inBackground(task: SingleFlight): void {
    task.run().then(
      () => {
        if (this.isTroubled) this.log.info({}, 'The event log can be read again')
        this.isTroubled = false
      },
      (err: unknown) => {
        if (this.isStopped) return
        if (!this.isTroubled) this.log.warn({ err }, 'The event log can not be read')
        this.isTroubled = true
      },
    )
  }

  private fillGapSoon(follower: Follower): void {
    if (follower.isGapTimed) return
    follower.isGapTimed = true
    this.clock.after(GAP_PATIENCE_MS, () => {
      follower.isGapTimed = false
      if (follower.feed.hasGap) this.pullInBackground(follower)
    })
  }

  private woken(payload: string): void {
    if (this.isStopped) return
    const heads = decodeWakeUp(payload)
    if (!heads) return this.pollNow()
    for (const [workspaceId, position] of heads) {
      const follower = this.followers.get(workspaceId)
      if (follower && follower.feed.head.position < position) this.pullInBackground(follower)
    }
  }

  private schedulePoll(): void {
    this.cancelPoll = this.clock.after(POLL_MS, () => {
      this.pollNow()
      if (!this.isStopped) this.schedulePoll()
    })
  }

  private pollNow(): void {
    this.inBackground(this.poll)
  }

  private async pollHeads(): Promise<void> {
    this.forgetIdle()
    if (!this.followers.size) return
    const heads = await readHeads(this.database.worker, [...this.followers.keys()])
    for (const [workspaceId, head] of heads) {
      const follower = this.followers.get(workspaceId)
      if (!follower) continue
      const { feed } = follower
      if (feed.isElsewhere(head) || feed.head.position !== head.position)
        this.pullInBackground(follower)
    }
  }

  private forgetIdle(): void {
    const oldest = this.clock.monotonic() - LINGER_MS
    for (const [workspaceId, { feed, idleSince }] of this.followers) {
      if (!feed.listeners.size && idleSince < oldest) this.followers.delete(workspaceId)
    }
  }
}
