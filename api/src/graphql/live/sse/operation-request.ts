import type { IncomingMessage } from 'node:http'
import { AppError } from '../../../lib/app-error.ts'
import type { OperationRequest } from '../live-operation.ts'

/** The operation of a GET (query string) or a POST (parsed JSON body). Throws INVALID. */
export function operationOf(request: IncomingMessage, body: unknown): OperationRequest {
  if (request.method === 'POST') return fromFields(isFields(body) ? body : {})
  const search = new URL(request.url ?? '/', 'http://localhost').searchParams
  const variables = search.get('variables')
  return fromFields({
    query: search.get('query'),
    variables: variables ? parseJson(variables) : undefined,
    operationName: search.get('operationName'),
  })
}

function fromFields({
  query,
  variables,
  operationName,
}: Record<string, unknown>): OperationRequest {
  if (typeof query !== 'string' || !query) throw new AppError('INVALID', 'query is missing.')
  if (variables && !isFields(variables))
    throw new AppError('INVALID', 'variables must be a JSON object.')
  if (operationName && typeof operationName !== 'string')
    throw new AppError('INVALID', 'operationName must be a string.')
  return {
    query,
    variables: variables ? (variables as Record<string, unknown>) : undefined,
    operationName: operationName ? (operationName as string) : undefined,
  }
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('INVALID', 'variables must be JSON.')
  }
}
