import { HttpLink, type ApolloLink } from '@apollo/client'

/** Longer than any answer should take, a test of a slow service included. */
const GIVE_UP_AFTER_MS = 90_000

/** Queries and mutations over HTTP; `credentials` says whether the session's cookie goes with them. */
export function httpLink(uri: string, credentials: RequestCredentials): ApolloLink {
  return new HttpLink({
    uri,
    credentials,
    fetch: (input, init) => {
      const timeout = AbortSignal.timeout(GIVE_UP_AFTER_MS)
      const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout
      return fetch(input, { ...init, signal })
    },
  })
}
