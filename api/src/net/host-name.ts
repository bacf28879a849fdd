import { isIP } from 'node:net'

const PLAIN_NAME = /^(?=.*[a-z])[a-z0-9_-]+(\.[a-z0-9_-]+)*$/

/**
 * The host of a URL or a setting in canonical form: brackets, a final dot and capitals go, odd notations of IPv4
 * (0x7f.1, 2130706433, full-width digits) become plain. What is no host stays as it is.
 */
export function canonicalHost(host: string): string {
  if (isIP(host) || (PLAIN_NAME.test(host) && !/(^|\.)(0x[0-9a-f]*|\d+)$/.test(host))) return host
  const isBareIPv6 = host.includes(':') && !host.startsWith('[')
  const url = `http://${isBareIPv6 ? `[${host}]` : host}`
  if (!URL.canParse(url)) return host
  return new URL(url).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}

export const isAddress = (host: string): boolean => isIP(host.replace(/%.*$/, '')) !== 0

/** RFC 6761: always this machine. */
export const isLocalName = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost')

/** Host and port as a person writes them. */
export function hostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
