import Fastify, { type FastifyInstance } from 'fastify'
import type { LiveSocket } from '../graphql/index.ts'
import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import type { PushService } from '../monitors/index.ts'
import { addErrorAnswers, answerBadAddress } from './error-answers.ts'
import { addGraphqlRoutes, type GraphqlRoutes } from './graphql-routes.ts'
import { addHealthRoutes, type Probes } from './health-routes.ts'
import { guardHost } from './host-guard.ts'
import { drainOnClose } from './open-connections.ts'
import { addPushRoute } from './push-route.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { addWebBuild } from './web-build.ts'

const MOST_BODY_BYTES = 1024 * 1024
const MOST_CONNECTIONS = 20_000
/** A request must have arrived by then, however slowly it is sent. */
const REQUEST_TIMEOUT_MS = 30_000

export interface HttpOptions extends GraphqlRoutes {
  liveSocket: Pick<LiveSocket, 'handleUpgrade'>
  push: Pick<PushService, 'receive'>
  probes: Probes
  clock: Clock
  log: Log
}

/** The HTTP server with all its doors; not listening yet. */
export async function buildHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const { clock, log, probes, push, liveSocket, web } = options
  const server = Fastify({
    logger: false,
    bodyLimit: MOST_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // A push token of any length gets the push API's own answer; node bounds the address by 16 KiB.
    routerOptions: { maxParamLength: 16_384 },
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    frameworkErrors: answerBadAddress,
  })
  // JSON is the only language here; a form of a foreign page can send plain text.
  server.removeContentTypeParser('text/plain')
  server.server.maxConnections = MOST_CONNECTIONS
  addSecurityHeaders(server)
  guardHost(server)
  addErrorAnswers(server, log, web)
  logRequests(server, log)
  drainOnClose(server, clock)
  addHealthRoutes(server, probes, clock)
  addPushRoute(server, push)
  addGraphqlRoutes(server, options)
  if (web) await addWebBuild(server, web)
  routeUpgrades(server, liveSocket)
  return server
}

function logRequests(server: FastifyInstance, log: Log): void {
  server.addHook('onResponse', async ({ method, routeOptions }, { statusCode, elapsedTime }) => {
    const ms = Math.round(elapsedTime)
    log.debug({ method, route: routeOptions.url, status: statusCode, ms }, 'request')
  })
}

/** A WebSocket is welcome on /graphql and nowhere else. */
function routeUpgrades(server: FastifyInstance, liveSocket: HttpOptions['liveSocket']): void {
  server.server.on('upgrade', (request, socket, head: Buffer) => {
    if (request.url?.split('?')[0] === '/graphql')
      return liveSocket.handleUpgrade(request, socket, head)
    socket.on('error', () => socket.destroy())
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
}
