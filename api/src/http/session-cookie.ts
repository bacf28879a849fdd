const RULES = 'HttpOnly; SameSite=Lax'
const GONE = 'Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT'
const OURS = /(^|;)\s*(__Host-allswell|__Secure-allswell|allswell_session|allswell_session_below)=/

/**
 * A page of another name of the site can set none of these for us on https: a `__Host-` cookie is ours alone. That
 * needs the path `/`; below a prefix the neighbours on the host shall not be sent the cookie, which counts for more.
 */
function nameOn(isHttps: boolean, prefix: string): string {
  if (prefix) return isHttps ? '__Secure-allswell' : 'allswell_session_below'
  return isHttps ? '__Host-allswell' : 'allswell_session'
}

const rulesOf = (isHttps: boolean, prefix: string): string =>
  `Path=${prefix || '/'}; ${RULES}${isHttps ? '; Secure' : ''}`

export function sessionCookie(
  secret: string,
  expiresAt: Date,
  isHttps: boolean,
  prefix = '',
): string {
  const rules = rulesOf(isHttps, prefix)
  return `${nameOn(isHttps, prefix)}=${secret}; ${rules}; Expires=${expiresAt.toUTCString()}`
}

/** Takes both from the browser: it may have signed in by the other scheme. */
export function noSessionCookies(prefix = ''): string[] {
  return [true, false].map(
    (isHttps) => `${nameOn(isHttps, prefix)}=; ${rulesOf(isHttps, prefix)}; ${GONE}`,
  )
}

/** The secret in a Cookie header; undefined when there is none, or several and so no telling which is ours. */
export function sessionIn(
  cookies: string | undefined,
  isHttps: boolean,
  prefix = '',
): string | undefined {
  const wanted = `${nameOn(isHttps, prefix)}=`
  const found = (cookies ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(wanted))
  return found.length === 1 ? found[0]!.slice(wanted.length) : undefined
}

/** Whether a browser brings a session at all, good or not. */
export function bringsSession(cookies: string | undefined): boolean {
  return OURS.test(cookies ?? '')
}
