import type { Actor } from '../lib/actor.ts'
import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import type { PageModule } from './page-module.ts'
import type { PageReads } from './page-reads.ts'
import { PageShelf, type ShelvedPage } from './page-shelf.ts'
import type { PageHidden, PageShown } from './page-sight.ts'
import { PageSnapshots, type Seen } from './page-snapshots.ts'

export interface PageVisit {
  slug: string
  /** `?lang=` of the address, whatever it is. */
  lang?: unknown
  /** The Accept-Language header. */
  accepted?: string | undefined
  base: string
  url: string
  /** Whether visitors may ask for letters: the same for all of them. */
  canSubscribe?: boolean
}

/** Who shows something to be let in. */
export interface PageGuest {
  actor: Actor
  access?: string | undefined
}

export interface PublicView {
  page: ShelvedPage
  /** How old it is when newer data can’t be read, in whole seconds. */
  staleForSeconds?: number
}

const SLUG = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/
/** How exactly a page says how old it is. */
const STALE_STEP_MS = 10_000
const LONGEST_REMEMBERED = 100
const MOST_REMEMBERED = 500

/** What can be a slug at all: anything else is not looked for. */
export const isPageSlug = (slug: string): boolean => SLUG.test(slug)

/**
 * Renders status pages. What strangers see is kept for each page and language, and nothing but the page itself and
 * one of the known languages ever chooses what is kept; what is private is rendered for whoever asks.
 */
export class StatusPageRenderer {
  private readonly shelf = new PageShelf()
  private readonly snapshots: PageSnapshots
  private readonly contents = new WeakMap<PageShown, string>()
  /** What browsers say is the same for many. */
  private readonly languages = new Map<string, string>()

  constructor(
    private readonly options: {
      module: PageModule
      reads: Pick<PageReads, 'public' | 'read'>
      clock: Clock
      log: Log
    },
  ) {
    const { reads, clock, log } = options
    this.snapshots = new PageSnapshots({ read: (slug) => reads.public(slug), clock, log })
  }

  /** A monitor has changed: what is kept is read again before it is shown. */
  expire(): void {
    this.snapshots.expire()
  }

  /** A page has changed: nothing older is shown, not even when the database is down. */
  forget(): void {
    this.snapshots.forget()
  }

  /** What strangers may see of a slug. Throws UNAVAILABLE when nothing is known and nothing can be read. */
  look(slug: string): Seen | Promise<Seen> {
    return isPageSlug(slug) ? this.snapshots.get(slug) : { sight: { kind: 'unknown' } }
  }

  /** Whether strangers see this, and nothing newer, of a slug. */
  isCurrent(slug: string, sight: PageShown): boolean {
    const seen = this.snapshots.peek(slug)
    return seen?.sight === sight && seen.staleForMs === undefined
  }

  /** The page that everybody sees; the same bytes for all who read this language. */
  public(
    visit: PageVisit,
    shown: PageShown,
    staleForMs?: number,
  ): PublicView | Promise<PublicView> {
    const { module } = this.options
    const { timeZone, locale } = shown.answer.data.publicStatusPage
    const language = this.languageOf(visit, locale)
    const { slug, base, url, canSubscribe } = visit
    const age = staleForMs === undefined ? '' : `stale ${Math.floor(staleForMs / STALE_STEP_MS)}`
    const key = `${language} ${slug} ${base} ${url}`
    const page = this.shelf.get(key, this.contentOf(shown, timeZone) + age, () =>
      module.renderPage({
        ...{ slug, language, base, url, staleForMs, canSubscribe, readAt: shown.readAt },
        execute: () => Promise.resolve(shown.answer),
      }),
    )
    const seconds =
      staleForMs === undefined ? {} : { staleForSeconds: Math.floor(staleForMs / 1000) }
    return page instanceof Promise
      ? page.then((ready) => ({ page: ready, ...seconds }))
      : { page, ...seconds }
  }

  /** What a private page shows to somebody who may see it: read and rendered for them alone. */
  async private(
    visit: PageVisit,
    { actor, access }: PageGuest,
  ): Promise<{ html: string } | PageHidden> {
    const { module, reads } = this.options
    const { slug, base, url } = visit
    const sight = await reads.read({ slug, ...(access ? { access } : {}) }, actor)
    if (sight.kind !== 'page') return sight
    const language = this.languageOf(visit, sight.answer.data.publicStatusPage.locale)
    const html = await module.renderPage({
      ...{ slug, access, language, base, url, readAt: sight.readAt },
      execute: () => Promise.resolve(sight.answer),
    })
    return { html }
  }

  password(
    visit: PageVisit,
    form: { formToken?: string | undefined; problem?: 'wrong' | 'tooMany' | undefined } = {},
  ): Promise<string> {
    const { slug, base, url } = visit
    const language = this.languageOf(visit, null)
    return this.options.module.renderPasswordPage({ slug, base, url, language, ...form })
  }

  /** The same for a page that does not exist and for one that the visitor may not know of. */
  missing(visit: PageVisit): Promise<string> {
    const { slug, base, url } = visit
    const language = this.languageOf(visit, null)
    const next = isPageSlug(slug) ? `?next=${encodeURIComponent(`${base}status/${slug}`)}` : ''
    const signInPath = `${base}sign-in${next}`
    return this.options.module.renderMissingPage({ base, url, language, signInPath })
  }

  /** Nothing is known of it yet, and nothing can be read. */
  unavailable(visit: PageVisit): Promise<string> {
    const { base, url } = visit
    const language = this.languageOf(visit, null)
    return this.options.module.renderUnavailablePage({ base, url, language })
  }

  /** The stylesheet of a colour `rrggbb`. */
  accent(colour: string): string | null {
    return this.options.module.accentStyles(`#${colour}`)
  }

  /** What is seen, and the day on which: the history ends with today. */
  private contentOf(shown: PageShown, timeZone: string): string {
    const known = this.contents.get(shown)
    if (known !== undefined) return known
    const content = `${shown.signature} ${this.options.module.dayIn(timeZone, shown.readAt)} `
    this.contents.set(shown, content)
    return content
  }

  private languageOf({ lang, accepted = '' }: PageVisit, fixed: string | null): string {
    if (lang !== undefined || accepted.length > LONGEST_REMEMBERED)
      return this.options.module.chooseLanguage({ asked: lang, fixed, accepted })
    const key = `${fixed ?? ''} ${accepted}`
    const known = this.languages.get(key)
    if (known !== undefined) return known
    const language = this.options.module.chooseLanguage({ fixed, accepted })
    if (this.languages.size >= MOST_REMEMBERED) this.languages.clear()
    this.languages.set(key, language)
    return language
  }
}
