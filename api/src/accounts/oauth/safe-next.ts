const LONGEST = 2_000
/** Browsers drop tabs and line breaks from addresses, and take \ for /. */
const ODD = /[\\\p{Cc}\s]/u

/** A page of the app to go to, or `/` for anything else: nobody is led to another site. */
export function safeNext(next: unknown): string {
  if (typeof next !== 'string' || next.length > LONGEST) return '/'
  if (!next.startsWith('/') || next.startsWith('//') || ODD.test(next)) return '/'
  const home = 'http://app.invalid'
  if (!URL.canParse(next, home)) return '/'
  const { origin, pathname, search, hash } = new URL(next, home)
  // A path that resolves to two slashes would be taken for a host by the next one who reads it.
  return origin === home && !pathname.startsWith('//') ? pathname + search + hash : '/'
}
