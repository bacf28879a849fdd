import type { EventHub, LoggedEvent } from '../events/index.ts'
import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'

const RETRY_MS = 1_000

interface Place {
  workspaceId: string
  monitorId: string
}

/** Hears in the event log which monitors people have changed, and has them reloaded, many at once. */
export class ChangeFeed {
  private readonly followed = new Map<string, (() => void) | 'opening'>()
  private touched = new Map<string, Place>()
  private reloading = false
  private isStopped = false

  constructor(
    private readonly options: {
      hub: EventHub
      clock: Clock
      log: Log
      ownedIn: (workspaceId: string) => Place[]
      reload: (monitors: Place[]) => Promise<void>
    },
  ) {}

  /** Follows a workspace's log from now on; a second call does nothing. */
  follow(workspaceId: string): void {
    if (this.followed.has(workspaceId) || this.isStopped) return
    this.followed.set(workspaceId, 'opening')
    this.open(workspaceId).catch((error: unknown) => {
      this.followed.delete(workspaceId)
      this.options.log.warn({ err: error, workspaceId }, 'The changes of a workspace are not heard')
      this.options.clock.after(RETRY_MS, () => this.follow(workspaceId))
    })
  }

  /** Has one monitor reloaded. */
  touch({ workspaceId, monitorId }: Place): void {
    this.touched.set(monitorId, { workspaceId, monitorId })
    if (!this.reloading) void this.reloadAll()
  }

  stop(): void {
    this.isStopped = true
    for (const end of this.followed.values()) if (end !== 'opening') end()
  }

  private async open(workspaceId: string): Promise<void> {
    await this.options.hub.catchUp(workspaceId)
    if (this.isStopped) return
    const end = this.options.hub.watch(workspaceId, {
      heard: (events) => this.heard(workspaceId, events),
      jumped: () => this.options.ownedIn(workspaceId).forEach((m) => this.touch(m)),
    })
    this.followed.set(workspaceId, end)
    // What was changed between the claim and this line was told to nobody.
    for (const place of this.options.ownedIn(workspaceId)) this.touch(place)
  }

  private heard(workspaceId: string, events: LoggedEvent[]): void {
    for (const event of events) {
      if (isNews(event)) this.touch({ workspaceId, monitorId: event.body.monitorId })
    }
  }

  private async reloadAll(): Promise<void> {
    this.reloading = true
    while (this.touched.size && !this.isStopped) {
      const monitors = [...this.touched.values()]
      this.touched = new Map()
      try {
        await this.options.reload(monitors)
      } catch (error) {
        this.options.log.warn({ err: error }, 'Changed monitors could not be reloaded')
        for (const m of monitors)
          if (!this.touched.has(m.monitorId)) this.touched.set(m.monitorId, m)
        await new Promise<void>((resolve) => void this.options.clock.after(RETRY_MS, resolve))
      }
    }
    this.reloading = false
  }
}

/** The start of a run brings a push monitor's deadline forward. */
const NEWS = ['monitor.created', 'monitor.updated', 'monitor.deleted', 'job.started'] as const

type News = Extract<LoggedEvent, { kind: (typeof NEWS)[number] }>

function isNews(event: LoggedEvent): event is News {
  return NEWS.some((kind) => kind === event.kind)
}
