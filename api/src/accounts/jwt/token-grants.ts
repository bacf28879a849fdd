import { AppError } from '../../lib/app-error.ts'
import type { Authenticator } from '../authentication/authenticator.ts'
import type { PasswordSignIn } from '../authentication/password-sign-in.ts'
import type { RequestDoor } from '../request-door.ts'
import type { SessionService } from '../sessions/session.service.ts'
import { ACCESS_SECONDS, type AccessTokens } from './access-tokens.ts'
import type { RefreshTokens } from './refresh-tokens.ts'

/** What a program gets, in the words of OAuth 2.0 (RFC 6749). */
export interface GrantedTokens {
  access_token: string
  token_type: 'Bearer'
  expires_in: number
  refresh_token?: string
}

export interface GivenName {
  username: string
  password: string
  code?: string | undefined
}

type Door = Pick<RequestDoor, 'ipAddress' | 'userAgent'>

const API_TOKEN = /^aw_/

/** Signs programs in: the grants of POST /auth/token, and their end. */
export class TokenGrants {
  constructor(
    private readonly options: {
      passwords: PasswordSignIn
      sessions: SessionService
      authenticator: Pick<Authenticator, 'authenticate'>
      accessTokens: AccessTokens
      refreshTokens: RefreshTokens
    },
  ) {}

  /** A new session of a program. Throws INVALID, or LIMIT when somebody tries too often. */
  async byPassword(given: GivenName, door: Door): Promise<GrantedTokens | 'code_required'> {
    const { passwords, sessions, refreshTokens } = this.options
    const { username: email, password, code } = given
    const answer = await passwords.check({ email, password, code }, door.ipAddress)
    if (!('user' in answer)) return 'code_required'
    const userId = answer.user.id
    const { sessionId } = await sessions.open(userId, 'program', door)
    const refreshToken = await refreshTokens.issue(sessionId)
    return this.granted('user', sessionId, userId, refreshToken)
  }

  /** Throws UNAUTHENTICATED. */
  async byRefreshToken(token: string): Promise<GrantedTokens> {
    const { sessionId, userId, refreshToken } = await this.options.refreshTokens.renew(token)
    return this.granted('user', sessionId, userId, refreshToken)
  }

  /** No refresh token: the API token itself is what lasts. Throws UNAUTHENTICATED. */
  async byApiToken(bearer: string, { ipAddress }: Door): Promise<GrantedTokens> {
    if (!API_TOKEN.test(bearer)) throw notAnApiToken()
    const actor = await this.options.authenticator.authenticate({ bearer, ipAddress })
    if (actor.kind !== 'token' || !actor.credentialId || !actor.id) throw notAnApiToken()
    return this.granted('token', actor.credentialId, actor.id)
  }

  /**
   * Ends the session behind an access or refresh token (RFC 7009). An unknown one is no mistake. Throws INVALID for an
   * API token: that is revoked where it was made.
   */
  async revoke(token: string): Promise<void> {
    if (API_TOKEN.test(token)) throw AppError.invalid([API_TOKEN_STAYS])
    const { refreshTokens, sessions, accessTokens } = this.options
    const holder = await refreshTokens.holder(token)
    if (holder) return void (await sessions.revoke(holder.userId, holder.sessionId))
    const grounds = await accessTokens.verify(token).catch(() => null)
    if (grounds?.kind === 'user') await sessions.revoke(grounds.userId, grounds.id)
  }

  private async granted(
    kind: 'user' | 'token',
    id: string,
    userId: string,
    refreshToken?: string,
  ): Promise<GrantedTokens> {
    return {
      access_token: await this.options.accessTokens.issue({ kind, id, userId }),
      token_type: 'Bearer',
      expires_in: ACCESS_SECONDS,
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    }
  }
}

const API_TOKEN_STAYS = {
  ...{ path: ['token'], code: 'INVALID' as const },
  message: 'An API token is revoked where it was made: on its page, or by revokeApiToken.',
}

function notAnApiToken(): AppError {
  return new AppError('UNAUTHENTICATED', 'The API token is unknown, revoked or expired.')
}
