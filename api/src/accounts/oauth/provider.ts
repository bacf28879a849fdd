/** What a provider has said of who stands before it. */
export interface ProvedIdentity {
  /** What the provider calls the account, for ever. */
  subject: string
  email: string | null
  /** Whether the provider vouches for the e-mail. */
  isEmailVerified: boolean
  name: string | null
}

/** What binds an answer to the question. */
export interface Ceremony {
  redirectUri: string
  state: string
  nonce: string
  /** PKCE. */
  verifier: string
}

/** One way to have somebody else say who a person is. */
export interface OAuthProvider {
  readonly id: string
  readonly kind: 'google' | 'github' | 'oidc'
  readonly title: string
  /** Where the browser goes. Throws when the provider can't be asked. */
  authorizationUrl(ceremony: Ceremony): Promise<URL>
  /** Who came back with this address. Throws OAuthProblem for what is wrong with the answer. */
  identify(callback: URL, ceremony: Ceremony): Promise<ProvedIdentity>
}

export type ProblemCode =
  | 'state_mismatch'
  | 'provider_refused'
  | 'email_unverified'
  | 'domain_not_allowed'
  | 'account_exists'
  | 'no_account'
  | 'expired'
  | 'unavailable'

/** Why nobody was signed in, as the sign-in page says it in words. */
export class OAuthProblem extends Error {
  override readonly name = 'OAuthProblem'

  constructor(
    readonly code: ProblemCode,
    options?: ErrorOptions,
  ) {
    super(code, options)
  }
}
