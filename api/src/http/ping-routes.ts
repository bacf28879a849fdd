import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { IncomingMessage } from 'node:http'
import { AppError } from '../lib/app-error.ts'
import { MOST_BODY_BYTES, type Ping, type PingAnswer, type PushService } from '../monitors/index.ts'
import { pingRest, readPingPath } from './ping-path.ts'

type PingRequest = FastifyRequest<{ Querystring: Record<string, string | string[]> }>

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const ROOT_ID = '/:id(^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$)'
const ROOT_KEY = '/:key(^[A-Za-z0-9_-]{22}$)/:slug(^[A-Za-z0-9_-]+$)'
const URLS = ['/ping/*', ROOT_ID, `${ROOT_ID}/:end`, ROOT_KEY, `${ROOT_KEY}/:end`]

const ANSWERS: Record<PingAnswer, readonly [status: number, text: string]> = {
  ok: [200, 'OK'],
  created: [201, 'Created'],
  notFound: [404, 'not found'],
  ambiguous: [409, 'ambiguous slug'],
}

/** Heartbeats in the format of Healthchecks: any method, the same words, statuses and headers. */
export function addPingRoutes(server: FastifyInstance, push: Pick<PushService, 'ping'>): void {
  void server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, next) => {
      readStart(payload).then((body) => next(null, body), next)
    })
    // A type that can't be read must not cost a heartbeat.
    scope.addHook('onRequest', async ({ raw }) => {
      if (raw.headers['content-type']) raw.headers['content-type'] = 'application/octet-stream'
    })
    for (const url of URLS)
      scope.route({
        ...{ method: METHODS, url, exposeHeadRoute: false },
        handler: (request: PingRequest, reply) => answer(request, reply, push),
      })
    done()
  })
}

type ReadPing = Ping | { status: 400 | 404; text: string }

async function answer(
  request: PingRequest,
  reply: FastifyReply,
  push: Pick<PushService, 'ping'>,
): Promise<FastifyReply> {
  const ping = readPing(request)
  if ('text' in ping) return send(reply, ping.status, ping.text)
  try {
    return send(reply, ...ANSWERS[await push.ping(ping)])
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'UNAVAILABLE') throw error
    reply.header('retry-after', Number(error.details['retryAfterSeconds'] ?? 5))
    return send(reply, 503, 'come again later')
  }
}

function readPing(request: PingRequest): ReadPing {
  const { create, rid } = request.query
  const path = readPingPath(pingRest(pathOf(request)) ?? '', first(create) === '1')
  if (path === 'not found') return { status: 404, text: path }
  if (path === 'invalid url format') return { status: 400, text: path }
  const runId = first(rid)
  if (runId !== undefined && !UUID.test(runId)) return { status: 400, text: 'invalid uuid format' }
  const { body, method } = request
  const kept = Buffer.isBuffer(body) && body.length ? body : null
  return { ...path, body: kept, rid: runId?.toLowerCase() ?? null, method }
}

function send(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply
    .code(status)
    .headers({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'max-age=0, no-cache, no-store, must-revalidate, private',
      'ping-body-limit': MOST_BODY_BYTES,
    })
    .type('text/plain; charset=utf-8')
    .send(text)
}

/** The first bytes are kept, the rest is let go by: a long log is no error. */
async function readStart(payload: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    if (bytes < MOST_BODY_BYTES) chunks.push(chunk)
    bytes += chunk.length
  }
  return Buffer.concat(chunks).subarray(0, MOST_BODY_BYTES)
}

const pathOf = ({ url }: FastifyRequest): string => url.split('?')[0] ?? url

const first = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value
