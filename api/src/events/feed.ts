import type { LogHead } from '../db/read-scope.ts'
import type { CommittedEvents, LogPage } from './event-log.ts'
import type { LoggedEvent } from './event-kinds.ts'

const MOST_RECENT = 500
const MOST_EARLY = 5_000

/** Who follows one workspace's log in this process. Both are called synchronously and must not throw. */
export interface LogListener {
  /** The events right after those heard before: dense, in order, each once. */
  heard(events: LoggedEvent[]): void
  /** The log goes on elsewhere (a restored backup, a hole): what was in between can't be told. */
  jumped(head: LogHead): void
}

/** What this process has delivered of one workspace's log. Makes a dense order of what arrives in any order. */
export class Feed {
  readonly listeners = new Set<LogListener>()
  private readonly early = new Map<number, LoggedEvent>()
  private recent: LoggedEvent[] = []

  constructor(
    readonly workspaceId: string,
    private current: LogHead,
  ) {}

  get head(): LogHead {
    return this.current
  }

  /** Events have arrived out of order: those before them are committed and must be read. */
  get hasGap(): boolean {
    return this.early.size > 0
  }

  /** Takes events from a commit or from the log; delivers all that now continue the order. */
  offer(events: readonly LoggedEvent[]): void {
    for (const event of events) {
      if (event.position > this.current.position) this.early.set(event.position, event)
    }
    const ready: LoggedEvent[] = []
    for (;;) {
      const event = this.early.get(this.current.position + ready.length + 1)
      if (!event) break
      this.early.delete(event.position)
      ready.push(event)
    }
    // What waits is only a shortcut: it is in the log, and will be read from there.
    if (this.early.size > MOST_EARLY) this.early.clear()
    if (ready.length) this.deliver(ready)
  }

  /** Takes what the log says; true when there is more to read. */
  take(page: LogPage): boolean {
    if (page.isBroken || this.isElsewhere(page.head)) {
      this.jump(page.head)
      return false
    }
    this.offer(page.events)
    return page.head.position > this.current.position
  }

  /** A commit of this process. */
  committed({ epoch, events }: CommittedEvents): void {
    if (epoch === this.current.epoch) this.offer(events)
  }

  /** Whether a head that was read belongs to another life of the log than the one followed here. */
  isElsewhere(head: LogHead): boolean {
    return head.epoch !== this.current.epoch
  }

  /** A stretch of the log from memory; undefined when memory does not reach back so far. */
  recall(after: number, limit: number): LogPage | undefined {
    const first = this.recent[0]?.position ?? this.current.position + 1
    if (after < first - 1 || after > this.current.position) return undefined
    const from = after - first + 1
    const events = this.recent.slice(from, from + limit)
    return { head: this.current, events, isBroken: false }
  }

  private deliver(events: LoggedEvent[]): void {
    const position = this.current.position + events.length
    this.current = { epoch: this.current.epoch, position }
    this.recent = [...this.recent, ...events].slice(-MOST_RECENT)
    for (const listener of [...this.listeners]) listener.heard(events)
  }

  private jump(head: LogHead): void {
    this.current = head
    this.recent = []
    this.early.clear()
    for (const listener of [...this.listeners]) listener.jumped(head)
  }
}
