import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Front } from './front.ts'

/** The doors for programs, and so for clients from elsewhere. Pages, and those of a sign-in above all, are not. */
const OPEN = /^\/(graphql(\/stream)?|auth\/(token|revoke)|api\/.*)$/
const PREFLIGHT_SECONDS = 7_200

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE'
const REQUEST_HEADERS = [
  ...['content-type', 'authorization', 'allswell-workspace', 'apollo-require-preflight'],
  ...['x-requested-with', 'last-event-id', 'idempotency-key', 'if-match', 'if-none-match'],
].join(', ')
const ANSWER_HEADERS = [
  ...['retry-after', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'],
  ...['etag', 'location', 'link'],
].join(', ')

/** Says of an answer that it depends on one more header of the request. */
export function vary(reply: FastifyReply, name: string): void {
  const known = String(reply.getHeader('vary') ?? '')
  const names = known.split(',').map((one) => one.trim().toLowerCase())
  if (!names.includes(name)) reply.header('vary', known ? `${known}, ${name}` : name)
}

/** Lets pages of the origins in WEB_ORIGIN read our answers, refusals too, with their cookies. Nobody else’s. */
export function addCors(server: FastifyInstance, front: Front): void {
  if (!front.webOrigins.length) return
  server.addHook('onRequest', async (request, reply) => {
    vary(reply, 'origin')
    const { origin } = request.headers
    const isOpen = OPEN.test(request.url.split('?')[0] ?? '')
    if (!isOpen || origin === undefined || !front.webOrigins.includes(origin)) return undefined
    reply.headers({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': ANSWER_HEADERS,
      'cross-origin-resource-policy': 'cross-origin',
    })
    const isPreflight = request.headers['access-control-request-method'] !== undefined
    return request.method === 'OPTIONS' && isPreflight ? answerPreflight(reply) : undefined
  })
  // Whoever sets the header later on does not know of this one.
  server.addHook('onSend', async (_request, reply) => vary(reply, 'origin'))
}

function answerPreflight(reply: FastifyReply): FastifyReply {
  return reply
    .code(204)
    .headers({
      'access-control-allow-methods': METHODS,
      'access-control-allow-headers': REQUEST_HEADERS,
      'access-control-max-age': PREFLIGHT_SECONDS,
    })
    .send()
}
