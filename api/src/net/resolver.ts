import { lookup } from 'node:dns/promises'
import { isIPv6 } from 'node:net'
import { type Deadline, DeadlineExceeded } from './deadline.ts'
import { canonicalHost, isAddress, isLocalName } from './host-name.ts'
import { hostsFile, type SearchRules, searchRules } from './hosts-file.ts'
import { DnsFailure, NameServers } from './name-servers.ts'

/** `AUTO`: IPv4 first, then IPv6. */
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

export interface ResolverSources {
  nameServers?: NameServers
  hosts?: () => ReadonlyMap<string, string[]>
  search?: () => SearchRules
  /** The operating system's own way, for names that DNS does not know. */
  askSystem?: (host: string) => Promise<string[]>
}

const asResolved = (address: string): ResolvedAddress => ({
  address,
  family: isIPv6(address) ? 6 : 4,
})
const LOOPBACK = ['127.0.0.1', '::1'].map(asResolved)

/**
 * Finds the addresses of a host: literals, the hosts file, localhost, DNS with the machine's search domains, and
 * for short and `.local` names at last the operating system. It asks DNS itself, because the system's way blocks one
 * of four threads that can't be called back: eight hung look-ups would make healthy checks fail.
 */
export class HostResolver {
  private readonly sources: Required<ResolverSources>

  constructor(sources: ResolverSources = {}) {
    this.sources = {
      nameServers: new NameServers(),
      hosts: hostsFile,
      search: searchRules,
      askSystem: askSystemSparingly,
      ...sources,
    }
  }

  /** In the order to try them; never empty. Throws ResolveFailure or DeadlineExceeded. */
  async resolve(
    hostname: string,
    family: IpFamily,
    deadline: Deadline,
  ): Promise<ResolvedAddress[]> {
    const host = canonicalHost(hostname)
    const found = this.withoutNetwork(host) ?? (await this.throughNetwork(host, family, deadline))
    const fitting = found
      .filter((one) => family === 'AUTO' || one.family === (family === 'V4' ? 4 : 6))
      .sort((a, b) => a.family - b.family)
    if (fitting.length) return fitting
    throw new ResolveFailure(
      `DNS: ${hostname} has no ${family === 'V6' ? 'IPv6' : 'IPv4'} address`,
      false,
    )
  }

  private withoutNetwork(host: string): ResolvedAddress[] | undefined {
    if (isAddress(host)) return [asResolved(host)]
    if (isLocalName(host)) return LOOPBACK
    return this.sources.hosts().get(host)?.map(asResolved)
  }

  private async throughNetwork(
    host: string,
    family: IpFamily,
    deadline: Deadline,
  ): Promise<ResolvedAddress[]> {
    let worst: unknown
    for (const name of this.candidates(host)) {
      const found = await this.askDns(name, family, deadline).catch((error: unknown) => {
        worst ??= error
        if (deadline.hasFallen) throw explainDns(host, error, deadline)
        return []
      })
      if (found.length) return found
    }
    if (!host.includes('.') || host.endsWith('.local')) {
      const found = await deadline.race(this.sources.askSystem(host)).catch(() => [])
      if (found.length) return found.map(asResolved)
      if (deadline.hasFallen) throw new DeadlineExceeded()
    }
    throw explainDns(host, worst, deadline)
  }

  /** The full names that a host may mean, as resolv.conf(5) orders them. */
  private candidates(host: string): string[] {
    const { domains, dots } = this.sources.search()
    const searched = domains.map((domain) => `${host}.${domain}`)
    const dotCount = host.split('.').length - 1
    return dotCount >= dots ? [host, ...searched] : [...searched, host]
  }

  private async askDns(
    name: string,
    family: IpFamily,
    deadline: Deadline,
  ): Promise<ResolvedAddress[]> {
    const families: (4 | 6)[] = family === 'AUTO' ? [4, 6] : family === 'V4' ? [4] : [6]
    const answers = await Promise.allSettled(
      families.map((one) => this.sources.nameServers.addresses(name, one, deadline)),
    )
    const found = answers.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
    if (found.length) return found.map(asResolved)
    const failures = answers.flatMap((one) =>
      one.status === 'rejected' ? [one.reason as unknown] : [],
    )
    throw failures.find((one) => one instanceof DnsFailure && one.code !== 'ENODATA') ?? failures[0]
  }
}

function explainDns(host: string, error: unknown, deadline: Deadline): unknown {
  if (!(error instanceof DnsFailure)) return error
  switch (error.code) {
    case 'ECONNREFUSED':
      return new ResolveFailure('The DNS resolver of this machine refuses connections', true)
    case 'ETIMEOUT':
    case 'ECANCELLED':
      return error.isServerAlive
        ? new ResolveFailure(`DNS: no answer for ${host} ${deadline.patience}`, false)
        : new ResolveFailure(
            `The DNS resolver of this machine did not answer ${deadline.patience}`,
            true,
          )
    case 'ESERVFAIL':
      return new ResolveFailure(`DNS: the name servers of ${host} fail (SERVFAIL)`, false)
    case 'EREFUSED':
      return new ResolveFailure(`The DNS resolver of this machine refuses to look up ${host}`, true)
    case 'ENODATA':
      return new ResolveFailure(`DNS: ${host} has no address`, false)
    case 'EBADNAME':
      return new ResolveFailure(`DNS: ${host} is not a host name`, false)
    default:
      return new ResolveFailure(`DNS: no such host ${host}`, false)
  }
}

const MOST_SYSTEM_QUESTIONS = 2
let systemQuestions = 0

/** At most two threads of four may hang here; a third question is answered with nothing. */
async function askSystemSparingly(host: string): Promise<string[]> {
  if (systemQuestions >= MOST_SYSTEM_QUESTIONS) return []
  systemQuestions++
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address)
  } finally {
    systemQuestions--
  }
}
