import type { EnvironmentReader } from './environment-reader.ts'

/** One provider that signs people in. */
export interface ProviderConfig {
  /** Its name in addresses. */
  readonly id: string
  readonly kind: 'google' | 'github' | 'oidc'
  /** What the button says. */
  readonly title: string
  /** The issuer; of GitHub the address of its pages. */
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
}

export interface OAuthConfig {
  readonly providers: readonly ProviderConfig[]
  /** Only people with a verified e-mail of these domains; empty: all. */
  readonly allowedDomains: readonly string[]
  /** What an unknown person becomes; undefined: nothing, they must be invited. */
  readonly autoJoinRole: 'viewer' | 'editor' | 'admin' | undefined
  /** The workspace that they join, by its address; undefined: the oldest. */
  readonly autoJoinWorkspace: string | undefined
}

const GOOGLE = 'https://accounts.google.com'
const GITHUB = 'https://github.com'
const NAME = /^[a-z][a-z0-9-]{0,30}$/
/** Addresses below /auth that are no provider. */
const TAKEN = new Set(['google', 'github', 'oidc', 'token', 'revoke'])
const DOMAIN = /^(?=.{3,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/

export function readOAuthConfig(read: EnvironmentReader): OAuthConfig {
  const names = read
    .list('OIDC_PROVIDERS', nameProblem)
    .filter((name) => nameProblem(name) === undefined)
  const providers = [
    readProvider(read, { id: 'google', kind: 'google', title: 'Google', url: GOOGLE }),
    readProvider(read, {
      ...{ id: 'github', kind: 'github', title: 'GitHub' },
      url: read.text('GITHUB_URL', GITHUB, urlProblem),
    }),
    readIssuer(read, 'oidc', 'OIDC'),
    ...names.map((name) => readIssuer(read, name, `OIDC_${name.toUpperCase().replace(/-/g, '_')}`)),
  ]
  const role = read.choice('OAUTH_AUTO_JOIN_ROLE', ['viewer', 'editor', 'admin', 'none'], 'none')
  const allowedDomains = read
    .list('OAUTH_ALLOWED_DOMAINS', domainProblem)
    .map((domain) => domain.toLowerCase())
  const open = providers.find((provider) => provider && hasEverybody(provider))
  if (role !== 'none' && open && !allowedDomains.length)
    read.mistakes.push(
      `OAUTH_AUTO_JOIN_ROLE needs OAUTH_ALLOWED_DOMAINS: anybody can have an account at ${open.title}, and would join`,
    )
  return {
    providers: providers.filter((provider) => provider !== undefined),
    allowedDomains,
    autoJoinRole: role === 'none' ? undefined : role,
    autoJoinWorkspace: read.text('OAUTH_AUTO_JOIN_WORKSPACE', '') || undefined,
  }
}

/** Whether a provider gives accounts to the whole world, and not only to one's own people. */
function hasEverybody({ kind, url }: ProviderConfig): boolean {
  return kind === 'google' || (URL.canParse(url) && new URL(url).hostname === 'github.com')
}

type Named = Pick<ProviderConfig, 'id' | 'kind' | 'title' | 'url'>

function readIssuer(
  read: EnvironmentReader,
  id: string,
  prefix: string,
): ProviderConfig | undefined {
  const url = read.text(`${prefix}_ISSUER`, '', (issuer) =>
    issuer ? urlProblem(issuer) : undefined,
  )
  const title = read.text(`${prefix}_TITLE`, id === 'oidc' ? 'Single sign-on' : titleOf(id))
  return readProvider(read, { id, kind: 'oidc', title, url }, prefix)
}

/** Undefined when nothing of it is set; a mistake when only a part is. */
function readProvider(
  read: EnvironmentReader,
  named: Named,
  prefix = named.id.toUpperCase(),
): ProviderConfig | undefined {
  const clientId = read.text(`${prefix}_CLIENT_ID`, '')
  const clientSecret = read.secret(`${prefix}_CLIENT_SECRET`, () => undefined) ?? ''
  const wanted: [string, string][] = [
    ...(named.kind === 'oidc' ? ([['ISSUER', named.url]] as [string, string][]) : []),
    ['CLIENT_ID', clientId],
    ['CLIENT_SECRET', clientSecret],
  ]
  const missing = wanted.filter(([, value]) => !value)
  // A name in OIDC_PROVIDERS is a wish by itself.
  const isWished = missing.length < wanted.length || !TAKEN.has(named.id)
  if (!missing.length) return { ...named, clientId, clientSecret }
  if (isWished)
    for (const [name] of missing)
      read.mistakes.push(`${prefix}_${name} is missing: sign-in by ${named.title} needs it`)
  return undefined
}

const titleOf = (id: string): string => `${id[0]!.toUpperCase()}${id.slice(1)}`

function nameProblem(name: string): string | undefined {
  return NAME.test(name) && !TAKEN.has(name)
    ? undefined
    : `has ${name}, which is no free name of a-z, 0-9 and - such as keycloak`
}

function urlProblem(url: string): string | undefined {
  const isRight = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
  return isRight ? undefined : `is ${url}, but must look like https://login.example.com`
}

function domainProblem(domain: string): string | undefined {
  return DOMAIN.test(domain.toLowerCase())
    ? undefined
    : `has ${domain}, which is not a domain such as example.com`
}
