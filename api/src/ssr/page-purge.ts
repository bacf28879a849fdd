import type { EventHub, LoggedEvent } from '../events/index.ts'
import type { Log } from '../lib/log.ts'
import type { StatusPageRenderer } from './status-page-renderer.ts'

export interface PagePurgeOptions {
  hub: Pick<EventHub, 'catchUp' | 'watch'>
  pages: Pick<StatusPageRenderer, 'expire' | 'forget'>
  log: Log
}

/** Tells the pages what has changed in the workspaces that have some; the second that they live bounds the rest. */
export class PagePurge {
  private readonly watched = new Map<string, () => void>()

  constructor(private readonly options: PagePurgeOptions) {}

  /** Follows the log of a workspace from now on. Never fails: without it pages are at most a second old. */
  async follow(workspaceId: string): Promise<void> {
    if (this.watched.has(workspaceId)) return
    this.watched.set(workspaceId, () => {})
    const { hub, log } = this.options
    try {
      await hub.catchUp(workspaceId)
      const stop = hub.watch(workspaceId, {
        heard: (events) => this.hear(events),
        jumped: () => this.options.pages.forget(),
      })
      this.watched.set(workspaceId, stop)
    } catch (err) {
      this.watched.delete(workspaceId)
      log.warn({ err }, 'Status pages do not hear of changes')
    }
  }

  stop(): void {
    for (const end of this.watched.values()) end()
    this.watched.clear()
  }

  private hear(events: readonly Pick<LoggedEvent, 'kind'>[]): void {
    const kinds: string[] = events.map(({ kind }) => kind)
    if (kinds.some((kind) => kind.startsWith('page.'))) this.options.pages.forget()
    else if (kinds.some((kind) => kind.startsWith('monitor.'))) this.options.pages.expire()
  }
}
