import { AppError } from '../../lib/app-error.ts'
import type { Actor } from '../../lib/actor.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import { isPageSlug, PageSnapshots } from '../../ssr/index.ts'
import type { DoorPage, ListedSlug, Logo } from '../../status-pages/index.ts'

/** What the doors read; nothing private comes out of it without its key. */
export interface DoorSource {
  /** What a stranger may see; null: there is none, or it is not for strangers. */
  page(slug: string): Promise<DoorPage | null>
  logo(slug: string, visitor?: { actor: Actor; access?: string | undefined }): Promise<Logo | null>
  /** The pages that search engines may know of. */
  listed(): Promise<ListedSlug[]>
}

type Sight<T> = { kind: 'page'; seen: T } | { kind: 'unknown' }

/** Logos are large: few are kept. */
const MOST_LOGOS = 50
const LIST_MS = 60_000

/** What strangers see through the doors, each read once for all who ask, and kept for a second at most. */
export class DoorViews {
  private readonly pages: PageSnapshots<Sight<DoorPage>>
  private readonly logos: PageSnapshots<Sight<Logo>>
  private list: { at: number; pages: Promise<ListedSlug[]> } | undefined

  constructor(
    private readonly options: {
      reader: DoorSource
      /** To hear of a page’s changes from before it is first read. */
      follow: (slug: string) => Promise<void>
      clock: Pick<Clock, 'monotonic' | 'after'>
      log: Log
    },
  ) {
    const { reader, follow, clock, log } = options
    const read =
      <T>(look: (slug: string) => Promise<T | null>) =>
      async (slug: string): Promise<Sight<T>> => {
        await follow(slug)
        const seen = await look(slug)
        return seen ? { kind: 'page', seen } : { kind: 'unknown' }
      }
    this.pages = new PageSnapshots({ read: read((slug) => reader.page(slug)), clock, log })
    this.logos = new PageSnapshots({
      ...{ read: read((slug) => reader.logo(slug)), clock, log },
      mostPages: MOST_LOGOS,
    })
  }

  /** Throws NOT_FOUND for what does not exist and for what is not for strangers, in the same words. */
  async page(slug: string): Promise<DoorPage> {
    return shown(isPageSlug(slug) ? (await this.pages.get(slug)).sight : undefined)
  }

  async logo(slug: string): Promise<Logo> {
    return shown(isPageSlug(slug) ? (await this.logos.get(slug)).sight : undefined)
  }

  /** For somebody who shows something to be let in. */
  async privateLogo(
    slug: string,
    visitor: { actor: Actor; access?: string | undefined },
  ): Promise<Logo> {
    const seen = isPageSlug(slug) ? await this.options.reader.logo(slug, visitor) : null
    return shown(seen ? { kind: 'page', seen } : undefined)
  }

  listed(): Promise<ListedSlug[]> {
    const { reader, clock } = this.options
    const now = clock.monotonic()
    if (this.list && now - this.list.at < LIST_MS) return this.list.pages
    const pages = reader.listed()
    const list = { at: now, pages }
    this.list = list
    pages.catch(() => {
      if (this.list === list) this.list = undefined
    })
    return pages
  }

  /** A monitor has changed. */
  expire(): void {
    this.pages.expire()
  }

  /** A page has changed: it may be private now. */
  forget(): void {
    this.pages.forget()
    this.logos.forget()
    this.list = undefined
  }
}

function shown<T>(sight: Sight<T> | undefined): T {
  if (sight?.kind !== 'page') throw new AppError('NOT_FOUND', 'There is no such status page.')
  return sight.seen
}
