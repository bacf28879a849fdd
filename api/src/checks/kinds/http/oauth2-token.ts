import { createHash } from 'node:crypto'
import { bodyText, exchange, type HttpRequest, newTrace } from '../../../net/index.ts'
import { CheckProblem, explainFailure } from '../../failure.ts'
import type { CheckContext } from '../../outcome.ts'
import { basic, type Connecting } from './http-request.ts'
import type { HttpSettings } from './http.settings.ts'

interface Kept {
  token: string
  untilMs: number
}

const MOST_KEPT = 1_000
const EARLY_MS = 30_000
const DEFAULT_LIFE_SECONDS = 60
const kept = new Map<string, Kept>()

function keyOf(settings: HttpSettings): string {
  const { oauthTokenUrl, oauthClientId, oauthClientSecret, oauthScope } = settings
  const said = JSON.stringify([oauthTokenUrl, oauthClientId, oauthClientSecret, oauthScope])
  return createHash('sha256').update(said).digest('base64')
}

/** Forgets a token that the target did not take. */
export function forgetToken(settings: HttpSettings): void {
  kept.delete(keyOf(settings))
}

/**
 * The access token of these client credentials (RFC 6749, 4.4), kept until shortly before it expires.
 * Throws CheckProblem when there is none to be had.
 */
export async function accessToken(
  settings: HttpSettings,
  connecting: Connecting,
  context: CheckContext,
): Promise<string> {
  const key = keyOf(settings)
  const known = kept.get(key)
  if (known && known.untilMs > context.now()) return known.token
  const answer = await fetchToken(settings, connecting, context)
  if (kept.size >= MOST_KEPT) kept.clear()
  kept.set(key, answer)
  return answer.token
}

async function fetchToken(
  settings: HttpSettings,
  connecting: Connecting,
  context: CheckContext,
): Promise<Kept> {
  const asked = tokenRequest(settings, connecting)
  const trace = newTrace()
  const where = asked.url.host
  const body = await exchange(asked, context, trace).catch((error: unknown) => {
    const late = `No answer ${context.deadline.patience} from ${where}`
    const { message, isOurs } = explainFailure(error, where, context.deadline, late)
    throw isOurs ? error : new CheckProblem(`OAuth 2 token: ${message}`)
  })
  const status = trace.response?.statusCode ?? 0
  const answer = parseToken(bodyText(body, 'application/json'))
  const { access_token: token, expires_in: seconds, error } = answer
  const isUsable = typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)
  if (status !== 200 || !isUsable) {
    const reason = typeof error === 'string' ? ` ${error.slice(0, 100)}` : ''
    throw new CheckProblem(`OAuth 2 token: ${where} gives none (HTTP ${status}${reason})`)
  }
  const life = typeof seconds === 'number' ? seconds : DEFAULT_LIFE_SECONDS
  return { token, untilMs: context.now() + Math.max(0, life * 1000 - EARLY_MS) }
}

function tokenRequest(settings: HttpSettings, connecting: Connecting): HttpRequest {
  const { oauthTokenUrl, oauthClientId, oauthClientSecret, oauthScope } = settings
  const form = new URLSearchParams({ grant_type: 'client_credentials' })
  if (oauthScope) form.set('scope', oauthScope)
  const body = form.toString()
  return {
    ...connecting,
    url: new URL(oauthTokenUrl ?? ''),
    method: 'POST',
    body,
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(Buffer.byteLength(body)),
      authorization: basic(
        encodeURIComponent(oauthClientId ?? ''),
        encodeURIComponent(oauthClientSecret ?? ''),
      ),
    },
  }
}

type TokenAnswer = Partial<Record<'access_token' | 'expires_in' | 'error', unknown>>

function parseToken(text: string | null): TokenAnswer {
  try {
    const parsed: unknown = JSON.parse(text ?? '')
    return typeof parsed === 'object' && parsed !== null ? parsed : {}
  } catch {
    return {}
  }
}
