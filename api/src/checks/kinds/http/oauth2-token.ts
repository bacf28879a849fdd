import type { AddressGuard, Deadline } from '../../../net/index.ts'
import { bodyText } from './body.ts'
import { type Asked, exchange, newTrace } from './exchange.ts'
import type { HttpSettings } from './http.settings.ts'

interface Kept {
  token: string
  untilMs: number
}

/** The token could not be had; what failed is the authentication, not the target. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused'
}

const MOST_KEPT = 1_000
const EARLY_MS = 30_000
const kept = new Map<string, Kept>()

const keyOf = (settings: HttpSettings): string =>
  JSON.stringify([
    settings.oauthTokenUrl,
    settings.oauthClientId,
    settings.oauthClientSecret,
    settings.oauthScope,
  ])

/** Forgets a token that the target did not take. */
export function forgetToken(settings: HttpSettings): void {
  kept.delete(keyOf(settings))
}

/** The access token of these client credentials (RFC 6749, 4.4), kept until shortly before it expires. */
export async function accessToken(
  settings: HttpSettings,
  base: Pick<Asked, 'tls' | 'verifyCertificate' | 'proxy' | 'family'>,
  guard: AddressGuard,
  deadline: Deadline,
  now: number,
): Promise<string> {
  const key = keyOf(settings)
  const known = kept.get(key)
  if (known && known.untilMs > now) return known.token
  const answer = await fetchToken(settings, base, guard, deadline, now)
  if (kept.size >= MOST_KEPT) kept.clear()
  kept.set(key, answer)
  return answer.token
}

async function fetchToken(
  settings: HttpSettings,
  base: Pick<Asked, 'tls' | 'verifyCertificate' | 'proxy' | 'family'>,
  guard: AddressGuard,
  deadline: Deadline,
  now: number,
): Promise<Kept> {
  const { oauthTokenUrl, oauthClientId, oauthClientSecret, oauthScope } = settings
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(oauthScope ? { scope: oauthScope } : {}),
  })
  const login = [oauthClientId, oauthClientSecret]
    .map((part) => encodeURIComponent(part ?? ''))
    .join(':')
  const asked: Asked = {
    ...base,
    url: new URL(oauthTokenUrl ?? ''),
    method: 'POST',
    body: form.toString(),
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(Buffer.byteLength(form.toString())),
      authorization: `Basic ${Buffer.from(login).toString('base64')}`,
    },
  }
  const trace = newTrace()
  const body = await exchange(asked, guard, deadline, now, trace)
  const status = trace.response?.statusCode ?? 0
  const { access_token: token, expires_in: seconds } = parseToken(
    bodyText(body, 'application/json'),
  )
  if (status !== 200 || typeof token !== 'string')
    throw new TokenRefused(`No token from ${asked.url.host}: HTTP ${status}`)
  return {
    token,
    untilMs: now + Math.max(0, (typeof seconds === 'number' ? seconds : 60) * 1000 - EARLY_MS),
  }
}

function parseToken(text: string | null): { access_token?: unknown; expires_in?: unknown } {
  try {
    const parsed: unknown = JSON.parse(text ?? '')
    return typeof parsed === 'object' && parsed !== null ? parsed : {}
  } catch {
    return {}
  }
}
