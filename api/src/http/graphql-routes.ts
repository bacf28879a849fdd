import type { ApolloServer } from '@apollo/server'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { LiveEventSource, RequestContext } from '../graphql/index.ts'
import { vary } from './cors.ts'
import { sendPage, type WebBuild } from './web-build.ts'

export interface GraphqlRoutes {
  apollo: ApolloServer<RequestContext>
  /** The context of one request; the route ends it. May throw an AppError. */
  openContext: (request: FastifyRequest, reply: FastifyReply) => Promise<RequestContext>
  eventSource: LiveEventSource
  /** The contract as text. */
  contract: string
  web: WebBuild | undefined
}

const wantsPage = ({ method, headers, query }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  (headers.accept ?? '').includes('text/html') &&
  !(query as Record<string, unknown>)['query']

/** `/graphql` (queries, mutations, playground), `/graphql/stream` (live over SSE), `/schema.graphql`. */
export function addGraphqlRoutes(server: FastifyInstance, routes: GraphqlRoutes): void {
  const answer = graphqlHandler(server, routes)
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: (request, reply) => {
      vary(reply, 'accept')
      return routes.web && wantsPage(request)
        ? sendPage(reply, routes.web, 'playground')
        : answer(request, reply.header('cache-control', 'no-store'))
    },
  })
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql/stream',
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      reply.hijack()
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value)
      await routes.eventSource.handle(request.raw, reply.raw, request.body)
    },
  })
  server.route({
    method: ['PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler: (_request, reply) =>
      reply
        .code(405)
        .header('allow', 'GET, POST')
        .send(refusal('INVALID', 'Send GraphQL by POST, or a query by GET.')),
  })
  server.get('/schema.graphql', (_request, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(routes.contract),
  )
}

/** However the request ends, by an answer, a fault or a client that has gone, its snapshot goes back. */
function graphqlHandler(
  server: FastifyInstance,
  { apollo, openContext }: GraphqlRoutes,
): (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> {
  const contexts = new WeakMap<FastifyRequest, RequestContext>()
  const run = fastifyApolloHandler(apollo, {
    context: (request) => Promise.resolve(contexts.get(request)!),
  })
  return async (request, reply) => {
    const context = await openContext(request, reply)
    contexts.set(request, context)
    try {
      return await run.call(server, request, reply)
    } finally {
      await context.close()
    }
  }
}

/** A refusal in the form of GraphQL, for clients that read nothing else. */
export const refusal = (code: string, message: string): object => ({
  errors: [{ message, extensions: { code } }],
})
