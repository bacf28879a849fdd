import { describe, expect, it } from 'vitest'
import { EnvironmentReader } from './environment-reader.ts'
import { readOAuthConfig } from './oauth-config.ts'

const read = (environment: Record<string, string>) => {
  const reader = new EnvironmentReader(environment, () => 'from a file')
  return { config: readOAuthConfig(reader), mistakes: reader.mistakes }
}

describe('the providers', () => {
  it('are none where nothing is set', () => {
    const { config, mistakes } = read({})
    expect([config.providers, mistakes]).toEqual([[], []])
    expect(config.autoJoinRole).toBeUndefined()
  })

  it('are Google, GitHub and any number of issuers', () => {
    const { config, mistakes } = read({
      ...{ GOOGLE_CLIENT_ID: 'g', GOOGLE_CLIENT_SECRET: 's' },
      ...{ GITHUB_CLIENT_ID: 'h', GITHUB_CLIENT_SECRET_FILE: '/secret' },
      ...{ GITHUB_URL: 'https://git.example.com', OIDC_PROVIDERS: 'keycloak' },
      ...{ OIDC_KEYCLOAK_ISSUER: 'https://sso.example.com/realms/x', OIDC_KEYCLOAK_CLIENT_ID: 'k' },
      OIDC_KEYCLOAK_CLIENT_SECRET: 't',
    })
    expect(mistakes).toEqual([])
    expect(config.providers.map(({ id, kind, title, url }) => [id, kind, title, url])).toEqual([
      ['google', 'google', 'Google', 'https://accounts.google.com'],
      ['github', 'github', 'GitHub', 'https://git.example.com'],
      ['keycloak', 'oidc', 'Keycloak', 'https://sso.example.com/realms/x'],
    ])
    expect(config.providers[1]?.clientSecret).toBe('from a file')
  })

  it.each([
    [{ GOOGLE_CLIENT_ID: 'g' }, 'GOOGLE_CLIENT_SECRET is missing'],
    [{ OIDC_ISSUER: 'https://x.example' }, 'OIDC_CLIENT_ID is missing'],
    [{ OIDC_PROVIDERS: 'entra' }, 'OIDC_ENTRA_ISSUER is missing'],
    [{ OIDC_PROVIDERS: 'token' }, 'OIDC_PROVIDERS has token'],
    [{ OIDC_PROVIDERS: '../x' }, 'OIDC_PROVIDERS has ../x'],
    [{ OIDC_ISSUER: 'javascript:alert(1)' }, 'OIDC_ISSUER is javascript'],
    [{ OAUTH_ALLOWED_DOMAINS: '@example.com' }, 'OAUTH_ALLOWED_DOMAINS has @example.com'],
    [{ OAUTH_AUTO_JOIN_ROLE: 'owner' }, 'OAUTH_AUTO_JOIN_ROLE is owner'],
    [
      { GOOGLE_CLIENT_ID: 'g', GOOGLE_CLIENT_SECRET: 's', OAUTH_AUTO_JOIN_ROLE: 'viewer' },
      'OAUTH_AUTO_JOIN_ROLE needs OAUTH_ALLOWED_DOMAINS',
    ],
  ])('are refused as %j', (environment, sentence) => {
    expect(read(environment as Record<string, string>).mistakes.join('\n')).toContain(sentence)
  })
})
