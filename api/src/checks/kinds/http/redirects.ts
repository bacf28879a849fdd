import type { HttpRequest } from '../../../net/index.ts'
import { CheckProblem } from '../../failure.ts'

const REDIRECTING = new Set([301, 302, 303, 307, 308])
/** What may travel to another origin: nothing that a person configured. */
const HARMLESS = new Set([
  'user-agent',
  'accept',
  'accept-encoding',
  'content-type',
  'content-length',
])
const OF_BODY = new Set(['content-type', 'content-length'])

/** Where an answer leads to; null when it is no redirect. */
export function redirectOf(
  status: number | undefined,
  location: string | undefined,
): string | null {
  return status !== undefined && REDIRECTING.has(status) && location ? location : null
}

/** What is asked after a redirect (RFC 9110, 15.4). Throws CheckProblem when it leads nowhere. */
export function redirected(asked: HttpRequest, location: string, status: number): HttpRequest {
  if (!URL.canParse(location, asked.url.href))
    throw new CheckProblem(`Redirected to ${location}, which is no address`)
  const url = new URL(location, asked.url.href)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new CheckProblem(`Redirected to ${url.protocol}, which can’t be checked`)
  url.username = url.password = url.hash = ''
  const kept = url.origin === asked.url.origin ? asked : withoutCredentials(asked)
  if (keepsMethod(asked.method, status)) return { ...kept, url }
  const headers = only(kept.headers, (name) => !OF_BODY.has(name))
  return { ...kept, url, method: asked.method === 'HEAD' ? 'HEAD' : 'GET', body: null, headers }
}

/** 307 and 308 keep everything; 301 and 302 turn a POST into a GET, as browsers do; 303 always asks with GET. */
function keepsMethod(method: string, status: number): boolean {
  if (status === 307 || status === 308) return true
  return status !== 303 && method !== 'POST'
}

/** For another origin. Its body goes along only when the origin asked to keep it, as with every client. */
function withoutCredentials(asked: HttpRequest): HttpRequest {
  const headers = only(asked.headers, (name) => HARMLESS.has(name))
  return { ...asked, headers, tls: { ...asked.tls, cert: null, key: null } }
}

function only(
  headers: HttpRequest['headers'],
  isKept: (name: string) => boolean,
): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => isKept(name)))
}
