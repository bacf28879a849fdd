import { ApolloLink, Observable } from '@apollo/client'
import { print } from 'graphql'
import type { LiveAnswer, LiveSocket } from '../live/live-socket.ts'
import { ResumableStream, type StreamPhase } from '../live/resumable-stream.ts'

/** Told of what becomes of a stream. */
export interface StreamNews {
  /** `asOfMs`: when the last sign of life came; null before the first. */
  tell?(phase: StreamPhase, asOfMs: number | null): void
  /** A connection has ended; the stream tries again by itself. */
  closed?(problem: unknown): void
}

/**
 * Subscriptions over the tab's one socket. One that takes `$after` and answers batches goes on from the cursor of
 * its last batch after a cut; any other begins anew.
 */
export function socketLink(socket: Pick<LiveSocket, 'open'>, news: StreamNews = {}): ApolloLink {
  return new ApolloLink((operation) => {
    const query = print(operation.query)
    return new Observable((observer) => {
      const stream: ResumableStream<LiveAnswer> = new ResumableStream<LiveAnswer>({
        open: (after, sink) =>
          socket.open(
            {
              query,
              variables: { ...operation.variables, ...(after !== null && { after }) },
              ...(operation.operationName && { operationName: operation.operationName }),
            },
            {
              ...sink,
              closed(problem) {
                news.closed?.(problem)
                sink.closed(problem)
              },
            },
          ),
        tell: (phase) => news.tell?.(phase, stream.lastHeardAt || null),
        cursorOf: cursorInAnswer,
        hear: (answer) => observer.next(answer as ApolloLink.Result),
      })
      const after: unknown = operation.variables['after']
      stream.start(typeof after === 'string' ? after : null)
      return () => stream.stop()
    })
  })
}

function cursorInAnswer(answer: LiveAnswer): string | null {
  const [batch] = Object.values(answer.data ?? {})
  if (typeof batch !== 'object' || batch === null || !('cursor' in batch)) return null
  return typeof batch.cursor === 'string' ? batch.cursor : null
}
