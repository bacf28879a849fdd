const ON_HTTPS = '__Host-allswell'
const ON_HTTP = 'allswell_session'
const RULES = 'Path=/; HttpOnly; SameSite=Lax'
const GONE = 'Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT'

/** A page of another name of the site can set neither of these for us on https: a `__Host-` cookie is ours alone. */
const nameOn = (isHttps: boolean): string => (isHttps ? ON_HTTPS : ON_HTTP)

export function sessionCookie(secret: string, expiresAt: Date, isHttps: boolean): string {
  const secure = isHttps ? '; Secure' : ''
  return `${nameOn(isHttps)}=${secret}; ${RULES}${secure}; Expires=${expiresAt.toUTCString()}`
}

/** Takes both from the browser: it may have signed in by the other scheme. */
export const noSessionCookies: readonly string[] = [
  `${ON_HTTPS}=; ${RULES}; Secure; ${GONE}`,
  `${ON_HTTP}=; ${RULES}; ${GONE}`,
]

/** The secret in a Cookie header; undefined when there is none, or several and so no telling which is ours. */
export function sessionIn(cookies: string | undefined, isHttps: boolean): string | undefined {
  const wanted = `${nameOn(isHttps)}=`
  const found = (cookies ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(wanted))
  return found.length === 1 ? found[0]!.slice(wanted.length) : undefined
}

/** Whether a browser brings a session at all, good or not. */
export function bringsSession(cookies: string | undefined): boolean {
  return /(^|;)\s*(__Host-allswell|allswell_session)=/.test(cookies ?? '')
}
