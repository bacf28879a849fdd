import type { Actor } from '../../lib/actor.ts'
import type { Log } from '../../lib/log.ts'
import { hashSecret, isSecret, newSecret } from '../authentication/secrets.ts'
import type { OneTimeSecrets } from '../authentication/one-time-secrets.ts'
import type { SignInProvider } from '../authentication/sign-in.objects.ts'
import type { SignIn } from '../authentication/sign-in.ts'
import type { RequestDoor } from '../request-door.ts'
import type { Identities } from './identities.ts'
import { type Ceremony, type OAuthProvider, OAuthProblem, type ProblemCode } from './provider.ts'
import { safeNext } from './safe-next.ts'

/** How long somebody may take to sign in at a provider. */
export const ATTEMPT_MS = 600_000
const PURPOSE = 'oauth'

/** Where the browser goes next. */
export interface Departure {
  url: string
  /** What the browser must bring back: another browser can't finish what this one began. */
  ticket: string
}

export interface Wishes {
  next: unknown
  /** The person to whom the account is to be attached; undefined: somebody signs in. */
  linkTo?: string | undefined
}

interface Attempt {
  provider: string
  next: string
  nonce: string
  verifier: string
  /** SHA-256 of the browser's ticket, in hex. */
  ticket: string
  redirectUri: string
}

export interface OAuthFlowOptions {
  providers: readonly OAuthProvider[]
  identities: Identities
  secrets: OneTimeSecrets
  signIn: SignIn
  log: Log
}

/**
 * Sign-in by a provider, from the button to the page that was wanted.
 * 1. The attempt is kept under its `state`, with PKCE, nonce, and the hash of a ticket that the browser gets.
 * 2. Who comes back must bring both; the attempt serves once, for 10 minutes.
 * 3. What the provider says is proved, and signs somebody in or is attached to who is signed in.
 */
export class OAuthFlow {
  constructor(private readonly options: OAuthFlowOptions) {}

  /** The buttons of the sign-in page. */
  get buttons(): SignInProvider[] {
    return this.options.providers.map(({ id, title, kind }) => ({
      id,
      title,
      kind,
      url: `/auth/${id}`,
    }))
  }

  has(provider: string): boolean {
    return this.providerOf(provider) !== undefined
  }

  titleOf(provider: string): string {
    return this.providerOf(provider)?.title ?? provider
  }

  /** Undefined for an unknown provider. Throws OAuthProblem when the provider can't be asked. */
  async begin(
    id: string,
    { next, linkTo }: Wishes,
    door: RequestDoor,
  ): Promise<Departure | undefined> {
    const provider = this.providerOf(id)
    if (!provider) return undefined
    const [verifier, nonce, ticket] = [newSecret(), newSecret(), newSecret()]
    const redirectUri = `${door.publicUrl}/auth/${id}/callback`
    const attempt: Attempt = {
      ...{ provider: id, next: safeNext(next), nonce, verifier, redirectUri },
      ticket: hashSecret(ticket).toString('hex'),
    }
    const state = await this.options.secrets.make({
      ...{ purpose: PURPOSE, data: { ...attempt }, lastsMs: ATTEMPT_MS },
      ...(linkTo === undefined ? {} : { userId: linkTo }),
    })
    const url = await provider.authorizationUrl({ redirectUri, state, nonce, verifier })
    return { url: url.href, ticket }
  }

  /** Where the browser goes after it came back, whatever it brought: a page of the app, perhaps with a problem. */
  async finish(
    id: string,
    came: { callback: URL; ticket: string | undefined; actor: Actor },
    door: RequestDoor,
  ): Promise<string | undefined> {
    const provider = this.providerOf(id)
    if (!provider) return undefined
    let next = '/'
    let isLink = false
    try {
      const { attempt, userId } = await this.attemptOf(id, came.callback, came.ticket)
      next = safeNext(attempt.next)
      isLink = userId !== null
      await this.conclude(provider, attempt, userId, came, door)
      return `${door.webUrl}${next}`
    } catch (error) {
      return `${door.webUrl}${this.problemPage(error, next, isLink)}`
    }
  }

  /** Where the browser goes when it could not be sent to the provider. */
  problemOf(error: unknown, { next, linkTo }: Wishes, door: RequestDoor): string {
    return `${door.webUrl}${this.problemPage(error, safeNext(next), linkTo !== undefined)}`
  }

  private providerOf(id: string): OAuthProvider | undefined {
    return this.options.providers.find((provider) => provider.id === id)
  }

  private async attemptOf(
    id: string,
    callback: URL,
    ticket: string | undefined,
  ): Promise<{ attempt: Attempt; userId: string | null }> {
    const state = callback.searchParams.get('state') ?? ''
    const taken = isSecret(state) ? await this.options.secrets.take(PURPOSE, state) : null
    if (!taken) throw new OAuthProblem('expired')
    const attempt = taken.data as unknown as Attempt
    const isOwn = ticket !== undefined && hashSecret(ticket).toString('hex') === attempt.ticket
    if (!isOwn || attempt.provider !== id) throw new OAuthProblem('state_mismatch')
    return { attempt, userId: taken.userId }
  }

  private async conclude(
    provider: OAuthProvider,
    { redirectUri, nonce, verifier }: Attempt,
    linkTo: string | null,
    { callback, actor }: { callback: URL; actor: Actor },
    door: RequestDoor,
  ): Promise<void> {
    const state = callback.searchParams.get('state')!
    const ceremony: Ceremony = { redirectUri, state, nonce, verifier }
    const proved = await provider.identify(callback, ceremony)
    if (linkTo === null) {
      const user = await this.options.identities.personOf(provider.id, proved)
      await this.options.signIn.finish(user, door)
      return
    }
    // Who began must still be who is signed in: nobody gets a stranger's account attached.
    if (actor.kind !== 'user' || actor.id !== linkTo) throw new OAuthProblem('state_mismatch')
    await this.options.identities.link(linkTo, provider.id, proved)
  }

  private problemPage(error: unknown, next: string, isLink: boolean): string {
    const code: ProblemCode = error instanceof OAuthProblem ? error.code : 'unavailable'
    const cause = error instanceof OAuthProblem ? error.cause : error
    if (cause)
      this.options.log.warn({ err: cause, code }, 'A sign-in by a provider came to nothing')
    const query = new URLSearchParams({ problem: code })
    if (isLink) return `${next.split(/[?#]/)[0]}?${query}`
    if (next !== '/') query.set('next', next)
    return `/sign-in?${query}`
  }
}
