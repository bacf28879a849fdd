import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '../lib/app-error.ts'
import type { PushService } from '../monitors/index.ts'

type PushRequest = FastifyRequest<{
  Params: { token: string }
  Querystring: Record<string, string | string[]>
}>

const first = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value

/** Heartbeats in the format of Uptime Kuma: any method, everything in the query, 404 for whatever is wrong. */
export function addPushRoute(server: FastifyInstance, push: Pick<PushService, 'receive'>): void {
  void server.register((scope, _options, done) => {
    // The body is ignored, whatever it is.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, next) => {
      payload.resume()
      next(null)
    })
    // A type that can't be read must not cost a heartbeat.
    scope.addHook('onRequest', async ({ raw }) => {
      if (raw.headers['content-type']) raw.headers['content-type'] = 'application/octet-stream'
    })
    scope.route({
      method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      url: '/api/push/:token',
      exposeHeadRoute: false,
      handler: async (request: PushRequest, reply) => {
        const { status, msg, ping } = request.query
        try {
          const answer = await push.receive(request.params.token, {
            status: first(status),
            msg: first(msg),
            ping: first(ping),
          })
          return await reply
            .code(answer.ok ? 200 : 404)
            .header('cache-control', 'no-store')
            .send(answer)
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'UNAVAILABLE') throw error
          const seconds = Number(error.details['retryAfterSeconds'] ?? 5)
          return reply
            .code(503)
            .header('retry-after', seconds)
            .send({ ok: false, msg: error.message })
        }
      },
    })
    done()
  })
}
