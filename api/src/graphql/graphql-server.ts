import { ApolloServer } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql'
import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import { Budget } from './limits/budget.ts'
import { LIMITS } from './limits/limits.ts'
import { closingPlugin, judgingPlugin, statusPlugin } from './operation-plugins.ts'
import type { RequestContext } from './request-context.ts'

export interface GraphqlServerOptions {
  schema: GraphQLSchema
  clock: Clock
  log: Log
  /** Masks what was not thrown on purpose; the same as for the live transports. */
  presentError: (error: unknown) => GraphQLFormattedError
}

/** The GraphQL server of queries and mutations; subscriptions have their own transports. Started. */
export async function startGraphqlServer(
  options: GraphqlServerOptions,
): Promise<ApolloServer<RequestContext>> {
  const { schema, clock, log, presentError } = options
  const server = new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    parseOptions: { maxTokens: LIMITS.tokens },
    // judgingPlugin validates: limits first, because validation itself is slow for what exceeds them.
    dangerouslyDisableValidation: true,
    stopOnTerminationSignals: false,
    formatError: (_formatted, error) => presentError(error),
    logger: {
      debug: (message: string) => log.debug({}, message),
      info: (message: string) => log.debug({}, message),
      warn: (message: string) => log.warn({}, message),
      error: (message: string) => log.error({}, message),
    },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      // Whatever the environment holds, nothing is told to anybody.
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      judgingPlugin(new Budget(clock)),
      closingPlugin,
      statusPlugin,
    ],
  })
  await server.start()
  return server
}
