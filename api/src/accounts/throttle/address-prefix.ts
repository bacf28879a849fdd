import ipaddr from 'ipaddr.js'

const IPV4_BYTES = 3
const IPV6_BYTES = 7

/** Whose neighbours count together: an IPv4 /24, an IPv6 /56. Few people have more addresses than that. */
export function addressPrefix(ipAddress: string): string {
  if (!ipaddr.isValid(ipAddress)) return 'nowhere'
  const bytes = ipaddr.process(ipAddress).toByteArray()
  const kept = bytes.slice(0, bytes.length === 4 ? IPV4_BYTES : IPV6_BYTES)
  return `${bytes.length === 4 ? 'v4' : 'v6'} ${Buffer.from(kept).toString('hex')}`
}
