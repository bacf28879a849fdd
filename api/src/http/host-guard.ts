import type { FastifyInstance } from 'fastify'

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i

/** Until accounts exist the server answers under the names of this machine only: a foreign name is DNS rebinding. */
export function isHostAllowed(host: string | undefined): boolean {
  return LOOPBACK.test(host ?? '')
}

/** Refuses requests under foreign names with 421. */
export function guardHost(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    if (isHostAllowed(request.headers.host)) return undefined
    return reply
      .code(421)
      .type('text/plain; charset=utf-8')
      .send('Allswell answers only as localhost, 127.0.0.1 or [::1] until there are accounts.\n')
  })
}
