import Fastify, { type FastifyInstance } from 'fastify'
import type { LiveSocket } from '../graphql/index.ts'
import { AppError } from '../lib/app-error.ts'
import type { Log } from '../lib/log.ts'
import type { PushService } from '../monitors/index.ts'
import { addErrorAnswers } from './error-answers.ts'
import { addGraphqlRoutes, type GraphqlRoutes } from './graphql-routes.ts'
import { addHealthRoutes, type Probes } from './health-routes.ts'
import { guardHost } from './host-guard.ts'
import { addPushRoute } from './push-route.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { addWebBuild } from './web-build.ts'

const MOST_BODY_BYTES = 1024 * 1024

export interface HttpOptions extends GraphqlRoutes {
  liveSocket: LiveSocket
  push: PushService
  probes: Probes
  log: Log
}

/** The HTTP server with all its doors; not listening yet. */
export async function buildHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const server = Fastify({
    logger: false,
    bodyLimit: MOST_BODY_BYTES,
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: true,
  })
  guardHost(server)
  addSecurityHeaders(server)
  addErrorAnswers(server, options.log, options.web)
  logRequests(server, options.log)
  addHealthRoutes(server, options.probes)
  addPushRoute(server, options.push)
  addGraphqlRoutes(server, options)
  if (options.web) await addWebBuild(server, options.web)
  routeUpgrades(server, options.liveSocket)
  return server
}

function logRequests(server: FastifyInstance, log: Log): void {
  server.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    log.debug(
      {
        method,
        route: routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    )
  })
}

/** A WebSocket is welcome on /graphql and nowhere else. */
function routeUpgrades(server: FastifyInstance, liveSocket: LiveSocket): void {
  server.server.on('upgrade', (request, socket, head: Buffer) => {
    if (request.url?.split('?')[0] === '/graphql')
      return liveSocket.handleUpgrade(request, socket, head)
    socket.on('error', () => socket.destroy())
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
}

/** Listens; answers the port. Throws UNAVAILABLE with what to do when the port is taken. */
export async function listen(server: FastifyInstance, host: string, port: number): Promise<number> {
  try {
    await server.listen({ host, port, listenTextResolver: () => '' })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      throw new AppError(
        'UNAVAILABLE',
        `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start`,
      )
    if (code === 'EACCES')
      throw new AppError(
        'UNAVAILABLE',
        `This account may not listen on port ${port}. Choose one above 1023: PORT=3000 npm start`,
      )
    throw error
  }
  const address = server.server.address()
  return typeof address === 'object' && address ? address.port : port
}
