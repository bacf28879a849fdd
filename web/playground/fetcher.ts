import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit'
import { createClient } from 'graphql-ws'

/** Queries and mutations by POST, subscriptions by a socket at the same address. */
export function createFetcher(page: Location = location): Fetcher {
  const url = new URL('/graphql', page.href)
  const socket = new URL(url)
  socket.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return createGraphiQLFetcher({
    url: url.href,
    // One answer for one request: the server sends no parts.
    enableIncrementalDelivery: false,
    wsClient: createClient({ url: socket.href, lazy: true, retryAttempts: 5 }),
  })
}
