import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit'
import { createClient } from 'graphql-ws'
import { outside } from '../src/lib/prefix.ts'
import type { Identity } from './identity.ts'

/** Queries and mutations by POST, subscriptions by a socket at the same address, both as the chosen identity. */
export function createFetcher(identity: Identity, page: Location = location): Fetcher {
  const url = new URL(outside('/graphql'), page.href)
  const socket = new URL(url)
  socket.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const wsClient = createClient({
    url: socket.href,
    lazy: true,
    retryAttempts: 5,
    connectionParams: () => identity.socketPayload(),
  })
  // A socket stays who it was when it was opened.
  identity.subscribe(() => wsClient.terminate())
  return createGraphiQLFetcher({
    url: url.href,
    // One answer for one request: the server sends no parts.
    enableIncrementalDelivery: false,
    fetch: (input, init) => {
      const { credentials, headers } = identity.request()
      return fetch(input, { ...init, credentials, headers: { ...headersOf(init), ...headers } })
    },
    wsClient,
  })
}

function headersOf(init: RequestInit | undefined): Record<string, string> {
  return Object.fromEntries(new Headers(init?.headers))
}
