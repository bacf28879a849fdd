import ipaddr from 'ipaddr.js'
import type { IncomingMessage } from 'node:http'

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number]

/** Whose word about where a request comes from is taken. */
export class TrustedProxies {
  private readonly networks: readonly Network[]

  /** Addresses and networks (CIDR). */
  constructor(trusted: readonly string[]) {
    this.networks = trusted.map((item) =>
      item.includes('/') ? ipaddr.parseCIDR(item) : wholeAddress(item),
    )
  }

  /** Whether the peer of the connection is one of ours, so that its X-Forwarded headers count. */
  isTrusted(address: string): boolean {
    if (!this.networks.length || !ipaddr.isValid(address)) return false
    const parsed = ipaddr.process(address)
    return this.networks.some(
      ([network, bits]) => network.kind() === parsed.kind() && parsed.match([network, bits]),
    )
  }

  /**
   * Where a request comes from: X-Forwarded-For read from its end, as far as each address is a trusted proxy’s. What
   * the client itself wrote in front is never reached.
   */
  addressOf({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): string {
    let address = plainAddress(socket.remoteAddress ?? '')
    const said = String(headers['x-forwarded-for'] ?? '').split(',')
    while (this.isTrusted(address)) {
      const before = said.pop()?.trim()
      if (!before || !ipaddr.isValid(before)) break
      address = plainAddress(before)
    }
    return address
  }

  /** A single value of an X-Forwarded header, when the peer may say so. */
  said(
    { socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>,
    name: 'x-forwarded-host' | 'x-forwarded-proto',
  ): string | undefined {
    const value = headers[name]
    if (value === undefined || !this.isTrusted(socket.remoteAddress ?? '')) return undefined
    return String(value).split(',').at(-1)?.trim() || undefined
  }
}

const wholeAddress = (text: string): Network => {
  const address = ipaddr.process(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

/** An IPv4 address is written as one, also on a socket of IPv6; no zone. */
const plainAddress = (text: string): string =>
  ipaddr.isValid(text) ? ipaddr.process(text).toString().split('%')[0]! : text
