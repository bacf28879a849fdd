import type { FastifyInstance } from 'fastify'
import type { Front } from './front.ts'

/** Refuses requests under foreign names with 421. */
export function guardHost(server: FastifyInstance, front: Front): void {
  server.addHook('onRequest', async (request, reply) => {
    if (front.isHostAllowed(request.raw)) return undefined
    return reply
      .code(421)
      .type('text/plain; charset=utf-8')
      .send(
        'Allswell answers only as localhost, 127.0.0.1 or [::1], under its PUBLIC_URL, and under the names in ALLOWED_HOSTS.\n',
      )
  })
}
