const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** Whether others on the way can read what this page sends: it came unencrypted, and not from this machine. */
export function isPlainHttp({
  protocol,
  hostname,
}: Pick<Location, 'protocol' | 'hostname'>): boolean {
  return protocol === 'http:' && !LOOPBACK.test(hostname) && !hostname.endsWith('.localhost')
}
