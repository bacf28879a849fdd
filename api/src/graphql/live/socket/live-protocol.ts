import type { DocumentNode, ExecutionArgs } from 'graphql'
import { GraphQLError } from 'graphql'
import { type Server, type SubscribePayload, makeServer } from 'graphql-ws'
import { AppError } from '../../../lib/app-error.ts'
import type { Log } from '../../../lib/log.ts'
import type { Live, PreparedLive } from '../live.ts'
import { LiveRefusal } from '../live-operation.ts'
import type { LiveSubscription } from '../stream/live-streams.ts'
import { type LiveConnection, SocketOutlet } from './live-connection.ts'

const MOST_SUBSCRIPTIONS = 20
/** "Try again later": clients reconnect by themselves. */
const TRY_AGAIN_LATER = 1013

export interface ProtocolExtra extends Record<PropertyKey, unknown> {
  connection: LiveConnection
}

interface Admitted {
  connection: LiveConnection
  subscriptionId: string
  prepared: PreparedLive
}

/**
 * graphql-transport-ws, spoken by graphql-ws. It calls `subscribe` as if it were graphql's, but gets a stream that
 * yields nothing: the batches go straight to the connection, where all subscriptions share them.
 */
export function liveProtocol(
  live: Live,
  log: Log,
  admit: (connection: LiveConnection, payload: object) => Promise<void>,
): Server<ProtocolExtra> {
  return makeServer<Record<string, unknown>, ProtocolExtra>({
    onConnect: async ({ connectionParams, extra }) => {
      try {
        await admit(extra.connection, connectionParams ?? {})
        return true
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        if (error.code !== 'UNAVAILABLE') return false
        extra.connection.webSocket.close(TRY_AGAIN_LATER, 'Try again later')
        return true
      }
    },
    onSubscribe: ({ subscriptions, extra }, subscriptionId, payload) =>
      Object.keys(subscriptions).length > MOST_SUBSCRIPTIONS
        ? [tooMany()]
        : prepare(live, extra.connection, subscriptionId, payload),
    subscribe: (args: ExecutionArgs) => {
      const { connection, subscriptionId, prepared } = args.contextValue as Admitted
      const outlet = new SocketOutlet(connection, subscriptionId)
      const subscription = live.subscribe(prepared, outlet)
      return silentStream(subscription, (error) => {
        log.warn({ err: error }, 'A subscription broke off; its client is asked to come back')
        connection.webSocket.close(TRY_AGAIN_LATER, 'Try again later')
      })
    },
    onError: (_context, _id, _payload, errors) => live.present(errors),
  })
}

async function prepare(
  live: Live,
  connection: LiveConnection,
  subscriptionId: string,
  payload: SubscribePayload,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  try {
    const prepared = await live.prepare(payload, connection.actor)
    const contextValue: Admitted = { connection, subscriptionId, prepared }
    const document: DocumentNode = prepared.operation.document
    return { schema: live.schema, document, operationName: payload.operationName, contextValue }
  } catch (error) {
    if (error instanceof LiveRefusal) return error.errors
    throw error
  }
}

function tooMany(): GraphQLError {
  const message = `A socket carries at most ${MOST_SUBSCRIPTIONS} subscriptions.`
  return new GraphQLError(message, { extensions: { code: 'LIMIT' } })
}

/** Ends when the subscription ends, and yields nothing on the way. */
function silentStream(
  subscription: LiveSubscription,
  broken: (error: unknown) => void,
): AsyncGenerator<never, void> {
  const end = { done: true as const, value: undefined }
  const ended = subscription.done.catch((error: unknown) => {
    if (error instanceof AppError && error.code !== 'UNAVAILABLE') throw error
    broken(error)
  })
  const stop = async (): Promise<typeof end> => {
    subscription.close()
    await ended.catch(() => undefined)
    return end
  }
  return {
    next: async () => {
      await ended
      return end
    },
    return: stop,
    throw: stop,
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
