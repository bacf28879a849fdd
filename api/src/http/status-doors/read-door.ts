import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

type Answering = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

const READ_METHODS = 'GET, HEAD, OPTIONS'
const PREFLIGHT_SECONDS = 86_400

/** Anybody’s page may read what anybody may read; it gets no cookies to come along. */
export function openToEverybody(scope: FastifyInstance): void {
  scope.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'etag, last-modified, retry-after',
      'cross-origin-resource-policy': 'cross-origin',
    })
  })
}

/** A door that is only read: GET, HEAD, the question of browsers whether they may, and 405 for the rest. */
export function addReadDoor(scope: FastifyInstance, url: string, answer: Answering): void {
  scope.get(url, answer)
  scope.options(url, async (_request, reply) =>
    reply
      .code(204)
      .headers({
        ...{ allow: READ_METHODS, 'access-control-allow-methods': 'GET, HEAD' },
        ...{ 'access-control-allow-headers': '*', 'access-control-max-age': PREFLIGHT_SECONDS },
      })
      .send(),
  )
  refuseOthers(scope, url, ['POST', 'PUT', 'PATCH', 'DELETE'], READ_METHODS)
}

/** Refuses before a body is looked at: whatever it is, nobody wants it. */
export function refuseOthers(
  scope: FastifyInstance,
  url: string,
  methods: string[],
  allowed: string,
): void {
  scope.route({
    method: methods,
    url,
    onRequest: (_request, reply, _done) =>
      void reply
        .code(405)
        .headers({ allow: allowed, 'cache-control': 'no-store' })
        .send({ error: 'INVALID', message: `This address takes ${allowed}.` }),
    handler: () => undefined,
  })
}
