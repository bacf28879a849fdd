import { unwrapResolverError } from '@apollo/server/errors'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { AppError } from '../lib/app-error.ts'
import { newId } from '../lib/ids.ts'
import type { Log } from '../lib/log.ts'

/** Codes of refusals that are no bugs: the framework's and ours. */
const EXPECTED = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'LIMIT',
  'INVALID',
])

/** "Did you mean" would tell what the contract does not. */
const withoutHints = (message: string): string => message.replace(/ Did you mean .*\?$/s, '')

/** An error as clients see it: expected ones with code and path; anything else is a bug, logged with an id and masked. */
export function errorPresenter(log: Log): (error: unknown) => GraphQLFormattedError {
  return (given) => {
    const error = given instanceof GraphQLError ? given : undefined
    const place = {
      ...(error?.locations ? { locations: error.locations } : {}),
      ...(error?.path ? { path: error.path } : {}),
    }
    const cause = unwrapResolverError(given)
    if (cause instanceof AppError) {
      const { problems, retryAfterSeconds } = cause.details
      const extensions = {
        code: cause.code,
        ...(problems ? { problems } : {}),
        ...(retryAfterSeconds ? { retryAfterSeconds } : {}),
      }
      return { message: cause.message, ...place, extensions }
    }
    const { code, problem, cost } = (error?.extensions ?? {}) as Record<string, unknown>
    const isFromRules =
      error !== undefined &&
      (error.originalError === undefined ||
        error.originalError === null ||
        EXPECTED.has(String(code)))
    if (isFromRules && (code === undefined || EXPECTED.has(String(code))))
      return {
        message: withoutHints(error.message),
        ...place,
        extensions: {
          code: code ?? 'INVALID',
          ...(problem ? { problem } : {}),
          ...(cost ? { cost } : {}),
        },
      }
    const id = newId()
    log.error({ err: cause, id, path: error?.path }, 'A resolver failed')
    return {
      message: `Something went wrong on our side (${id}).`,
      ...place,
      extensions: { code: 'INTERNAL_SERVER_ERROR', id },
    }
  }
}
