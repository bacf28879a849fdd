import { ApolloClient, ApolloLink, type ErrorLike, type TypedDocumentNode } from '@apollo/client'
import { print } from 'graphql'
import { createCache } from './cache.ts'
import { coverageLink } from './links/coverage-link.ts'
import { errorLink } from './links/error-link.ts'
import { httpLink } from './links/http-link.ts'
import { socketLink } from './links/socket-link.ts'
import { LiveClient, type LiveBatch, type LiveRoom } from './live/live-client.ts'
import { LiveSocket } from './live/live-socket.ts'
import type { StreamPhase, StreamSink } from './live/resumable-stream.ts'
import { problemOf, type Problem } from './problem.ts'

export interface ApolloOptions<E> {
  /** Where the server is; default: the page's own origin. */
  origin?: string
  /** The one subscription of the tab; its field is `events`. */
  liveDocument: TypedDocumentNode<{ events: LiveBatch<E> }, { after?: string | null | undefined }>
  rooms: readonly LiveRoom<E>[]
  /** Told of every change of the live connection; `asOfMs`: up to when the screen is known to be right. */
  tell(phase: StreamPhase, asOfMs: number | null): void
  hearProblem?: (problem: Problem, operationName: string) => void
}

export interface Apollo<E> {
  client: ApolloClient
  live: LiveClient<E>
}

/** The client of a tab: HTTP for questions, one socket for everything live. `live.start()` begins to listen. */
export function createApollo<E>(options: ApolloOptions<E>): Apollo<E> {
  const origin = options.origin ?? location.origin
  const socket = new LiveSocket({ url: `${origin.replace(/^http/, 'ws')}/graphql` })
  const cache = createCache()
  const live: LiveClient<E> = new LiveClient<E>({
    // With the type names that the cache needs, as in every other operation.
    open: openLive<E>(socket, print(cache.transformDocument(options.liveDocument))),
    cache,
    rooms: options.rooms,
    refetch: () => readAnew(client),
    tell: options.tell,
    isCursorRefused,
  })
  const client: ApolloClient = new ApolloClient({
    cache,
    // Two equal questions may stand on either side of a resync: each needs its own answer.
    queryDeduplication: false,
    link: ApolloLink.from([
      errorLink(options.hearProblem ?? (() => {})),
      ApolloLink.split(
        ({ operationType }) => operationType === 'subscription',
        socketLink(socket),
        ApolloLink.from([coverageLink(live), httpLink(`${origin}/graphql`)]),
      ),
    ]),
  })
  return { client, live }
}

function openLive<E>(socket: LiveSocket, query: string) {
  return (after: string | null, sink: StreamSink<LiveBatch<E>>): (() => void) => {
    const close = socket.open(
      { query, variables: { after } },
      {
        ...sink,
        next({ data, errors }) {
          const batch = data?.['events'] as LiveBatch<E> | null | undefined
          if (batch) return sink.next(batch)
          close()
          sink.closed(errors ?? new Error('The live stream sent an empty answer.'))
        },
      },
    )
    return close
  }
}

/** Reads every active query again; rejects when the server could not be reached for one of them. */
async function readAnew(client: ApolloClient): Promise<void> {
  const results = await client.refetchQueries({ include: 'active' })
  for (const { error } of results as { error?: ErrorLike }[]) {
    if (error && problemOf(error).kind !== 'refused') throw error
  }
}

/** The server answered the subscription itself with INVALID: it knows nothing of this cursor. */
function isCursorRefused(problem: unknown): boolean {
  return (
    Array.isArray(problem) &&
    problem.some(
      (error: { extensions?: { code?: unknown } }) => error.extensions?.code === 'INVALID',
    )
  )
}
