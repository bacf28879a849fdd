import type * as OpenId from 'openid-client'
import type { ProviderConfig } from '../../config/index.ts'
import type { Clock } from '../../lib/clock.ts'
import { type AddressGuard, type FetchWishes, guardedFetch } from '../../net/index.ts'
import { type Ceremony, type OAuthProvider, OAuthProblem, type ProvedIdentity } from './provider.ts'

const SCOPE = 'openid email profile'
/** The issuer may change its keys and addresses: it is asked again after an hour. */
const KNOWN_MS = 3_600_000

type Library = typeof OpenId

/** The library is wanted by few starts, and by those late. */
const library = (): Promise<Library> => import('openid-client')

/** Any OpenID Connect issuer, by discovery: the code flow with PKCE, state and nonce. */
export class OidcProvider implements OAuthProvider {
  readonly id: string
  readonly kind: 'google' | 'oidc'
  readonly title: string
  private known: { configuration: Promise<OpenId.Configuration>; untilMs: number } | undefined

  constructor(
    private readonly config: ProviderConfig,
    private readonly options: { guard: AddressGuard; clock: Clock },
  ) {
    this.id = config.id
    this.kind = config.kind === 'google' ? 'google' : 'oidc'
    this.title = config.title
  }

  async authorizationUrl({ redirectUri, state, nonce, verifier }: Ceremony): Promise<URL> {
    const openId = await library()
    return openId.buildAuthorizationUrl(await this.configuration(), {
      ...{ redirect_uri: redirectUri, scope: SCOPE, state, nonce },
      code_challenge: await openId.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
  }

  async identify(
    callback: URL,
    { redirectUri, state, nonce, verifier }: Ceremony,
  ): Promise<ProvedIdentity> {
    const openId = await library()
    const configuration = await this.configuration()
    const came = new URL(redirectUri)
    came.search = callback.search
    const tokens = await openId
      .authorizationCodeGrant(configuration, came, {
        ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier },
        idTokenExpected: true,
      })
      .catch(refused)
    const claims = tokens.claims()
    if (!claims) throw new OAuthProblem('provider_refused')
    const said = await this.moreOf(openId, configuration, tokens.access_token, claims)
    const email = typeof said['email'] === 'string' ? said['email'] : null
    const verified = said['email_verified']
    return {
      ...{ subject: claims.sub, email, name: nameIn(said) },
      isEmailVerified: email !== null && (verified === true || verified === 'true'),
    }
  }

  /** Some issuers tell the e-mail only when they are asked for it. */
  private async moreOf(
    openId: Library,
    configuration: OpenId.Configuration,
    accessToken: string,
    claims: OpenId.IDToken,
  ): Promise<Readonly<Record<string, unknown>>> {
    if (claims['email'] !== undefined || !configuration.serverMetadata().userinfo_endpoint)
      return claims
    const info = await openId.fetchUserInfo(configuration, accessToken, claims.sub).catch(refused)
    return { ...claims, ...info, sub: claims.sub }
  }

  private configuration(): Promise<OpenId.Configuration> {
    const now = this.options.clock.monotonic()
    if (this.known && this.known.untilMs > now) return this.known.configuration
    const configuration = this.discover().catch((error: unknown) => {
      this.known = undefined
      throw new OAuthProblem('unavailable', { cause: error })
    })
    this.known = { configuration, untilMs: now + KNOWN_MS }
    return configuration
  }

  private async discover(): Promise<OpenId.Configuration> {
    const openId = await library()
    const { url, clientId, clientSecret } = this.config
    const ask: OpenId.CustomFetch = (address, { method, headers, body }) =>
      answerFrom(this.options.guard, address, { method, headers, body: textOf(body) })
    // Without being told, the library trusts TLS instead of the signature, and plain http has none.
    const execute = [openId.enableNonRepudiationChecks]
    // Plain http is for an issuer on one's own machine or network: whoever configures it says so by its address.
    if (url.startsWith('http:')) execute.push(openId.allowInsecureRequests)
    const issuer = new URL(url)
    return openId.discovery(issuer, clientId, undefined, openId.ClientSecretPost(clientSecret), {
      execute,
      [openId.customFetch]: ask,
    })
  }
}

/** Throws `unavailable` when none comes, or one that says so itself. */
async function answerFrom(
  guard: AddressGuard,
  url: string,
  wishes: FetchWishes,
): Promise<Response> {
  const answer = await guardedFetch(guard, url, wishes).catch((error: unknown) => {
    throw new OAuthProblem('unavailable', { cause: error })
  })
  if (answer.status < 500) return answer
  const cause = new Error(`The issuer answered with the status ${answer.status}`)
  throw new OAuthProblem('unavailable', { cause })
}

function textOf(body: OpenId.FetchBody): string | null {
  if (body === undefined || body === null) return null
  if (typeof body === 'string') return body
  if (body instanceof URLSearchParams) return body.toString()
  throw new Error('A body of this kind is not sent to issuers')
}

function nameIn(claims: Readonly<Record<string, unknown>>): string | null {
  const names = [claims['name'], claims['preferred_username'], claims['nickname']]
  return names.find((name): name is string => typeof name === 'string' && name !== '') ?? null
}

/** A refusal of the issuer, or an answer that proves nothing: wrong issuer, audience, nonce, signature, time. */
function refused(error: unknown): never {
  const { cause } = error as { cause?: unknown }
  // The library wraps what its fetch has thrown.
  if (cause instanceof OAuthProblem) throw cause
  throw new OAuthProblem('provider_refused', { cause: error })
}
