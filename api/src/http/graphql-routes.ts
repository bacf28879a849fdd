import type { ApolloServer } from '@apollo/server'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { LiveEventSource, RequestContext } from '../graphql/index.ts'
import { sendPage, type WebBuild } from './web-build.ts'

export interface GraphqlRoutes {
  apollo: ApolloServer<RequestContext>
  /** The context of one request; the route ends it. */
  openContext: (request: FastifyRequest) => RequestContext
  eventSource: LiveEventSource
  /** The contract as text. */
  contract: string
  web: WebBuild | undefined
}

const wantsPage = ({ headers, query }: FastifyRequest): boolean =>
  (headers.accept ?? '').includes('text/html') && !(query as Record<string, unknown>)['query']

/** `/graphql` (queries, mutations, playground), `/graphql/stream` (live over SSE), `/schema.graphql`. */
export function addGraphqlRoutes(server: FastifyInstance, routes: GraphqlRoutes): void {
  const contexts = new WeakMap<FastifyRequest, RequestContext>()
  const apollo = fastifyApolloHandler(routes.apollo, {
    context: (request) => {
      const context = routes.openContext(request)
      contexts.set(request, context)
      return Promise.resolve(context)
    },
  })
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: (request, reply) =>
      request.method === 'GET' && routes.web && wantsPage(request)
        ? sendPage(reply, routes.web, 'playground')
        : apollo.call(server, request, reply),
    // However the request ends, its snapshot goes back.
    onResponse: async (request) => contexts.get(request)?.close(),
  })
  server.addHook('onRequestAbort', async (request) => contexts.get(request)?.close())
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql/stream',
    handler: async (request, reply) => {
      reply.hijack()
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value)
      await routes.eventSource.handle(request.raw, reply.raw, request.body)
    },
  })
  server.get('/schema.graphql', (_request, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(routes.contract),
  )
}
