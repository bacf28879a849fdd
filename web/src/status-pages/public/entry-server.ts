/** What the API loads by its path to render status pages: no import crosses between the two. */
import { ApolloClient, ApolloLink, Observable } from '@apollo/client'
import type { DocumentNode } from 'graphql'
import { createSSRApp, type Component } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { PublicStatusPageDocument } from '../../generated/operations.ts'
import { provideApollo } from '../../lib/apollo/composables/apollo.ts'
import { documentHtml, type Head } from './document.ts'
import type { Language } from './language.ts'
import LivePage from './LivePage.vue'
import MissingPage from './MissingPage.vue'
import type { PublicPage } from './page.ts'
import { createPageCache } from './page-cache.ts'
import { stateJson, type PageState } from './page-state.ts'
import { pageTitle } from './page-title.ts'
import PlainPage from './parts/PlainPage.vue'
import PasswordPage from './PasswordPage.vue'
import { createSpeech, dayIn } from './speech.ts'
import { textsOf } from './every-text.ts'

export { accentStyles } from './accent.ts'
export { chooseLanguage } from './language.ts'
export { dayIn }

/** The one question of a page, with the type names that the cache needs; the API runs it against its own schema. */
export const document: DocumentNode = createPageCache({ resultCaching: false }).transformDocument(
  PublicStatusPageDocument,
)

export interface Place {
  language: Language
  /** Where the server's paths begin, such as `/`. */
  base: string
  /** The page's own address, for those who pass it on. */
  url: string
}

export interface PageRequest extends Place {
  slug: string
  access?: string | undefined
  /** When the data were read, in ms since 1970. */
  readAt: number
  /** Set when the data are older than they should be. Milliseconds. */
  staleForMs?: number | undefined
  /** Whether letters can be sent to visitors who ask for them. */
  canSubscribe?: boolean | undefined
  /** Answers the question of the page: data only, failures are the caller’s. */
  execute: (variables: { slug: string; access?: string | null }) => Promise<{ data?: unknown }>
}

/** The whole HTML of a page. Throws when the data hold no page. */
export async function renderPage(request: PageRequest): Promise<string> {
  const { slug, access, language, base, readAt, staleForMs, canSubscribe = false } = request
  const client = new ApolloClient({
    cache: createPageCache({ resultCaching: false }),
    link: executeLink(request.execute),
    ssrMode: true,
  })
  try {
    const variables = { slug, ...(access !== undefined && { access }) }
    const query = { query: PublicStatusPageDocument, variables }
    // Reading it back from the cache would cost as much as all of Vue’s work.
    const { data } = await client.query({ ...query, fetchPolicy: 'no-cache' })
    const page = data?.publicStatusPage
    if (!page) throw new Error('There is no page to render.')
    client.writeQuery({ ...query, data })
    const texts = textsOf(language)
    const speech = createSpeech(language, texts, page.timeZone)
    const stale =
      staleForMs === undefined ? null : { at: new Date(readAt).toISOString(), ageMs: staleForMs }
    const today = dayIn(page.timeZone, readAt)
    const connection = { phase: 'connecting', asOfMs: null }
    const body = await html(
      LivePage,
      { variables, language, texts, today, base, stale, canSubscribe, connection, read: page },
      client,
    )
    const state: PageState = {
      ...{ slug, language, today, base, cache: client.cache.extract() as PageState['cache'] },
      ...(access !== undefined && { access }),
      ...(stale && { stale }),
      ...(canSubscribe && { canSubscribe }),
    }
    const head = { ...headOf(page, request), title: pageTitle(page, speech) }
    return documentHtml({ ...head, body, state: stateJson(state) })
  } finally {
    client.stop()
  }
}

export interface PasswordRequest extends Place {
  slug: string
  formToken?: string | undefined
  problem?: 'wrong' | 'tooMany' | undefined
}

export async function renderPasswordPage(request: PasswordRequest): Promise<string> {
  const { language, base, slug, formToken, problem } = request
  const texts = textsOf(language)
  const path = `${base}status/${slug}`
  const body = await html(PasswordPage, { language, texts, path, formToken, problem })
  return plain(request, texts['private.title'], body)
}

export async function renderMissingPage(request: Place & { signInPath: string }): Promise<string> {
  const { language, signInPath } = request
  const texts = textsOf(language)
  const body = await html(MissingPage, { language, texts, signInPath })
  return plain(request, texts['missing.title'], body)
}

/** Nothing is known and nothing can be read. */
export async function renderUnavailablePage(request: Place): Promise<string> {
  const { language } = request
  const texts = textsOf(language)
  const body = await html(PlainPage, { language, texts, titleKey: 'stale.title' })
  return plain(request, texts['stale.title'], body)
}

function plain({ language, base }: Place, title: string, body: string): string {
  return documentHtml({ ...{ language, base, title, body }, isHidden: true })
}

function headOf(page: PublicPage, { language, base, url }: PageRequest): Omit<Head, 'title'> {
  return {
    ...{ language, base, url, siteName: page.title, accent: page.accentColor },
    logo: page.logoUrl,
    doors: `${base}status/${page.slug}`,
    isHidden: page.visibility !== 'PUBLIC',
  }
}

function html(
  component: Component,
  props: Record<string, unknown>,
  client?: ApolloClient,
): Promise<string> {
  const app = createSSRApp(component, props)
  if (client) provideApollo(app, client)
  return renderToString(app)
}

/** The API’s schema, in process. */
function executeLink(execute: PageRequest['execute']): ApolloLink {
  return new ApolloLink(
    ({ variables }) =>
      new Observable((observer) => {
        execute(variables as { slug: string }).then(
          (result) => {
            observer.next(result as ApolloLink.Result)
            observer.complete()
          },
          (error: unknown) => observer.error(error),
        )
      }),
  )
}
