import Fastify, { type FastifyInstance } from 'fastify'
import type { LiveSocket } from '../graphql/index.ts'
import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import type { PushService } from '../monitors/index.ts'
import { addAuditRoutes, type AuditRoutes } from './audit-routes.ts'
import { addErrorAnswers, answerBadAddress } from './error-answers.ts'
import { addCors } from './cors.ts'
import { buildCsrfWall } from './csrf-wall.ts'
import { guardDomains, rewriteAddress } from './domain-guard.ts'
import { DoorLimits, type PerMinute } from './door-limits.ts'
import type { Front } from './front.ts'
import { addGraphqlRoutes, type GraphqlRoutes } from './graphql-routes.ts'
import { addHealthRoutes, type Probes } from './health-routes.ts'
import { guardHost } from './host-guard.ts'
import { addOAuthRoutes, type OAuthRoutes } from './oauth-routes.ts'
import { addJobReportRoute } from './job-report-route.ts'
import { drainOnClose } from './open-connections.ts'
import { addPingRoutes } from './ping-routes.ts'
import { addPushRoute } from './push-route.ts'
import { ReadyAnswers } from './ready-answers.ts'
import { addRestDocs } from './rest-docs.ts'
import { addRestRoutes } from './rest-routes.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { addStatusDoors, type StatusDoorsRoutes } from './status-doors/status-doors.ts'
import { addStatusPageRoutes, type StatusPageRoutes } from './status-page-routes.ts'
import { addTokenRoutes, type TokenRoutes } from './token-routes.ts'
import { addWebBuild } from './web-build.ts'

const MOST_BODY_BYTES = 1024 * 1024
const MOST_CONNECTIONS = 20_000
/** A request must have arrived by then, however slowly it is sent. */
const REQUEST_TIMEOUT_MS = 30_000

export interface HttpOptions extends GraphqlRoutes {
  liveSocket: Pick<LiveSocket, 'handleUpgrade'>
  push: Pick<PushService, 'receive' | 'ping' | 'report'>
  probes: Probes
  front: Front
  /** Absent: no programs sign in here. */
  tokens?: TokenRoutes
  /** Absent: nobody else signs people in. */
  oauth?: OAuthRoutes
  /** Absent: the audit log is no file here. */
  audit?: AuditRoutes
  /** Absent: status pages were not built. */
  statusPages?: StatusPageRoutes
  /** Absent: nothing is told beside status pages. */
  statusDoors?: StatusDoorsRoutes
  /** Other bounds of requests than the usual ones. */
  perMinute?: Partial<PerMinute>
  clock: Clock
  log: Log
}

/** The HTTP server with all its doors; not listening yet. */
export async function buildHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const { clock, log, probes, push, web, front } = options
  const limits = new DoorLimits(front, clock, options.perMinute)
  const server = newServer(front)
  const ready = new ReadyAnswers(front, log)
  ready.standBefore(server)
  addErrorAnswers(server, log, web)
  addSecurityHeaders(server, front)
  guardHost(server, front)
  guardDomains(server, front)
  addCors(server, front)
  limits.guard(server)
  buildCsrfWall(server, front)
  logRequests(server, log)
  drainOnClose(server, clock)
  addHealthRoutes(server, probes, clock)
  addPushRoute(server, push)
  addPingRoutes(server, push)
  addJobReportRoute(server, push)
  addGraphqlRoutes(server, options)
  await addRestRoutes(server, options)
  addRestDocs(server)
  if (options.tokens) await addTokenRoutes(server, options.tokens)
  if (options.oauth) addOAuthRoutes(server, options.oauth)
  if (options.audit) addAuditRoutes(server, options.audit)
  if (options.statusPages) await addStatusPageRoutes(server, { ...options.statusPages, ready })
  if (options.statusDoors) await addStatusDoors(server, options.statusDoors)
  if (web) await addWebBuild(server, web)
  routeUpgrades(server, options.liveSocket, limits, front)
  return server
}

function newServer(front: Front): FastifyInstance {
  const server = Fastify({
    logger: false,
    bodyLimit: MOST_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    rewriteUrl: (request) => rewriteAddress(front, request),
    // A push token of any length gets the push API's own answer; node bounds the address by 16 KiB.
    routerOptions: { maxParamLength: 16_384 },
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    frameworkErrors: answerBadAddress,
  })
  // JSON is the only language here; a form of a foreign page can send plain text.
  server.removeContentTypeParser('text/plain')
  server.server.maxConnections = MOST_CONNECTIONS
  return server
}

function logRequests(server: FastifyInstance, log: Log): void {
  server.addHook('onResponse', async ({ method, routeOptions }, { statusCode, elapsedTime }) => {
    const ms = Math.round(elapsedTime)
    log.debug({ method, route: routeOptions.url, status: statusCode, ms }, 'request')
  })
}

/** A WebSocket is welcome on /graphql and nowhere else. */
function routeUpgrades(
  server: FastifyInstance,
  liveSocket: HttpOptions['liveSocket'],
  limits: DoorLimits,
  front: Front,
): void {
  server.server.on('upgrade', (request, socket, head: Buffer) => {
    const refuse = (status: string): void => {
      socket.on('error', () => socket.destroy())
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    }
    request.url = front.withoutPrefix(request.url ?? '/')
    if (request.url.split('?')[0] !== '/graphql') return refuse('404 Not Found')
    if (!limits.maySocket(request)) return refuse('429 Too Many Requests\r\nRetry-After: 60')
    liveSocket.handleUpgrade(request, socket, head)
  })
}
