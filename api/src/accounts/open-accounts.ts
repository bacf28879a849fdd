import type { OAuthConfig } from '../config/index.ts'
import type { Database } from '../db/index.ts'
import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import type { SecretBox } from '../lib/secret-box.ts'
import type { AddressGuard } from '../net/index.ts'
import { Authenticator } from './authentication/authenticator.ts'
import { OneTimeSecrets } from './authentication/one-time-secrets.ts'
import { PasswordSignIn } from './authentication/password-sign-in.ts'
import { Revocations } from './authentication/revocations.ts'
import { Rights } from './authentication/rights.ts'
import { SignInResolver } from './authentication/sign-in.resolver.ts'
import { SignIn } from './authentication/sign-in.ts'
import { AccessTokens } from './jwt/access-tokens.ts'
import { RefreshTokens } from './jwt/refresh-tokens.ts'
import { SigningKeys } from './jwt/signing-keys.ts'
import { TokenGrants } from './jwt/token-grants.ts'
import { type Mailer, noMailer } from './mail/mailer.ts'
import { IdentityResolver } from './oauth/identity.resolver.ts'
import { IdentityService } from './oauth/identity.service.ts'
import type { OAuthFlow } from './oauth/oauth-flow.ts'
import { NO_PROVIDERS, openOAuth } from './oauth/open-oauth.ts'
import { PasskeyResolver } from './passkeys/passkey.resolver.ts'
import { PasskeyService } from './passkeys/passkey.service.ts'
import { PasskeySignIn } from './passkeys/passkey-sign-in.ts'
import { PasswordReset } from './recovery/password-reset.service.ts'
import { PasswordResetResolver } from './recovery/password-reset.resolver.ts'
import { RequestQuota } from './recovery/request-quota.ts'
import { SecondFactorResolver } from './second-factor/second-factor.resolver.ts'
import { SecondFactor } from './second-factor/second-factor.service.ts'
import { SessionResolver } from './sessions/session.resolver.ts'
import { SessionService } from './sessions/session.service.ts'
import { Throttle } from './throttle/throttle.ts'
import { People } from './users/people.ts'
import { ProfileResolver } from './users/profile.resolver.ts'
import { ProfileService } from './users/profile.service.ts'
import { SetUpService } from './users/set-up.service.ts'
import { UserAdmin } from './users/user-admin.service.ts'
import { ViewerReader } from './viewer/viewer-reader.ts'
import { workspaceResolvers } from './workspaces/workspace-room.ts'

export interface AccountsOptions {
  database: Database
  secretBox: SecretBox
  clock: Clock
  log: Log
  /** What a set-up from another machine must know; undefined when nobody else reaches the server. */
  setUpToken: string | undefined
  /** Scheme and host under which the world knows the server, when it is configured: who signs access tokens. */
  publicUrl?: string | undefined
  /** Absent: no letters are sent. */
  mailer?: Mailer
  /** Absent: nobody else signs people in. */
  oauth?: { config: OAuthConfig; guard: AddressGuard }
}

/** The services of the room that doors and other rooms use, and its resolvers. */
export interface Accounts {
  authenticator: Authenticator
  rights: Rights
  revocations: Revocations
  sessions: SessionService
  passwords: PasswordSignIn
  setUp: SetUpService
  passwordReset: PasswordReset
  /** Access and refresh tokens for programs. */
  grants: TokenGrants
  signingKeys: SigningKeys
  /** Sign-in by providers. */
  oauth: OAuthFlow
  /** For the command line. */
  admin: UserAdmin
  resolvers: readonly object[]
}

/** What every way to sign in stands on. */
function layFoundation(options: AccountsOptions) {
  const { database, clock, log, secretBox, setUpToken, mailer = noMailer } = options
  const revocations = new Revocations({ database, clock, log })
  const base = { database, clock, log, secretBox, revocations, mailer }
  const signingKeys = new SigningKeys(base)
  const accessTokens = new AccessTokens({ keys: signingKeys, clock, issuer: options.publicUrl })
  const authenticator = new Authenticator({
    ...base,
    readAccessToken: (jwt) => accessTokens.verify(jwt),
  })
  const people = new People(base)
  const sessions = new SessionService(base)
  const viewers = new ViewerReader(base)
  const secrets = new OneTimeSecrets(base)
  const throttle = new Throttle(base)
  const signIn = new SignIn({ sessions, authenticator, viewers })
  const setUp = new SetUpService({ database, people, clock, setUpToken })
  const found = { ...base, signingKeys, accessTokens, authenticator, people, sessions, viewers }
  return { ...found, secrets, throttle, signIn, setUp }
}

type Foundation = ReturnType<typeof layFoundation>

/** The ways to prove who one is. */
function openWays(foundation: Foundation, options: AccountsOptions) {
  const secondFactor = new SecondFactor(foundation)
  const passwords = new PasswordSignIn({ ...foundation, secondFactor })
  const refreshTokens = new RefreshTokens(foundation)
  const grants = new TokenGrants({ ...foundation, passwords, refreshTokens })
  const passkeys = new PasskeyService(foundation)
  const passkeySignIn = new PasskeySignIn(foundation)
  const passwordReset = new PasswordReset({ ...foundation, quota: new RequestQuota(foundation) })
  const oauth = openOAuth({ ...foundation, ...(options.oauth ?? NO_PROVIDERS) })
  return { secondFactor, passwords, grants, passkeys, passkeySignIn, passwordReset, oauth }
}

function resolversOf(foundation: Foundation, ways: ReturnType<typeof openWays>): object[] {
  const { people, sessions, viewers, mailer } = foundation
  const { secondFactor, passwordReset, oauth } = ways
  return [
    new SignInResolver({
      ...{ ...foundation, ...ways, providers: () => oauth.buttons },
      canSendMail: () => mailer.isConfigured,
    }),
    new SessionResolver(sessions),
    new ProfileResolver(new ProfileService(foundation), viewers),
    new SecondFactorResolver(secondFactor, people),
    new PasskeyResolver({ ...foundation, ...ways }),
    new PasswordResetResolver(passwordReset),
    new IdentityResolver(new IdentityService(foundation), oauth),
    ...workspaceResolvers(foundation),
  ]
}

/** Furnishes the room of the accounts. `revocations.start()` is the caller's. */
export function openAccounts(options: AccountsOptions): Accounts {
  const foundation = layFoundation(options)
  const ways = openWays(foundation, options)
  const { authenticator, revocations, sessions, setUp, signingKeys } = foundation
  const { passwords, passwordReset, grants, oauth } = ways
  const rights = new Rights(authenticator, revocations)
  const admin = new UserAdmin(foundation)
  const resolvers = resolversOf(foundation, ways)
  const signedIn = { authenticator, rights, revocations, sessions, passwords, setUp }
  return { ...signedIn, passwordReset, admin, grants, signingKeys, oauth, resolvers }
}
