import { ApolloClient, ApolloLink, Observable } from '@apollo/client'
import { SchemaLink } from '@apollo/client/link/schema'
import { flushPromises } from '@vue/test-utils'
import { buildSchema } from 'graphql'
import { readFileSync } from 'node:fs'
import type { App } from 'vue'
import { vi } from 'vitest'
import { createCache } from '../src/lib/apollo/cache.ts'
import { provideApollo } from '../src/lib/apollo/index.ts'
import { Entry, provideEntry, type TabNews, type TokenKeeper } from '../src/lib/session/index.ts'

const schema = buildSchema(readFileSync('../schema.graphql', 'utf8'))

export interface Visit {
  slug?: string | null
  tokens?: TokenKeeper | null
  here?: string
}

/** A server that is played by `root` but judged by the contract, and who stands at its door. */
export function playServer(root: Record<string, unknown>, visit: Visit = {}) {
  const server = { isAway: false }
  const sent: { name: string; workspace: string | null }[] = []
  const gate = new ApolloLink((operation, forward) => {
    sent.push({ name: operation.operationName ?? '', workspace: entry.workspace })
    return server.isAway
      ? new Observable((observer) => observer.error(new TypeError('Failed to fetch')))
      : forward(operation)
  })
  const link = ApolloLink.from([gate, new SchemaLink({ schema, rootValue: root })])
  const client = new ApolloClient({ cache: createCache(), link, queryDeduplication: false })
  const { page, news, hearOtherTab } = playPage()
  const entry: Entry = new Entry({
    client,
    slug: visit.slug ?? null,
    tokens: visit.tokens ?? null,
    news,
    forget: page.forget,
    load: (path) => page.loaded.push(path),
    here: () => visit.here ?? '/',
  })
  const plugin = {
    install(app: App) {
      provideApollo(app, client)
      provideEntry(app, entry)
    },
  }
  return { server, client, entry, page, sent, plugin, hearOtherTab }
}

/** The page that the entry lives in, and the other tabs. */
function playPage() {
  const listeners = new Set<() => void>()
  const page = { loaded: [] as string[], forget: vi.fn(async () => {}), told: 0 }
  const news: TabNews = {
    tell: () => (page.told += 1),
    hear(listen) {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
  }
  return { page, news, hearOtherTab: () => listeners.forEach((hear) => hear()) }
}

export const signInOptions = (more: object = {}) => ({
  needsSetUp: false,
  needsSetUpToken: false,
  canResetPassword: true,
  providers: [],
  ...more,
})

export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) {
    await flushPromises()
    await new Promise((done) => setTimeout(done))
  }
}
