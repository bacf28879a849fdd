import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '../lib/app-error.ts'
import type { Front } from './front.ts'
import { isHeartbeat } from './ping-path.ts'
import { bringsSession } from './session-cookie.ts'

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])
const REST = /^\/api\//

/**
 * A page of somebody else can send requests with our visitor’s cookie, but can’t hide where it is, and can’t set
 * headers of its own without our leave. Requests with a token need no wall: no page gets them to be sent.
 */
export function buildCsrfWall(server: FastifyInstance, front: Front): void {
  server.addHook('onRequest', async (request) => {
    const { method, headers } = request
    if (READING.has(method) || headers.authorization !== undefined) return
    // Heartbeats know no sessions: whoever has the address may send them.
    if (!bringsSession(headers.cookie) || isHeartbeat(request.url.split('?')[0] ?? '')) return
    const problem = problemOf(request, front)
    if (problem) throw new AppError('FORBIDDEN', problem)
  })
}

function problemOf({ headers, url, raw }: FastifyRequest, front: Front): string | undefined {
  if (!front.isOriginAllowed(headers.origin, raw))
    return 'Pages of other origins may change nothing here. A client from elsewhere belongs in WEB_ORIGIN.'
  if (headers.origin === undefined && headers['sec-fetch-site'] === 'cross-site')
    return 'Pages of other sites may change nothing here.'
  if (REST.test(url) && headers['x-requested-with'] === undefined)
    return 'A change with a session cookie needs the header x-requested-with, whatever its value.'
  return undefined
}
