import type { LoggedEvent } from '../../events/index.ts'
import type { PageAccess, PageVisitor } from './page-access.ts'

/** A page that somebody follows: where it lies, and what of the log it shows. */
export interface PageView {
  workspaceId: string
  pageId: string
  shows: (event: LoggedEvent) => boolean
}

const MOST_PAGES = 1_000

/** What live views of pages need to know: who may follow one, and which monitors speak for it. */
export class PageViews {
  /** As of the last reading of each page; a page that is not in here hears of every monitor. */
  private readonly monitors = new Map<string, ReadonlySet<string>>()

  constructor(private readonly access: PageAccess) {}

  /** Throws NOT_FOUND or UNAUTHENTICATED as `PageAccess.admit` does. */
  async open(slug: string, visitor: PageVisitor): Promise<PageView> {
    const place = await this.access.admit(await this.access.find(slug), visitor)
    const { workspaceId, pageId } = place
    return { workspaceId, pageId, shows: (event) => this.shows(pageId, event) }
  }

  /** To be told of every reading of a page. */
  wasRead({ pageId, monitorIds }: { pageId: string; monitorIds: readonly string[] }): void {
    this.monitors.delete(pageId)
    this.monitors.set(pageId, new Set(monitorIds))
    if (this.monitors.size > MOST_PAGES)
      this.monitors.delete(this.monitors.keys().next().value as string)
  }

  private shows(pageId: string, event: LoggedEvent): boolean {
    if (event.kind === 'heartbeats.recorded') return false
    if ('pageId' in event.body) return event.body.pageId === pageId
    return this.monitors.get(pageId)?.has(event.body.monitorId) ?? true
  }
}
