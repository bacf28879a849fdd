import { type ApolloServerPlugin, HeaderMap } from '@apollo/server'
import { GraphQLError } from 'graphql'
import type { Bill, Budget } from './limits/budget.ts'
import { documentProblem } from './limits/parse-operation.ts'
import { judgeOperation } from './limits/validate-operation.ts'
import type { RequestContext } from './request-context.ts'

type Plugin = ApolloServerPlugin<RequestContext>

/** Judges every operation before it runs and takes its cost from the actor's budget. */
export function judgingPlugin(budget: Budget): Plugin {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ schema, document, request, operation, contextValue }) {
          if (operation?.operation === 'subscription') throw subscriptionRefused()
          const tooLong = documentProblem(request.query ?? '')
          if (tooLong) throw refused(tooLong)
          const { variables, operationName } = request
          const { refusal, cost } = judgeOperation(schema, document, variables, operationName)
          if (refusal) throw refused(refusal)
          contextValue.charge(budget.spend(budgetKey(contextValue), cost))
          if (contextValue.bill?.waitSeconds) throw budgetExceeded(contextValue.bill)
          return Promise.resolve()
        },
      }),
  }
}

/** Each session and each token has a budget of its own; visitors share one by address. */
const budgetKey = ({ actor }: RequestContext): string =>
  actor.credentialId ?? `${actor.kind} ${actor.ipAddress ?? ''}`

const costOf = ({ requested, remaining, resetAt }: Bill): object => ({
  requested,
  remaining,
  resetAt,
})

function refused(error: GraphQLError, status = 400): GraphQLError {
  const extensions = { ...error.extensions, http: { status } }
  return new GraphQLError(error.message, { nodes: error.nodes ?? null, extensions })
}

function budgetExceeded(bill: Bill): GraphQLError {
  const { requested, remaining, waitSeconds } = bill
  const message = `This operation costs ${requested} and ${remaining} is left: wait ${waitSeconds} s.`
  const headers = new HeaderMap([['retry-after', `${waitSeconds}`]])
  const extensions = { code: 'LIMIT', cost: costOf(bill), http: { status: 429, headers } }
  return new GraphQLError(message, { extensions })
}

function subscriptionRefused(): GraphQLError {
  const message =
    'Subscriptions travel over WebSocket on this URL (graphql-transport-ws) or over server-sent events on /graphql/stream.'
  return refused(new GraphQLError(message, { extensions: { code: 'INVALID' } }))
}

/** Ends the snapshot as soon as the answer is known, and says what it cost. */
export const closingPlugin: Plugin = {
  requestDidStart: () =>
    Promise.resolve({
      async willSendResponse({ response: { body }, contextValue }) {
        const { bill } = contextValue
        if (bill && body.kind === 'single')
          body.singleResult.extensions = { ...body.singleResult.extensions, cost: costOf(bill) }
        await contextValue.close()
      },
    }),
}

/**
 * GraphQL over HTTP: a client that does not ask for application/graphql-response+json gets 200 for a well-formed
 * request, also when its document is refused.
 */
export const statusPlugin: Plugin = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ request, response: { http, body } }) {
        const accepts = request.http?.headers.get('accept') ?? ''
        if (accepts.includes('application/graphql-response+json') || http.status !== 400)
          return Promise.resolve()
        const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : []
        const isWellFormed = errors.every(({ extensions }) => extensions?.code !== 'BAD_REQUEST')
        if (errors.length && isWellFormed) http.status = 200
        return Promise.resolve()
      },
    }),
}
