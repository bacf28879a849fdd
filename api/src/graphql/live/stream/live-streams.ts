import type { LogHead } from '../../../db/read-scope.ts'
import type { EventHub } from '../../../events/index.ts'
import type { Clock } from '../../../lib/clock.ts'
import type { Log } from '../../../lib/log.ts'
import type { EventFilter } from './event-filter.ts'
import { Gate } from './gate.ts'
import type { LiveSource } from './live-source.ts'
import { SharedStream } from './shared-stream.ts'
import { type Outlet, Subscriber } from './subscriber.ts'

const REPLAYS_AT_ONCE = 8

/** One live view. Views with the same key are the same: filter, wording and rights. */
export interface LiveView<T> {
  key: string
  workspaceId: string
  filter: EventFilter
  render: (source: LiveSource) => Promise<T>
  /** See SharedStream. */
  spacingMs?: number | undefined
}

/** A running subscription. `done` ends after `close`, or fails when the log can't be read. */
export interface LiveSubscription {
  readonly done: Promise<void>
  close(): void
}

interface OpenView<T> {
  stream: SharedStream<T>
  end: () => void
  users: number
  rendering: Map<string, Promise<T>>
  /** The last batch that only says where the log stands: it links to nothing, so it never ages. */
  quiet: { key: string; batch: Promise<T> } | undefined
}

/** The shared streams of this process, one for each distinct view, for as long as somebody follows it. */
export class LiveStreams<T> {
  private readonly views = new Map<string, OpenView<T>>()
  private readonly gate = new Gate(REPLAYS_AT_ONCE)

  constructor(private readonly options: { hub: EventHub; clock: Clock; log: Log }) {}

  /** How many distinct views are followed. */
  get size(): number {
    return this.views.size
  }

  subscribe(view: LiveView<T>, outlet: Outlet<T>, after: LogHead | undefined): LiveSubscription {
    let subscriber: Subscriber<T> | undefined
    let isClosed = false
    const run = async (): Promise<void> => {
      await this.options.hub.catchUp(view.workspaceId)
      if (isClosed) return
      const open = this.open(view)
      try {
        subscriber = this.subscriberOf(view, open, outlet, after)
        await subscriber.run()
      } finally {
        subscriber?.close()
        this.release(view.key, open)
      }
    }
    const close = (): void => {
      isClosed = true
      subscriber?.close()
    }
    return { done: run(), close }
  }

  private subscriberOf(
    view: LiveView<T>,
    open: OpenView<T>,
    outlet: Outlet<T>,
    after: LogHead | undefined,
  ): Subscriber<T> {
    const { hub } = this.options
    const { workspaceId, filter } = view
    const render = (source: LiveSource): Promise<T> => this.renderOnce(view, open, source)
    return new Subscriber({
      workspaceId,
      filter,
      render,
      outlet,
      after,
      hub,
      stream: open.stream,
    })
  }

  /** The log must be open in the hub. Runs in one turn, so that the stream begins where the hub stands. */
  private open(view: LiveView<T>): OpenView<T> {
    const known = this.views.get(view.key)
    if (known) {
      known.users++
      return known
    }
    const { hub, clock, log } = this.options
    const { workspaceId, filter, render, spacingMs } = view
    const head = hub.position(workspaceId)
    if (!head) throw new Error(`The log of ${workspaceId} is not open`)
    const stream = new SharedStream<T>({
      ...{ workspaceId, head, filter, render, spacingMs, clock, log },
    })
    const unwatch = hub.watch(workspaceId, stream)
    const end = (): void => {
      unwatch()
      stream.close()
    }
    const open = {
      stream,
      end,
      users: 1,
      rendering: new Map<string, Promise<T>>(),
      quiet: undefined,
    }
    this.views.set(view.key, open)
    return open
  }

  private release(key: string, open: OpenView<T>): void {
    open.users--
    if (open.users > 0) return
    open.end()
    this.views.delete(key)
  }

  /** After a restart hundreds come back with the same cursor: what they replay is worded once. */
  private renderOnce(view: LiveView<T>, open: OpenView<T>, source: LiveSource): Promise<T> {
    const { head, resync, events } = source
    const first = events[0]?.position ?? 'none'
    const key = `${head.epoch} ${head.position} ${first} ${resync}`
    const known = open.quiet?.key === key ? open.quiet.batch : open.rendering.get(key)
    if (known) return known
    const rendering = this.gate
      .run(() => view.render(source))
      .finally(() => open.rendering.delete(key))
    open.rendering.set(key, rendering)
    if (!events.length) this.keepQuiet(open, key, rendering)
    return rendering
  }

  private keepQuiet(open: OpenView<T>, key: string, batch: Promise<T>): void {
    open.quiet = { key, batch }
    batch.catch(() => (open.quiet = undefined))
  }
}
