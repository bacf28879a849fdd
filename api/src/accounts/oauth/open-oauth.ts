import type { OAuthConfig } from '../../config/index.ts'
import type { Log } from '../../lib/log.ts'
import { AddressGuard } from '../../net/index.ts'
import type { OneTimeSecrets } from '../authentication/one-time-secrets.ts'
import type { SignIn } from '../authentication/sign-in.ts'
import { GithubProvider } from './github-provider.ts'
import { Identities, type IdentitiesOptions } from './identities.ts'
import { OAuthFlow } from './oauth-flow.ts'
import { OidcProvider } from './oidc-provider.ts'

export interface OAuthOptions extends Omit<IdentitiesOptions, 'rules'> {
  config: OAuthConfig
  guard: AddressGuard
  secrets: OneTimeSecrets
  signIn: SignIn
  log: Log
}

/** For who has nobody else sign people in. */
export const NO_PROVIDERS = {
  config: {
    providers: [],
    allowedDomains: [],
    autoJoinRole: undefined,
    autoJoinWorkspace: undefined,
  },
  guard: new AddressGuard({ targets: 'public', ownPorts: () => [] }),
}

/** Sign-in by the providers that are configured. */
export function openOAuth(options: OAuthOptions): OAuthFlow {
  const { config, secrets, signIn, log } = options
  const providers = config.providers.map((provider) =>
    provider.kind === 'github'
      ? new GithubProvider(provider, options)
      : new OidcProvider(provider, options),
  )
  const identities = new Identities({ ...options, rules: config })
  return new OAuthFlow({ providers, identities, secrets, signIn, log })
}
