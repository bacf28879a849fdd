import { ApolloClient, ApolloLink, Observable } from '@apollo/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createSSRApp, nextTick, shallowReactive } from 'vue'
import { provideApollo } from '../../lib/apollo/composables/apollo.ts'
import type { StreamPhase } from '../../lib/apollo/live/resumable-stream.ts'
import { document as question, renderPage } from './entry-server.ts'
import { textsOf } from './every-text.ts'
import LivePage from './LivePage.vue'
import type { PublicPage } from './page.ts'
import { createPageCache } from './page-cache.ts'
import { STATE_ID, type PageState } from './page-state.ts'
import {
  READ_AT,
  sampleComponent,
  samplePage,
  serverOf,
  withTypeNames,
} from './test-kit/sample-page.ts'

const warned = vi.fn()
beforeEach(() => {
  vi.stubGlobal('__PAGE_FILES__', {
    script: 'p.js',
    icon: 'i.svg',
    styles: [],
    preloads: { en: [] },
  })
  vi.spyOn(console, 'warn').mockImplementation(warned)
  vi.spyOn(console, 'error').mockImplementation(warned)
})
afterEach(() => {
  vi.restoreAllMocks()
  warned.mockReset()
})

const settle = async () => {
  for (let turn = 0; turn < 5; turn++) await new Promise((done) => setTimeout(done))
  await nextTick()
}

/** The page of the server in a browser whose only link to the world writes down what is asked. */
async function wake(page: PublicPage, staleForMs?: number, spoil = (html: string) => html) {
  const html = await renderPage({
    ...{
      slug: 'acme',
      language: 'en',
      base: '/',
      url: '/status/acme',
      readAt: READ_AT,
      staleForMs,
      canSubscribe: true,
    },
    execute: serverOf(page, question),
  })
  // The test's browser fetches no styles.
  const drawn = spoil(html.slice(html.indexOf('<head>'), html.indexOf('</html>')))
  document.documentElement.innerHTML = drawn.replaceAll('rel="stylesheet"', '')
  const before = document.querySelector('#page')!.innerHTML
  const { cache, ...state } = JSON.parse(
    document.getElementById(STATE_ID)!.textContent!,
  ) as PageState
  const asked: { name: string | undefined; variables: unknown }[] = []
  let tell = (_page: PublicPage): void => {}
  const link = new ApolloLink(
    ({ operationName, variables }) =>
      new Observable((observer) => {
        asked.push({ name: operationName, variables })
        tell = (news) =>
          observer.next({
            data: {
              statusPage: {
                ...{ __typename: 'StatusPageUpdate', cursor: news.liveCursor, resync: false },
                page: withTypeNames(news),
              },
            },
          })
      }),
  )
  const client = new ApolloClient({
    cache: createPageCache({ resultCaching: true }).restore(cache),
    link,
  })
  const connection = shallowReactive<{ phase: StreamPhase; asOfMs: number | null }>({
    ...{ phase: 'connecting', asOfMs: null },
  })
  const { today, base, language, stale = null, canSubscribe = false } = state
  const variables = { slug: 'acme' }
  const texts = textsOf(language)
  const app = createSSRApp(LivePage, {
    ...{ variables, language, texts, today, base, stale, canSubscribe, connection },
  })
  provideApollo(app, client)
  app.mount('#page')
  const after = document.querySelector('#page')!.innerHTML
  await settle()
  return { asked, before, after, connection, tell: (news: PublicPage) => tell(news), app }
}

const text = (selector: string) => document.querySelector(selector)?.textContent?.trim()

it('takes over what the server drew without a change, a warning or a question', async () => {
  const { asked, before, after, app } = await wake(samplePage())
  expect(after).toBe(before)
  expect(warned).not.toHaveBeenCalled()
  expect(asked).toEqual([{ name: 'StatusPageLive', variables: { slug: 'acme', after: 'c1' } }])
  app.unmount()
})

it('would notice a page that was drawn otherwise', async () => {
  const spoil = (html: string) => html.replace('<h3>API</h3>', '<h3>Other</h3>')
  const { app } = await wake(samplePage(), undefined, spoil)
  expect(warned).toHaveBeenCalled()
  app.unmount()
})

it('shows a component that goes down, in its row, in the head and in the title, and says so', async () => {
  const { tell, app } = await wake(samplePage())
  const down = samplePage({ status: 'MAJOR_OUTAGE', liveCursor: 'c2', accentColor: '#112233' })
  down.sections[0]!.components = [sampleComponent({ status: 'MAJOR_OUTAGE' })]
  tell(down)
  await settle()
  expect(text('.sp-row .sp-state')).toBe('Outage')
  expect(text('.sp-overall')).toBe('Major outage')
  expect(text('[aria-live]')).toBe('API: Outage')
  expect(document.title).toBe('Acme · Major outage')
  expect(document.querySelector('link#accent')?.getAttribute('href')).toMatch(
    /accent\/112233\.css$/,
  )
  expect(warned).not.toHaveBeenCalled()
  app.unmount()
})

it('takes the note of old data away when newer ones come', async () => {
  const { tell, app } = await wake(samplePage(), 300_000)
  expect(text('.sp-stale')).toContain('5 min ago')
  tell(samplePage({ liveCursor: 'c2' }))
  await settle()
  expect(document.querySelector('.sp-stale')).toBeNull()
  app.unmount()
})

it('says since when it is cut off', async () => {
  const { connection, app } = await wake(samplePage())
  Object.assign(connection, { phase: 'reconnecting', asOfMs: READ_AT })
  await settle()
  expect(text('.sp-pill')).toMatch(/^Reconnecting… Data as of 01:00:00.PM$/)
  app.unmount()
})

it('lets a keyboard walk through the days', async () => {
  const { app } = await wake(samplePage())
  const bars = document.querySelector<SVGElement>('.sp-bars svg')!
  expect(bars.getAttribute('role')).toBe('slider')
  const press = async (key: string) => {
    bars.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }))
    await nextTick()
  }
  bars.dispatchEvent(new FocusEvent('focus'))
  await press('ArrowLeft')
  await press('ArrowLeft')
  expect(bars.getAttribute('aria-valuetext')).toBe('Nov 21, 2026: Outage: down for 12 min 30 sec')
  expect(text('.sp-tip')).toBe('Nov 21, 2026: Outage: down for 12 min 30 sec')
  await press('Home')
  expect(bars.getAttribute('aria-valuenow')).toBe('0')
  await press('Escape')
  expect(document.querySelector('.sp-tip')).toBeNull()
  app.unmount()
})
