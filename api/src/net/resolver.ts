import { Resolver } from 'node:dns/promises'
import { readFileSync, statSync } from 'node:fs'
import ipaddr from 'ipaddr.js'

export type IpFamily = 'AUTO' | 'V4' | 'V6'

export interface ResolvedAddress {
  address: string
  family: 4 | 6
}

/** A name that did not resolve. `isOurs`: the resolver of this machine is at fault, not the name. */
export class ResolveFailure extends Error {
  override readonly name = 'ResolveFailure'

  constructor(
    message: string,
    readonly isOurs: boolean,
  ) {
    super(message)
  }
}

const HOSTS_FILE = '/etc/hosts'
let hosts: { mtimeMs: number; names: Map<string, string[]> } = { mtimeMs: -1, names: new Map() }

/** The names of /etc/hosts, read again when the file changes. */
function hostsFile(): Map<string, string[]> {
  try {
    const { mtimeMs } = statSync(HOSTS_FILE)
    if (mtimeMs !== hosts.mtimeMs)
      hosts = { mtimeMs, names: parseHosts(readFileSync(HOSTS_FILE, 'utf8')) }
  } catch {
    hosts = { mtimeMs: -1, names: new Map() }
  }
  return hosts.names
}

export function parseHosts(text: string): Map<string, string[]> {
  const names = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const [address, ...aliases] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (!address || !ipaddr.isValid(address)) continue
    for (const alias of aliases.map((a) => a.toLowerCase()))
      names.set(alias, [...(names.get(alias) ?? []), address])
  }
  return names
}

const familyOf = (address: string): 4 | 6 => (ipaddr.IPv6.isValid(address) ? 6 : 4)
const fits = (family: IpFamily) => (one: ResolvedAddress) =>
  family === 'AUTO' || one.family === (family === 'V4' ? 4 : 6)

/** The host of a URL or a setting in canonical form: odd notations of IPv4 (0x7f.1) become plain, brackets go. */
export function canonicalHost(host: string): string {
  const wrapped = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  if (!URL.canParse(`http://${wrapped}`)) return host
  return new URL(`http://${wrapped}`).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}

function withoutNetwork(host: string): ResolvedAddress[] | undefined {
  if (ipaddr.isValid(host)) return [{ address: host, family: familyOf(host) }]
  const listed = hostsFile().get(host.toLowerCase())
  if (listed) return listed.map((address) => ({ address, family: familyOf(address) }))
  if (host === 'localhost' || host.endsWith('.localhost'))
    return [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]
  return undefined
}

/**
 * The addresses of a host, IPv4 first. Asks DNS itself, because getaddrinfo blocks a thread that can't be called
 * back; `signal` cancels. Throws ResolveFailure.
 */
export async function resolveHost(
  hostname: string,
  family: IpFamily,
  signal: AbortSignal,
): Promise<ResolvedAddress[]> {
  const host = canonicalHost(hostname)
  const known = withoutNetwork(host)
  const found = known ?? (await askDns(host, family, signal))
  const fitting = found.filter(fits(family)).sort((a, b) => a.family - b.family)
  if (fitting.length) return fitting
  throw new ResolveFailure(
    `${hostname} has no ${family === 'V6' ? 'IPv6' : 'IPv4'} address.`,
    false,
  )
}

async function askDns(
  host: string,
  family: IpFamily,
  signal: AbortSignal,
): Promise<ResolvedAddress[]> {
  const resolver = new Resolver()
  const cancel = (): void => resolver.cancel()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    const none: Promise<string[]> = Promise.resolve([])
    const [v4, v6] = await Promise.allSettled([
      family === 'V6' ? none : resolver.resolve4(host),
      family === 'V4' ? none : resolver.resolve6(host),
    ])
    const found = [v4, v6].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    if (found.length) return found.map((address) => ({ address, family: familyOf(address) }))
    const failed = [v4, v6].find((answer) => answer.status === 'rejected')
    throw explainDns(
      host,
      failed?.status === 'rejected' ? (failed.reason as NodeJS.ErrnoException) : undefined,
    )
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

function explainDns(host: string, error: NodeJS.ErrnoException | undefined): ResolveFailure {
  switch (error?.code) {
    case 'ECONNREFUSED':
      return new ResolveFailure('The DNS resolver of this machine refuses connections.', true)
    case 'ETIMEOUT':
    case 'ECANCELLED':
      return new ResolveFailure(
        `The DNS resolver of this machine did not answer for ${host}.`,
        true,
      )
    case 'ESERVFAIL':
      return new ResolveFailure(`DNS: the name servers of ${host} fail (SERVFAIL).`, false)
    case 'EBADNAME':
      return new ResolveFailure(`DNS: ${host} is not a host name.`, false)
    default:
      return new ResolveFailure(`DNS: no such host ${host}.`, false)
  }
}
