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
}

const BROKEN = new Set(['INTERNAL_SERVER_ERROR', 'UNAVAILABLE'])

/** What an error of an operation means for the person who waits for it. */
export function problemOf(error: ErrorLike): Problem {
  if (CombinedGraphQLErrors.is(error)) {
    const [first] = error.errors
    const code = first?.extensions?.['code']
    const known = typeof code === 'string' ? code : null
    const kind = known !== null && BROKEN.has(known) ? 'broken' : 'refused'
    return { kind, code: known, message: first?.message ?? error.message }
  }
  if (ServerError.is(error)) return { kind: 'broken', code: null, message: error.message }
  return { kind: 'unreachable', code: null, message: error.message }
}
