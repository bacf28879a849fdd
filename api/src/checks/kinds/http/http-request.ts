import type { HttpRequest, IpFamily, Proxy } from '../../../net/index.ts'
import type { HttpSettings } from './http.settings.ts'

const CONTENT_TYPES: Record<HttpSettings['bodyType'], string | null> = {
  NONE: null,
  JSON: 'application/json',
  FORM: 'application/x-www-form-urlencoded',
  TEXT: 'text/plain; charset=utf-8',
  XML: 'application/xml',
}
const USER_AGENT = 'Allswell/0.1 (uptime check)'

/** How connections are made, the same for the target and for where its token comes from. */
export type Connecting = Pick<HttpRequest, 'family' | 'proxy' | 'tls' | 'verifiesCertificate'>

export function connectingOf(settings: HttpSettings, family: IpFamily): Connecting {
  return {
    family,
    proxy: proxyOf(settings),
    tls: { ca: settings.caCertificate, cert: settings.clientCertificate, key: settings.clientKey },
    verifiesCertificate: settings.verifyCertificate,
  }
}

function proxyOf({ proxyUrl, proxyUsername, proxyPassword }: HttpSettings): Proxy | null {
  if (!proxyUrl) return null
  const authorization = proxyUsername === null ? null : basic(proxyUsername, proxyPassword)
  return { url: new URL(proxyUrl), authorization }
}

export function basic(user: string | null, password: string | null): string {
  return `Basic ${Buffer.from(`${user ?? ''}:${password ?? ''}`).toString('base64')}`
}

/** The first request of a check; `token` is that of OAuth 2. */
export function requestOf(
  settings: HttpSettings,
  connecting: Connecting,
  token: string | null,
): HttpRequest {
  const body = settings.bodyType === 'NONE' ? null : (settings.body ?? '')
  return {
    ...connecting,
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
  const secret = settings.secretHeaders ? parseSecretHeaders(settings.secretHeaders) : []
  for (const { name, value } of [...settings.headers, ...secret])
    headers[name.toLowerCase()] = value
  return headers
}

function authorizationOf(settings: HttpSettings, token: string | null): string | null {
  switch (settings.authentication) {
    case 'NONE':
      return null
    case 'BASIC':
      return basic(settings.username, settings.password)
    case 'BEARER':
      return `Bearer ${settings.bearerToken ?? ''}`
    case 'OAUTH2':
      return `Bearer ${token ?? ''}`
  }
}

/** `Name: value`, one a line. */
export function parseSecretHeaders(text: string): { name: string; value: string }[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const colon = line.indexOf(':')
      return { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }
    })
}
