import ipaddr from 'ipaddr.js'
import type { EnvironmentReader } from './environment-reader.ts'

/** How the server is reached, and by whom. */
export interface DoorsConfig {
  /** Where the server listens. */
  readonly host: string
  /** Whether only this machine reaches it: it listens on a loopback address and stands behind no public one. */
  readonly isLocalOnly: boolean
  /** Under which the world sees the server, with a path where it shares its host, never with a last slash; undefined: as each request says. */
  readonly publicUrl: string | undefined
  /** Origins of clients that are served from elsewhere. */
  readonly webOrigins: readonly string[]
  /** Further names (with a port where it is not the scheme’s own) under which the server answers. */
  readonly allowedHosts: readonly string[]
  /** Addresses and networks whose X-Forwarded headers are believed. */
  readonly trustedProxies: readonly string[]
  /** What the first set-up must know; undefined: the start makes one when others reach the server. */
  readonly setUpToken: string | undefined
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1'])
const NAME = /^(?=.{1,253}$)[a-z\d_]([a-z\d_-]*[a-z\d])?(\.[a-z\d_]([a-z\d_-]*[a-z\d])?)*\.?$/i
const HOST = /^([a-z\d_.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i
const SHORTEST_TOKEN = 16
const PATH = /^(\/[\w~-][\w.~-]*)*\/?$/
const LONGEST_PATH = 200
/** What our own addresses begin with. Behind a proxy that takes the prefix away, one of these could not be told from ours. */
const OWN_PATHS = new Set([
  ...[
    'api',
    'graphql',
    'schema.graphql',
    'auth',
    'assets',
    'accent',
    'status',
    'badge',
    'ping',
    'w',
  ],
  ...['metrics', 'healthz', 'readyz', 'robots.txt', 'sitemap.xml', 'favicon.svg', 'theme.js'],
])

/** The networks that have a name in TRUSTED_PROXIES. */
const NETWORKS: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
}

export function readDoorsConfig(read: EnvironmentReader): DoorsConfig {
  const host = read.text('HOST', 'localhost', listenProblem)
  const publicUrl = read.text('PUBLIC_URL', '', publicUrlProblem)
  const isLoopback = LOOPBACK.has(host.toLowerCase())
  return {
    host,
    isLocalOnly: isLoopback && (!publicUrl || isLoopbackUrl(publicUrl)),
    publicUrl: publicUrlOf(publicUrl),
    webOrigins: Object.freeze(read.list('WEB_ORIGIN', originProblem)),
    allowedHosts: Object.freeze(
      read.list('ALLOWED_HOSTS', hostProblem).map((name) => name.toLowerCase()),
    ),
    trustedProxies: Object.freeze(
      read.list('TRUSTED_PROXIES', proxyProblem).flatMap((item) => NETWORKS[item] ?? [item]),
    ),
    setUpToken: read.secret('SETUP_TOKEN', tokenProblem),
  }
}

function listenProblem(host: string): string | undefined {
  const isNumbers = /^[\d.]+$/.test(host)
  const isRight = ipaddr.IPv4.isValidFourPartDecimal(host) || ipaddr.IPv6.isValid(host)
  return isRight || (!isNumbers && NAME.test(host))
    ? undefined
    : `is ${host}, but must be an address or a name of this machine, such as 0.0.0.0 or localhost`
}

/** Origin and path, as they are written elsewhere: the path has no last slash. */
function publicUrlOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { origin, pathname } = new URL(url)
  return origin + pathname.replace(/\/$/, '')
}

const originOf = (url: string): string | undefined =>
  URL.canParse(url) ? new URL(url).origin : undefined

const isLoopbackUrl = (url: string): boolean =>
  URL.canParse(url) && LOOPBACK.has(new URL(url).hostname.replace(/^\[|\]$/g, ''))

/** Scheme, host, port and path, and nothing else. */
function isPlaceUrl(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) return false
  return !/[?#@\\\s*]/.test(url) && parsed.hostname !== ''
}

const isPlainUrl = (url: string): boolean => isPlaceUrl(url) && new URL(url).pathname === '/'

function publicUrlProblem(url: string): string | undefined {
  if (!url) return undefined
  // As it was written: `URL` would take dots and empty parts out of it.
  const [, path = ''] = /^[a-z]+:\/\/[^/]*(.*)$/i.exec(url) ?? []
  if (!isPlaceUrl(url) || !PATH.test(path) || path.length > LONGEST_PATH)
    return `is ${url.slice(0, LONGEST_PATH)}, but must look like https://status.example.com or https://example.com/uptime`
  const first = path.split('/')[1] ?? ''
  return OWN_PATHS.has(first.toLowerCase())
    ? `ends in /${first}, which is a path of Allswell itself: choose another, such as https://example.com/uptime`
    : undefined
}

/** Compared letter by letter with what a browser sends: it has to be written the same way. */
function originProblem(origin: string): string | undefined {
  return isPlainUrl(origin) && originOf(origin) === origin
    ? undefined
    : `has ${origin}, which is not an origin such as https://app.example.com (no path, no *, lower case)`
}

function hostProblem(host: string): string | undefined {
  return HOST.test(host) && URL.canParse(`http://${host}`)
    ? undefined
    : `has ${host}, which is not a host such as status.example.com or 192.168.1.5:3000`
}

function proxyProblem(item: string): string | undefined {
  const isRight = item in NETWORKS || ipaddr.isValidCIDR(item) || isAddress(item)
  return isRight
    ? undefined
    : `has ${item}, which is no address, no network such as 10.0.0.0/8, and neither loopback nor private`
}

const isAddress = (text: string): boolean =>
  ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)

function tokenProblem(token: string): string | undefined {
  return token.length >= SHORTEST_TOKEN
    ? undefined
    : `must have at least ${SHORTEST_TOKEN} characters`
}
