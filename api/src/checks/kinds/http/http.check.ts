import { type AddressGuard, Deadline, type IpFamily } from '../../../net/index.ts'
import type { CheckContext, CheckKind, Finding } from '../../outcome.ts'
import { type Body } from './body.ts'
import { type Asked, exchange, newTrace } from './exchange.ts'
import { answeredFinding, brokenFinding, type Journey } from './http-finding.ts'
import { type HttpSettings, httpSettings } from './http.settings.ts'
import { accessToken, forgetToken } from './oauth2-token.ts'

const CONTENT_TYPES: Record<HttpSettings['bodyType'], string | null> = {
  NONE: null,
  JSON: 'application/json',
  FORM: 'application/x-www-form-urlencoded',
  TEXT: 'text/plain; charset=utf-8',
  XML: 'application/xml',
}
const USER_AGENT = 'Allswell/0.1 (uptime check)'

/** A redirect that can't be followed. */
class RedirectProblem extends Error {
  readonly code = 'REDIRECT'
}

async function check(settings: HttpSettings, context: CheckContext): Promise<Finding> {
  if (settings.ipFamily !== 'BOTH') return checkFamily(settings, settings.ipFamily, context)
  const findings = await Promise.all([
    checkFamily(settings, 'V4', context),
    checkFamily(settings, 'V6', context),
  ])
  const order: Finding['verdict'][] = ['DOWN', 'UNKNOWN', 'DEGRADED', 'UP']
  const [worst] = findings.sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
  return worst!
}

async function checkFamily(
  settings: HttpSettings,
  family: IpFamily,
  context: CheckContext,
): Promise<Finding> {
  const deadline = new Deadline(context.timeoutMs)
  const journey: Journey = { traces: [], urls: [] }
  try {
    const body = await travel(
      await firstAsked(settings, family, context, deadline),
      settings,
      context,
      deadline,
      journey,
    )
    const totalUs = deadline.elapsedUs()
    if (journey.traces.at(-1)?.response?.statusCode === 401) forgetToken(settings)
    return answeredFinding(settings, journey, body, totalUs)
  } catch (error) {
    if (!journey.urls.length) journey.urls.push(settings.url)
    return brokenFinding(error, journey, deadline)
  } finally {
    deadline.end()
  }
}

async function firstAsked(
  settings: HttpSettings,
  family: IpFamily,
  context: CheckContext,
  deadline: Deadline,
): Promise<Asked> {
  const base = {
    family,
    proxy: settings.proxyUrl ? new URL(settings.proxyUrl) : null,
    tls: { ca: settings.caCertificate, cert: settings.clientCertificate, key: settings.clientKey },
    verifyCertificate: settings.verifyCertificate,
  }
  const body = settings.bodyType === 'NONE' ? null : (settings.body ?? '')
  const token =
    settings.authentication === 'OAUTH2'
      ? await accessToken(settings, base, context.guard, deadline, context.now())
      : null
  return {
    ...base,
    url: new URL(settings.url),
    method: settings.method,
    body,
    headers: headersOf(settings, body, token),
  }
}

function headersOf(
  settings: HttpSettings,
  body: string | null,
  token: string | null,
): Record<string, string> {
  const headers: Record<string, string> = {
    'user-agent': USER_AGENT,
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br',
  }
  const type = CONTENT_TYPES[settings.bodyType]
  if (type) headers['content-type'] = type
  if (body !== null) headers['content-length'] = String(Buffer.byteLength(body))
  const authorization = authorizationOf(settings, token)
  if (authorization) headers['authorization'] = authorization
  for (const { name, value } of settings.headers) headers[name.toLowerCase()] = value
  return headers
}

function authorizationOf(settings: HttpSettings, token: string | null): string | null {
  switch (settings.authentication) {
    case 'NONE':
      return null
    case 'BASIC':
      return `Basic ${Buffer.from(`${settings.username ?? ''}:${settings.password ?? ''}`).toString('base64')}`
    case 'BEARER':
      return `Bearer ${settings.bearerToken ?? ''}`
    case 'OAUTH2':
      return `Bearer ${token ?? ''}`
  }
}

