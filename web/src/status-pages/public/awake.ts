import { ApolloClient } from '@apollo/client'
import { createSSRApp, shallowReactive } from 'vue'
import { PublicStatusPageDocument } from '../../generated/operations.ts'
import { provideApollo } from '../../lib/apollo/composables/apollo.ts'
import { socketLink } from '../../lib/apollo/links/socket-link.ts'
import { LiveSocket } from '../../lib/apollo/live/live-socket.ts'
import type { StreamPhase } from '../../lib/apollo/live/resumable-stream.ts'
import LivePage from './LivePage.vue'
import { createPageCache } from './page-cache.ts'
import type { PageState } from './page-state.ts'
import { rest } from './rest.ts'
import { warmSpeech } from './speech.ts'
import { loadTexts } from './texts.ts'

/** The server no longer shows this page to this visitor: it says what it shows instead. */
const GONE = new Set<unknown>(['NOT_FOUND', 'UNAUTHENTICATED', 'FORBIDDEN'])

function isGone(problem: unknown): boolean {
  if (!Array.isArray(problem)) return false
  return problem.some((error: { extensions?: { code?: unknown } }) =>
    GONE.has(error.extensions?.code),
  )
}

/** Brings the page of the server to life: its cache, its texts and one socket; no question is asked again. */
export async function awake(state: PageState): Promise<void> {
  const { slug, access, language, today, base, stale = null, canSubscribe = false } = state
  const connection = shallowReactive<{ phase: StreamPhase; asOfMs: number | null }>({
    ...{ phase: 'connecting', asOfMs: null },
  })
  const url = new URL(`${base}graphql`, location.origin).href.replace(/^http/, 'ws')
  const link = socketLink(new LiveSocket({ url }), {
    tell: (phase, asOfMs) => Object.assign(connection, { phase, asOfMs }),
    closed: (problem) => {
      if (isGone(problem)) location.reload()
    },
  })
  const cache = createPageCache({ resultCaching: true }).restore(state.cache)
  const client = new ApolloClient({ cache, link })
  const texts = await loadTexts(language)
  await rest()
  const variables = { slug, ...(access !== undefined && { access }) }
  const known = client.readQuery({ query: PublicStatusPageDocument, variables })
  await rest()
  if (known?.publicStatusPage) await warmSpeech(language, known.publicStatusPage.timeZone, rest)
  const app = createSSRApp(LivePage, {
    ...{ variables, language, texts, today, base, stale, canSubscribe, connection },
  })
  provideApollo(app, client)
  app.mount('#page')
}
