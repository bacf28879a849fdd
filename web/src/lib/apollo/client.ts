import { ApolloClient, ApolloLink, type ErrorLike, type TypedDocumentNode } from '@apollo/client'
import { print } from 'graphql'
import { api as builtApi, type Api } from '../api.ts'
import { createCache } from './cache.ts'
import { accessLink, type AccessTokens } from './links/access-link.ts'
import { coverageLink } from './links/coverage-link.ts'
import { errorLink } from './links/error-link.ts'
import { httpLink } from './links/http-link.ts'
import { socketLink } from './links/socket-link.ts'
import { workspaceLink } from './links/workspace-link.ts'
import { LiveClient, type LiveBatch, type LiveRoom } from './live/live-client.ts'
import { LiveSocket } from './live/live-socket.ts'
import type { StreamPhase, StreamSink } from './live/resumable-stream.ts'
import { problemOf, type Problem } from './problem.ts'

export interface ApolloOptions<E> {
  /** Where the server is; default: as the client was built. */
  api?: Api
  /** The workspace that the page's address names; it may turn out to be unknown. */
  workspace?: () => string | null
  /** Given where the client says who it is by a token. */
  tokens?: AccessTokens
  /** The one subscription of the tab; its field is `events`. */
  liveDocument: TypedDocumentNode<{ events: LiveBatch<E> }, { after?: string | null | undefined }>
  rooms: readonly LiveRoom<E>[]
  /** Told of every change of the live connection; `asOfMs`: up to when the screen is known to be right. */
  tell(phase: StreamPhase, asOfMs: number | null): void
  hearProblem?: (problem: Problem, operationName: string) => void
  /** The server no longer lets this client listen: signed out, or with other rights. */
  hearRefusal?: () => void
}

export interface Apollo<E> {
  client: ApolloClient
  live: LiveClient<E>
}

/** The client of a tab: HTTP for questions, one socket for everything live. `live.start()` begins to listen. */
export function createApollo<E>(options: ApolloOptions<E>): Apollo<E> {
  const { api = builtApi, workspace = () => null, tokens, hearRefusal = () => {} } = options
  const socket = new LiveSocket({
    url: api.socketUrl,
    payload: () => initPayload(workspace(), tokens),
    refused: hearRefusal,
  })
  const cache = createCache()
  const live: LiveClient<E> = new LiveClient<E>({
    // With the type names that the cache needs, as in every other operation.
    open: openLive<E>(socket, print(cache.transformDocument(options.liveDocument)), hearRefusal),
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
        ApolloLink.from([
          coverageLink(live),
          workspaceLink(workspace),
          ...(tokens ? [accessLink(tokens)] : []),
          httpLink(api.graphqlUrl, api.credentials),
        ]),
      ),
    ]),
  })
  return { client, live }
}

/** What a socket says at its beginning; the cookie speaks for itself. */
async function initPayload(
  workspace: string | null,
  tokens: AccessTokens | undefined,
): Promise<Record<string, string>> {
  const token = await tokens?.current()
  return { ...(workspace && { workspace }), ...(token && { authorization: `Bearer ${token}` }) }
}

function openLive<E>(socket: LiveSocket, query: string, hearRefusal: () => void) {
  return (after: string | null, sink: StreamSink<LiveBatch<E>>): (() => void) => {
    const close = socket.open(
      { query, variables: { after } },
      {
        ...sink,
        closed(problem) {
          if (codesIn(problem).some((code) => REFUSALS.has(code))) hearRefusal()
          sink.closed(problem)
        },
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

/** Nobody is signed in any more, the rights have changed, or the workspace is gone. */
const REFUSALS = new Set<unknown>(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'])

/** The server answered the subscription itself with INVALID: it knows nothing of this cursor. */
function isCursorRefused(problem: unknown): boolean {
  return codesIn(problem).includes('INVALID')
}

/** The codes of a subscription's answer, when it is what ended the stream. */
function codesIn(problem: unknown): unknown[] {
  if (!Array.isArray(problem)) return []
  return problem.map((error: { extensions?: { code?: unknown } }) => error.extensions?.code)
}
