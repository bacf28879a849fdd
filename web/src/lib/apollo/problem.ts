import type { ErrorLike } from '@apollo/client'
import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors'

/**
 * unreachable: no answer came; refused: the server says no (not found, not allowed, a mistake in the request);
 * broken: the server failed.
 */
export interface Problem {
  kind: 'unreachable' | 'refused' | 'broken'
  /** `extensions.code` of the first error, when the server gave one. */
  code: string | null
  message: string
  /** With LIMIT: when it may be tried again. */
  retryAfterSeconds?: number
}

interface GivenError {
  message: string
  extensions?: { code?: unknown; retryAfterSeconds?: unknown } | undefined
}

const BROKEN = new Set(['INTERNAL_SERVER_ERROR', 'UNAVAILABLE'])
/** Answers of the doors before GraphQL, which may be no GraphQL. */
const CODES: Partial<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  429: 'LIMIT',
}

/** What an error of an operation means for the person who waits for it. */
export function problemOf(error: ErrorLike): Problem {
  if (CombinedGraphQLErrors.is(error)) return judge(error.errors[0] as GivenError, error.message)
  if (!ServerError.is(error)) return { kind: 'unreachable', code: null, message: error.message }
  const given = errorIn(error.bodyText)
  if (given) return judge(given, error.message)
  const code = CODES[error.statusCode] ?? null
  return { kind: code ? 'refused' : 'broken', code, message: error.message }
}

function judge(given: GivenError | undefined, otherwise: string): Problem {
  const { code, retryAfterSeconds } = given?.extensions ?? {}
  const known = typeof code === 'string' ? code : null
  return {
    kind: known !== null && BROKEN.has(known) ? 'broken' : 'refused',
    code: known,
    message: given?.message ?? otherwise,
    ...(typeof retryAfterSeconds === 'number' && { retryAfterSeconds }),
  }
}

function errorIn(body: string): GivenError | null {
  try {
    const { errors } = JSON.parse(body) as { errors?: GivenError[] }
    return errors?.[0] ?? null
  } catch {
    return null
  }
}
