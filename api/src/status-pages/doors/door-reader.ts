import type { SqlRunner } from '../../events/index.ts'
import { type Actor, anonymous } from '../../lib/actor.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Logo } from '../logo.ts'
import type { PublicPageReader } from '../reading/public-page-reader.ts'
import type { DoorComponent, DoorPage } from './door-page.ts'

/** A page that search engines may know of. */
export interface ListedSlug {
  slug: string
  updatedAt: Date
}

/** A page with a domain of its own. */
export interface PageDomain {
  domain: string
  slug: string
}

export interface DoorReaderOptions {
  pages: Pick<PublicPageReader, 'bySlug' | 'logo' | 'publicSlugs'>
  database: { worker: SqlRunner }
}

const DOMAINS = `select slug, domain from status_page where domain is not null limit 10000`

/** Reads what the doors beside pages tell. What a stranger may not see does not exist here. */
export class DoorReader {
  constructor(private readonly options: DoorReaderOptions) {}

  /** null: there is none, or it is not for strangers. */
  page(slug: string): Promise<DoorPage | null> {
    return orNothing(async () => {
      const page = await this.options.pages.bySlug(slug, { actor: anonymous() })
      const { publicId, title, descriptionText, timeZone, status, visibility } = page
      return {
        ...{ publicId, slug: page.slug, title, descriptionText, timeZone, status, visibility },
        ...{ createdAt: page.createdAt, updatedAt: page.updatedAt, outages: page.recentOutages },
        sections: page.sections.map(({ id, name, components }) => ({
          ...{ id, name, components: components.map(briefly) },
        })),
      }
    })
  }

  /** null: there is none, or the visitor may not see it. */
  logo(
    slug: string,
    visitor: { actor: Actor; access?: string | undefined } = { actor: anonymous() },
  ): Promise<Logo | null> {
    return orNothing(() => this.options.pages.logo(slug, visitor))
  }

  listed(): Promise<ListedSlug[]> {
    return this.options.pages.publicSlugs()
  }

  /** Of all pages, private ones too. */
  async domains(): Promise<PageDomain[]> {
    return (await this.options.database.worker.query(DOMAINS)) as PageDomain[]
  }
}

const briefly = ({ id, name, description, status, since }: DoorComponent): DoorComponent => ({
  ...{ id, name, description, status, since },
})

/** What is unknown, and what must be unlocked, look the same here. */
async function orNothing<T>(read: () => Promise<T | null>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    const isHidden =
      error instanceof AppError &&
      ['NOT_FOUND', 'UNAUTHENTICATED', 'FORBIDDEN'].includes(error.code)
    if (isHidden) return null
    throw error
  }
}
