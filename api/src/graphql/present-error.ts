import { unwrapResolverError } from '@apollo/server/errors'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { presentTrouble } from '../db/trouble.ts'
import { AppError } from '../lib/app-error.ts'
import { newId } from '../lib/ids.ts'
import type { Log } from '../lib/log.ts'

/** Codes of requests that were refused before a resolver ran: their messages are written for the client. */
const REFUSALS = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'LIMIT',
  'INVALID',
])

type Place = Pick<GraphQLFormattedError, 'locations' | 'path'>

/** An error as clients see it: expected ones with code and path; anything else is a bug, logged with an id and masked. */
export function errorPresenter(log: Log): (error: unknown) => GraphQLFormattedError {
  return (given) => {
    const place = placeOf(given)
    const cause = presentTrouble(given instanceof GraphQLError ? innermost(given) : given)
    if (cause instanceof AppError) return presentAppError(cause, place)
    if (given instanceof GraphQLError && isRefusal(given)) return presentRefusal(given, place)
    const id = newId()
    log.error({ err: cause, id, path: place.path }, 'A request failed by a fault of ours')
    const extensions = { code: 'INTERNAL_SERVER_ERROR', id }
    return { message: `Something went wrong on our side (${id}).`, ...place, extensions }
  }
}

function placeOf(error: unknown): Place {
  if (!(error instanceof GraphQLError)) return {}
  const { locations, path } = error
  return { ...(locations ? { locations } : {}), ...(path ? { path } : {}) }
}

/** What a resolver threw, however deep it was wrapped. */
function innermost(error: GraphQLError): unknown {
  const inner = unwrapResolverError(error)
  if (inner !== error) return inner instanceof GraphQLError ? innermost(inner) : inner
  return error.originalError instanceof AppError ? error.originalError : error
}

function presentAppError(error: AppError, place: Place): GraphQLFormattedError {
  const { problems, retryAfterSeconds } = error.details
  const extensions = {
    code: error.code,
    ...(problems ? { problems } : {}),
    ...(retryAfterSeconds ? { retryAfterSeconds } : {}),
  }
  return { message: error.message, ...place, extensions }
}

/** Errors without a path belong to the request, not to a field; graphql-js itself gives them no code. */
function isRefusal({ extensions, path, originalError }: GraphQLError): boolean {
  const { code } = extensions
  if (code !== undefined) return REFUSALS.has(String(code))
  return path === undefined && !(originalError && !(originalError instanceof GraphQLError))
}

function presentRefusal(
  { message, extensions }: GraphQLError,
  place: Place,
): GraphQLFormattedError {
  const { code = 'INVALID', problem, cost } = extensions
  return {
    message: withoutHints(message),
    ...place,
    extensions: { code, ...(problem ? { problem } : {}), ...(cost ? { cost } : {}) },
  }
}

/** "Did you mean" would tell what nobody asked for. */
const withoutHints = (message: string): string => message.replace(/ Did you mean .*\?$/s, '')
