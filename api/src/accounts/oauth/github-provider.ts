import { createHash } from 'node:crypto'
import type { ProviderConfig } from '../../config/index.ts'
import { type AddressGuard, type FetchWishes, guardedFetch } from '../../net/index.ts'
import { type Ceremony, type OAuthProvider, OAuthProblem, type ProvedIdentity } from './provider.ts'

const SCOPE = 'read:user user:email'

/** GitHub, and GitHub Enterprise under its own address. It speaks OAuth, but no OpenID Connect. */
export class GithubProvider implements OAuthProvider {
  readonly id: string
  readonly kind = 'github' as const
  readonly title: string
  private readonly pages: string
  private readonly api: string

  constructor(
    private readonly config: ProviderConfig,
    private readonly options: { guard: AddressGuard },
  ) {
    this.id = config.id
    this.title = config.title
    this.pages = config.url.replace(/\/+$/, '')
    const isPublic = new URL(config.url).hostname === 'github.com'
    this.api = isPublic ? 'https://api.github.com' : `${this.pages}/api/v3`
  }

  authorizationUrl({ redirectUri, state, verifier }: Ceremony): Promise<URL> {
    const url = new URL(`${this.pages}/login/oauth/authorize`)
    url.search = new URLSearchParams({
      ...{ client_id: this.config.clientId, redirect_uri: redirectUri, scope: SCOPE, state },
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      ...{ code_challenge_method: 'S256', allow_signup: 'false' },
    }).toString()
    return Promise.resolve(url)
  }

  async identify(callback: URL, ceremony: Ceremony): Promise<ProvedIdentity> {
    const code = callback.searchParams.get('code')
    if (!code || callback.searchParams.has('error')) throw new OAuthProblem('provider_refused')
    const token = await this.tokenFor(code, ceremony)
    const user = asFields(await this.read('/user', token))
    const { id, login, name } = user
    if (typeof id !== 'number' || !Number.isSafeInteger(id))
      throw new OAuthProblem('provider_refused')
    const emails: unknown = await this.read('/user/emails', token)
    const email = verifiedEmail(emails)
    const called = [name, login].find((text) => typeof text === 'string' && text !== '')
    const subject = String(id)
    return { subject, email, isEmailVerified: email !== null, name: (called as string) ?? null }
  }

  private async tokenFor(code: string, { redirectUri, verifier }: Ceremony): Promise<string> {
    const { clientId, clientSecret } = this.config
    const form = new URLSearchParams({
      ...{ client_id: clientId, client_secret: clientSecret, code, code_verifier: verifier },
      redirect_uri: redirectUri,
    })
    const answer = asFields(
      await this.ask(`${this.pages}/login/oauth/access_token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
      }),
    )
    // A refusal comes with the status 200 too.
    const { access_token: token } = answer
    if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token
    throw new OAuthProblem('provider_refused')
  }

  private read(path: string, token: string): Promise<unknown> {
    return this.ask(`${this.api}${path}`, { headers: { authorization: `Bearer ${token}` } })
  }

  private async ask(url: string, wishes: FetchWishes): Promise<unknown> {
    const headers = { accept: 'application/json', 'user-agent': 'Allswell', ...wishes.headers }
    const answer = await guardedFetch(this.options.guard, url, { ...wishes, headers }).catch(
      (error: unknown) => {
        throw new OAuthProblem('unavailable', { cause: error })
      },
    )
    if (answer.status >= 500) throw new OAuthProblem('unavailable')
    if (answer.status !== 200) throw new OAuthProblem('provider_refused')
    return answer.json().catch(() => {
      throw new OAuthProblem('provider_refused')
    })
  }
}

function asFields(answer: unknown): Readonly<Record<string, unknown>> {
  return typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {}
}

/** The primary e-mail, if GitHub has verified it. */
function verifiedEmail(emails: unknown): string | null {
  if (!Array.isArray(emails)) return null
  const primary = emails
    .map(asFields)
    .find(({ primary, verified }) => primary === true && verified === true)
  return typeof primary?.['email'] === 'string' ? primary['email'] : null
}
