import type { ApolloServerPlugin } from '@apollo/server'
import { GraphQLError } from 'graphql'
import type { Budget } from './limits/budget.ts'
import { exceededLimits, measureOf } from './limits/validate-operation.ts'
import type { RequestContext } from './request-context.ts'

/** Judges every operation before it runs, takes its cost from the actor's budget, and tells what it cost. */
export function limitsPlugin(budget: Budget): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ schema, document, request, operationName, contextValue, operation }) {
          if (operation?.operation === 'subscription') throw subscriptionRefused()
          const [exceeded] = exceededLimits(schema, document, request.variables, operationName)
          if (exceeded) throw exceeded
          const cost = measureOf(schema, document, request.variables, operationName)?.cost ?? 0
          const { isExceeded, ...spent } = budget.spend(budgetKey(contextValue), cost)
          contextValue.cost = spent
          if (isExceeded)
            throw new GraphQLError(
              `This operation costs ${cost}, and ${spent.remaining} is left until ${spent.resetAt}.`,
              {
                extensions: { code: 'LIMIT', cost: spent },
              },
            )
          return Promise.resolve()
        },
        willSendResponse({ response, contextValue }) {
          const { cost } = contextValue
          if (cost && response.body.kind === 'single')
            response.body.singleResult.extensions = {
              ...response.body.singleResult.extensions,
              cost,
            }
          return Promise.resolve()
        },
      }),
  }
}

const budgetKey = ({ actor }: RequestContext): string => `${actor.workspaceId} ${actor.kind}`

function subscriptionRefused(): GraphQLError {
  return new GraphQLError(
    'Subscriptions travel over WebSocket on this URL (graphql-transport-ws) or over server-sent events on /graphql/stream.',
    { extensions: { code: 'INVALID' } },
  )
}

/** Ends the request's snapshot, whatever became of the request. */
export const scopePlugin: ApolloServerPlugin<RequestContext> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: ({ contextValue }) => contextValue.close(),
    }),
}

const REFUSED_BEFORE_EXECUTION = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
  'LIMIT',
])

/**
 * GraphQL over HTTP: a client that does not ask for application/graphql-response+json gets 200 for a well-formed
 * request, also when the document is refused.
 */
export const statusPlugin: ApolloServerPlugin<RequestContext> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ request, response }) {
        const accepts = request.http?.headers.get('accept') ?? ''
        const { http, body } = response
        if (accepts.includes('application/graphql-response+json') || http.status !== 400)
          return Promise.resolve()
        const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : []
        const isRefused = errors.every(({ extensions }) =>
          REFUSED_BEFORE_EXECUTION.has(String(extensions?.['code'])),
        )
        if (errors.length && isRefused) http.status = 200
        return Promise.resolve()
      },
    }),
}
