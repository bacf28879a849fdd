import { networkInterfaces } from 'node:os'
import ipaddr from 'ipaddr.js'
import type { Deadline } from './deadline.ts'
import { embeddedIPv4 } from './embedded-ipv4.ts'
import { isAddress, isLocalName } from './host-name.ts'
import { HostResolver, type IpFamily, type ResolvedAddress } from './resolver.ts'

type Address = ipaddr.IPv4 | ipaddr.IPv6

export interface GuardRules {
  /** `public` refuses every private range. */
  targets: 'any' | 'public'
  /** Networks (CIDR) or addresses that are allowed all the same; our own ports and metadata services stay refused. */
  allow?: readonly string[]
  /** Ports on which this server listens itself. */
  ownPorts: () => readonly number[]
  /** Who is asked for names; by default this machine's own resolvers. */
  resolver?: HostResolver
}

/** A connection that must not be made, and why, for a person. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused'
}

/** Metadata services of clouds outside of the link-local ranges. */
const METADATA = new Set(
  ['fd00:ec2::254', 'fd20:ce::254', '100.100.100.200', '192.0.0.192', '168.63.129.16'].map((text) =>
    ipaddr.parse(text).toString(),
  ),
)
/** Ranges in which no service has its address. */
const NEVER: Record<string, string> = {
  linkLocal: 'a link-local address, where metadata services live',
  multicast: 'a multicast address',
  broadcast: 'the broadcast address',
  unspecified: 'no address of a machine',
}
/** Ranges that are as public as the IPv4 address inside. */
const TRANSPARENT = new Set(['ipv4Mapped', 'rfc6145', '6to4', 'teredo'])
const WELL_KNOWN_NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')
const WORDS: Record<string, string> = {
  uniqueLocal: 'unique local',
  carrierGradeNat: 'carrier-grade NAT',
  rfc6052: 'local NAT64',
  private: 'RFC 1918',
}

/** Judges where a connection may go. Every outgoing connection asks, with the resolved address, and stays with it. */
export class AddressGuard {
  private readonly allowed: [Address, number][]
  private readonly resolver: HostResolver

  /** Throws when an allowed network is no network. */
  constructor(private readonly rules: GuardRules) {
    this.allowed = (rules.allow ?? []).map(parseNetwork)
    this.resolver = rules.resolver ?? new HostResolver()
  }

  /**
   * The addresses of a host to which a connection to this port may be made, in the order to try them. All of them
   * are judged: a name that also leads to a refused one is refused. Throws ResolveFailure, AddressRefused or
   * DeadlineExceeded.
   */
  async resolve(
    host: string,
    request: { port: number; family: IpFamily; deadline: Deadline },
  ): Promise<ResolvedAddress[]> {
    const { port, family, deadline } = request
    const addresses = await this.resolver.resolve(host, family, deadline)
    for (const { address } of addresses) this.check(address, port)
    return addresses
  }

  /**
   * Judges a host that a proxy will connect to. The proxy resolves it anew, so a name can't be pinned: here only
   * names that need no DNS are judged, and every name when only public addresses may be checked.
   */
  async checkBehindProxy(
    host: string,
    request: { port: number; deadline: Deadline },
  ): Promise<void> {
    const isKnown = isAddress(host) || isLocalName(host)
    if (isKnown || this.rules.targets === 'public')
      await this.resolve(host, { ...request, family: 'AUTO' })
  }

  /** Throws AddressRefused unless a connection to this address (an IP literal) and port may be made. */
  check(literal: string, port: number): void {
    const problem = this.judge(literal, port)
    if (problem) throw new AddressRefused(problem)
  }

  /** Why the connection may not be made; undefined when it may. */
  judge(literal: string, port: number): string | undefined {
    if (!isAddress(literal)) return `${literal} is not an address`
    const address = ipaddr.parse(literal.replace(/%.*$/, ''))
    const embedded = address instanceof ipaddr.IPv6 ? embeddedIPv4(address) : []
    const all = [address, ...embedded]
    const reason =
      first(all, (one) => neverReason(one)) ??
      first(all, (one) => this.ownReason(one, port)) ??
      (this.rules.targets === 'public' && !all.some((one) => this.isAllowed(one))
        ? first(all, privateReason)
        : undefined)
    return reason && `${literal} ${reason}`
  }

  private ownReason(address: Address, port: number): string | undefined {
    if (!this.rules.ownPorts().includes(port)) return undefined
    return isOfThisMachine(address) ? `port ${port} is Allswell itself` : undefined
  }

  private isAllowed(address: Address): boolean {
    return this.allowed.some(
      ([network, bits]) => address.kind() === network.kind() && address.match(network, bits),
    )
  }
}

/** The one guard of the process; `ownPorts` is asked anew at each judgement. */
export function createGuard(rules: GuardRules): AddressGuard {
  return new AddressGuard(rules)
}

function parseNetwork(text: string): [Address, number] {
  if (text.includes('/')) return ipaddr.parseCIDR(text)
  const address = ipaddr.parse(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

function first<T>(all: readonly T[], reason: (one: T) => string | undefined): string | undefined {
  for (const one of all) {
    const found = reason(one)
    if (found) return found
  }
  return undefined
}

function neverReason(address: Address): string | undefined {
  if (METADATA.has(address.toString())) return 'may not be checked: it is a metadata service'
  const range = NEVER[address.range()]
  return range && `may not be checked: it is ${range}`
}

function privateReason(address: Address): string | undefined {
  const range: string = address.range()
  const isPublic =
    range === 'unicast' ||
    TRANSPARENT.has(range) ||
    (address instanceof ipaddr.IPv6 && address.match(WELL_KNOWN_NAT64))
  if (isPublic) return undefined
  return `is a private address (${WORDS[range] ?? range}); only public ones may be checked here`
}

function isOfThisMachine(address: Address): boolean {
  if (address.range() === 'loopback') return true
  const own = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const text = address.toString()
  return own.some((one) => ipaddr.parse(one.address.replace(/%.*$/, '')).toString() === text)
}
