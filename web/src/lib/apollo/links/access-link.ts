import { ApolloLink } from '@apollo/client'
import { catchError, EMPTY, from, map, of, switchMap, throwError, type Observable } from 'rxjs'
import { problemOf } from '../problem.ts'

/** Where the client says who it is by a token instead of the cookie. */
export interface AccessTokens {
  /** A token that holds; null when nobody is signed in. Rejects when that can't be known. */
  current(): Promise<string | null>
  /** Another one than the one that was refused; null when there is none. */
  renew(refused: string | null): Promise<string | null>
}

interface Answer {
  result?: ApolloLink.Result
  error?: Error
}

/** Sends the token with each request; one that is refused is renewed once, and the request sent again. */
export function accessLink(tokens: AccessTokens): ApolloLink {
  return new ApolloLink((operation, forward) => {
    const send = (token: string | null): Observable<ApolloLink.Result> => {
      operation.setContext(({ headers }) => ({
        headers: { ...(headers as object), ...(token && { authorization: `Bearer ${token}` }) },
      }))
      return forward(operation)
    }
    const tryWith = (token: string): Observable<ApolloLink.Result> =>
      answersOf(send(token)).pipe(
        switchMap((answer) =>
          isRefused(answer)
            ? from(tokens.renew(token)).pipe(
                switchMap((next) => (next ? send(next) : told(answer))),
              )
            : told(answer),
        ),
      )
    return from(tokens.current()).pipe(
      switchMap((token) => (token === null ? send(null) : tryWith(token))),
    )
  })
}

/** Answers and errors alike, so that both are judged in one place. */
function answersOf(results: Observable<ApolloLink.Result>): Observable<Answer> {
  return results.pipe(
    map((result): Answer => ({ result })),
    catchError((error: Error) => of({ error })),
  )
}

function told({ result, error }: Answer): Observable<ApolloLink.Result> {
  if (error) return throwError(() => error)
  return result ? of(result) : EMPTY
}

function isRefused({ result, error }: Answer): boolean {
  if (error) return problemOf(error).code === 'UNAUTHENTICATED'
  return (
    result?.errors?.some(({ extensions }) => extensions?.['code'] === 'UNAUTHENTICATED') ?? false
  )
}
