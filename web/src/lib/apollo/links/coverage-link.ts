import { ApolloLink, Observable } from '@apollo/client'
import type { LiveClient } from '../live/live-client.ts'

type Covering = Pick<LiveClient<unknown>, 'coverage' | 'answered' | 'finished'>

/** Lets the live client see each request and its answer, so that snapshot and stream meet without a hole. */
export function coverageLink(live: Covering): ApolloLink {
  return new ApolloLink((operation, forward) => {
    if (operation.operationType === 'subscription') return forward(operation)
    return new Observable((observer) => {
      let mark = live.coverage.sent()
      let isAgain = false
      let subscription = send()
      return () => {
        subscription.unsubscribe()
        live.coverage.finished(mark)
      }

      function send() {
        return forward(operation).subscribe({
          next(result) {
            if (!isAgain && live.answered(mark, cursorIn(result.data))) {
              isAgain = true
              return
            }
            observer.next(result)
          },
          error: (problem) => observer.error(problem),
          complete() {
            if (!isAgain || mark.isCovered) {
              live.finished(mark)
              observer.complete()
              return
            }
            live.coverage.finished(mark)
            mark = live.coverage.sent()
            subscription = send()
          },
        })
      }
    })
  })
}

function cursorIn(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('liveCursor' in data)) return null
  return typeof data.liveCursor === 'string' ? data.liveCursor : null
}
