import { outside } from './prefix.ts'

/** Where the server is and how the client says who it is: every address of the API is made here. */
export interface ApiPlace {
  /** The server's origin, with its path where it has one; empty: where the page comes from. */
  url: string
  /** `token` where browsers keep the cookie away: the page and the server are different sites. */
  auth: 'cookie' | 'token'
}

const built: ApiPlace = { url: __API_URL__, auth: __API_AUTH__ }

export interface Api {
  isApart: boolean
  usesTokens: boolean
  credentials: RequestCredentials
  /** An address of the server, from its path. */
  httpUrl(path: string): string
  /** The one GraphQL address, for fetch. */
  graphqlUrl: string
  socketUrl: string
  /** Subscriptions as server-sent events. */
  streamUrl: string
  /** `token`, `revoke`, or a provider's path; `query` is added. */
  authUrl(path: string, query?: Record<string, string>): string
  playgroundUrl: string
}

export function apiAt(
  { url, auth }: ApiPlace,
  pageOrigin: string = location.origin,
  prefix: string = outside(''),
): Api {
  const place = url || pageOrigin + prefix
  const isApart = new URL(place).origin !== pageOrigin
  const usesTokens = auth === 'token'
  const httpUrl = (path: string) => new URL(place + path).href
  return {
    isApart,
    usesTokens,
    credentials: usesTokens ? 'omit' : isApart ? 'include' : 'same-origin',
    httpUrl,
    graphqlUrl: httpUrl('/graphql'),
    socketUrl: httpUrl('/graphql').replace(/^http/, 'ws'),
    streamUrl: httpUrl('/graphql/stream'),
    authUrl(path, query = {}) {
      const address = new URL(httpUrl(path.startsWith('/') ? path : `/auth/${path}`))
      for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value)
      return address.href
    },
    // A path on the own origin, so that links read as what they are.
    playgroundUrl: url ? httpUrl('/graphql') : `${prefix}/graphql`,
  }
}

export const api: Api = apiAt(built)
