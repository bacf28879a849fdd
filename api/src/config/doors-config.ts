import ipaddr from 'ipaddr.js'
import type { EnvironmentReader } from './environment-reader.ts'

/** How the server is reached, and by whom. */
export interface DoorsConfig {
  /** Where the server listens. */
  readonly host: string
  /** Whether only this machine reaches it: it listens on a loopback address and stands behind no public one. */
  readonly isLocalOnly: boolean
  /** Scheme, host and port under which the world sees the server; undefined: as each request says. */
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
    publicUrl: originOf(publicUrl),
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

const originOf = (url: string): string | undefined =>
  URL.canParse(url) ? new URL(url).origin : undefined

const isLoopbackUrl = (url: string): boolean =>
  URL.canParse(url) && LOOPBACK.has(new URL(url).hostname.replace(/^\[|\]$/g, ''))

/** Scheme, host and port, and nothing else. */
function isPlainUrl(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) return false
  return !/[?#@\\\s*]/.test(url) && parsed.pathname === '/' && parsed.hostname !== ''
}

function publicUrlProblem(url: string): string | undefined {
  return !url || isPlainUrl(url)
    ? undefined
    : `is ${url}, but must look like https://status.example.com, without a path`
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