/** Follows redirects hop by hop; each hop passes the guard anew. */
async function travel(
  first: Asked,
  settings: HttpSettings,
  context: { guard: AddressGuard; now: () => number },
  deadline: Deadline,
  journey: Journey,
): Promise<Body> {
  for (let asked = first; ;) {
    const trace = newTrace()
    journey.urls.push(asked.url.href)
    journey.traces.push(trace)
    const body = await exchange(asked, context.guard, deadline, context.now(), trace)
    const location = settings.followRedirects
      ? redirectOf(trace.response?.statusCode, trace.response?.headers.location)
      : null
    if (location === null) return body
    if (journey.traces.length > settings.maxRedirects)
      throw new RedirectProblem(
        `Redirected more than ${settings.maxRedirects} times, last to ${location}`,
      )
    asked = nextAsked(asked, location, trace.response?.statusCode ?? 302)
  }
}

function redirectOf(status: number | undefined, location: string | undefined): string | null {
  return status !== undefined && [301, 302, 303, 307, 308].includes(status) && location
    ? location
    : null
}

/** What is asked after a redirect. Nothing that a person configured travels to another origin. */
function nextAsked(asked: Asked, location: string, status: number): Asked {
  if (!URL.canParse(location, asked.url.href))
    throw new RedirectProblem(`Redirected to ${location}, which is no address`)
  const url = new URL(location, asked.url.href)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new RedirectProblem(`Redirected to ${url.protocol}, which can’t be checked`)
  url.username = url.password = ''
  const keepsMethod = status === 307 || status === 308 || asked.method === 'HEAD'
  const kept = url.origin === asked.url.origin ? asked : withoutCredentials(asked)
  if (keepsMethod) return { ...kept, url }
  const { 'content-type': _type, 'content-length': _length, ...headers } = kept.headers
  return { ...kept, url, method: 'GET', body: null, headers }
}

function withoutCredentials(asked: Asked): Asked {
  const plain = ['user-agent', 'accept', 'accept-encoding', 'content-type', 'content-length']
  const headers = Object.fromEntries(
    Object.entries(asked.headers).filter(([name]) => plain.includes(name)),
  )
  return { ...asked, headers, tls: { ...asked.tls, cert: null, key: null } }
}

/** Anything that looks like a web address; a bare domain means https. */
function detect(text: string): { name: string; settings: Partial<HttpSettings> } | null {
  const isWeb = /^https?:\/\//i.test(text)
  const isDomain = /^(?!\d+(\.\d+){3}$)[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(text)
  const isLocal =
    /^localhost(:\d+)?(\/\S*)?$/.test(text) ||
    /^[\w.-]+:(80|8080|3000|8000|5000)(\/\S*)?$/.test(text) ||
    /^[\w.-]+:\d+\/\S*$/.test(text)
  if (!isWeb && !isDomain && !isLocal) return null
  const address = isWeb ? text : `${isDomain ? 'https' : 'http'}://${text}`
  if (!URL.canParse(address)) return null
  const { host, pathname } = new URL(address)
  return {
    name: pathname === '/' ? host : `${host}${pathname}`.replace(/\/$/, ''),
    settings: { url: address },
  }
}

export const http: CheckKind<HttpSettings> = {
  kind: 'http',
  title: 'HTTP(S)',
  description: 'Requests a web address and judges status, certificate, time and content.',
  isPassive: false,
  settings: httpSettings,
  defaultIntervalSeconds: 60,
  conditionPaths: [
    'status',
    'latency',
    'cert.daysLeft',
    'cert.isTrusted',
    'header["content-type"]',
    'body',
    '$',
    'ip',
  ],
  target: (settings) => settings.url,
  detect,
  check,
}
