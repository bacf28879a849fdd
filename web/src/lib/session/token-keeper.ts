import type { AccessTokens } from '../apollo/index.ts'

/** What POST /auth/token and /auth/revoke answer, as far as it matters here. */
interface TokenAnswer {
  access_token?: string
  refresh_token?: string
  expires_in?: number
  error?: string
  error_description?: string
}

export type TokenOutcome =
  | { kind: 'done' }
  | { kind: 'codeRequired' }
  | { kind: 'refused'; message: string }
  | { kind: 'limited'; retryAfterSeconds: number }
  | { kind: 'unreachable' }
  | { kind: 'broken' }

export interface TokenKeeperOptions {
  /** The address of `token` and `revoke`. */
  urlOf(name: 'token' | 'revoke'): string
  /** Whether this page is the copy of another, whose refresh token it must leave alone. */
  isTwin?: () => Promise<boolean>
  send?: typeof fetch
  /** Goes with the tab, survives its reload. */
  storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  now?: () => number
}

const STORAGE_KEY = 'allswell.refresh-token'
/** A token that lives shorter than this might expire on its way. */
const MARGIN_MS = 30_000
const RETRY_SECONDS = 30

/**
 * Signs in without a cookie: a client on another site than its server.
 * 1. The access token is kept in memory only, the refresh token as long as the tab.
 * 2. A refresh token works once, and using it twice ends the sign-in: all who need a new one share one request.
 */
export class TokenKeeper implements AccessTokens {
  private access: { token: string; endsAt: number } | null = null
  private refreshing: Promise<string | null> | null = null
  /** The stored token is known to be this tab's. */
  private isOwn = false
  private readonly send: typeof fetch
  private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  private readonly now: () => number

  constructor(private readonly options: TokenKeeperOptions) {
    this.send = options.send ?? ((...request) => fetch(...request))
    this.storage = options.storage ?? sessionStorage
    this.now = options.now ?? Date.now
  }

  /** A token that holds for a while yet; null when nobody is signed in. Rejects when the server is away. */
  async current(): Promise<string | null> {
    if (this.access && this.access.endsAt - MARGIN_MS > this.now()) return this.access.token
    return this.refresh()
  }

  /** Another token than the one that was refused. */
  async renew(refused: string | null): Promise<string | null> {
    if (this.access?.token === refused) this.access = null
    return this.current()
  }

  async signIn(given: { email: string; password: string; code?: string }): Promise<TokenOutcome> {
    const { email, password, code } = given
    const body = { grant_type: 'password', username: email, password, ...(code && { code }) }
    let response: Response
    try {
      response = await this.post('token', body)
    } catch {
      return { kind: 'unreachable' }
    }
    const answer = await answerOf(response)
    if (!this.keep(answer)) return refusalOf(response, answer)
    return { kind: 'done' }
  }

  /** Ends the sign-in here at once, and on the server when it can be reached. */
  async signOut(): Promise<void> {
    const token = this.storage.getItem(STORAGE_KEY) ?? this.access?.token
    this.forget()
    if (token) await this.post('revoke', { token }).catch(() => undefined)
  }

  forget(): void {
    this.access = null
    this.storage.removeItem(STORAGE_KEY)
  }

  private refresh(): Promise<string | null> {
    this.refreshing ??= this.refreshNow().finally(() => (this.refreshing = null))
    return this.refreshing
  }

  private async refreshNow(): Promise<string | null> {
    const refreshToken = await this.ownRefreshToken()
    if (!refreshToken) return null
    const body = { grant_type: 'refresh_token', refresh_token: refreshToken }
    const response = await this.post('token', body)
    const answer = await answerOf(response)
    // Signed out, or in as somebody else, while this was under way.
    const isOver = this.storage.getItem(STORAGE_KEY) !== refreshToken
    if (!isOver && !this.keep(answer)) this.endUnlessAway(response.status)
    return this.access?.token ?? null
  }

  /** The stored one, unless it is the copy of another tab's. */
  private async ownRefreshToken(): Promise<string | null> {
    if (!this.isOwn && (await this.options.isTwin?.())) this.storage.removeItem(STORAGE_KEY)
    this.isOwn = true
    return this.storage.getItem(STORAGE_KEY)
  }

  /** Only a clear no ends the sign-in. */
  private endUnlessAway(status: number): void {
    if (status !== 400 && status !== 401)
      throw new TypeError(`The server did not renew the sign-in (${status}).`)
    this.forget()
  }

  private keep(answer: TokenAnswer): boolean {
    const { access_token: token, refresh_token: next, expires_in: seconds = 0 } = answer
    if (!token) return false
    this.access = { token, endsAt: this.now() + seconds * 1000 }
    if (next) this.storage.setItem(STORAGE_KEY, next)
    this.isOwn = true
    return true
  }

  private post(name: 'token' | 'revoke', body: object): Promise<Response> {
    return this.send(this.options.urlOf(name), {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }
}

async function answerOf(response: Response): Promise<TokenAnswer> {
  const answer: unknown = await response.json().catch(() => null)
  return typeof answer === 'object' && answer !== null ? answer : {}
}

function refusalOf(response: Response, answer: TokenAnswer): TokenOutcome {
  if (response.status === 429) {
    const seconds = Number(response.headers.get('retry-after'))
    return { kind: 'limited', retryAfterSeconds: seconds > 0 ? seconds : RETRY_SECONDS }
  }
  if (answer.error === 'code_required') return { kind: 'codeRequired' }
  if (response.status >= 500 || !answer.error) return { kind: 'broken' }
  return { kind: 'refused', message: answer.error_description ?? answer.error }
}
