import type { ApolloServer } from '@apollo/server'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { RequestContext } from '../graphql/index.ts'
import { AppError } from '../lib/app-error.ts'
import { ERROR_STATUS } from '../lib/error-status.ts'
import { newId } from '../lib/ids.ts'
import type { Log } from '../lib/log.ts'
import {
  etagOf,
  isKnown,
  type Method,
  openapi,
  OPERATIONS,
  Problem,
  RestApi,
  type RestAnswer,
  type RestOperation,
  statusOf,
} from '../rest/index.ts'
import { vary } from './cors.ts'
import type { Front } from './front.ts'
import { acceptsJson } from './accepts-json.ts'

export interface RestRoutes {
  apollo: ApolloServer<RequestContext>
  openContext: (request: FastifyRequest, reply: FastifyReply) => Promise<RequestContext>
  /** The contract as text. */
  contract: string
  front: Front
  log: Log
}

const BASE = '/api/v1'
const ALL = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const MERGE_PATCH = 'application/merge-patch+json'

/** `/api/v1`: every operation of REST, and what it may not be asked for; `/api/openapi.json`. */
export async function addRestRoutes(server: FastifyInstance, routes: RestRoutes): Promise<void> {
  const api = new RestApi(routes.apollo, routes.contract)
  let document: string | undefined
  server.get('/api/openapi.json', (_request, reply) => {
    document ??= JSON.stringify(openapi(api.operations, routes.front.prefix))
    return reply
      .type('application/json; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(document)
  })
  await server.register(
    async (scope) => {
      scope.setErrorHandler((error: FastifyError, _request, reply) =>
        tell(reply, problemFor(error, routes.log)),
      )
      readBodies(scope)
      scope.setNotFoundHandler((request, reply) =>
        tell(reply, new Problem(404, `There is nothing at ${pathOf(request)}.`)),
      )
      for (const operation of OPERATIONS) addOperation(scope, operation, api, routes)
      for (const path of new Set(OPERATIONS.map((one) => one.path))) refuseOthers(scope, path)
      await Promise.resolve()
    },
    { prefix: BASE },
  )
}

const pathOf = ({ url }: FastifyRequest): string => (url.split('?')[0] ?? '').slice(0, 200)
const routeOf = (path: string): string => path.replace('{id}', ':id')

/** An empty body is none, whatever it is called. */
function readBodies(scope: FastifyInstance): void {
  const parse = scope.getDefaultJsonParser('error', 'error')
  scope.removeContentTypeParser('application/json')
  scope.addContentTypeParser(
    ['application/json', MERGE_PATCH],
    { parseAs: 'string' },
    (request, body, done) => {
      if (body === '') return done(null, undefined)
      return void parse(request, body as string, done)
    },
  )
}

function addOperation(
  scope: FastifyInstance,
  operation: RestOperation,
  api: RestApi,
  routes: RestRoutes,
): void {
  scope.route({
    method: operation.method,
    url: routeOf(operation.path),
    preParsing: async (request) => refuseStrangers(request, operation.method),
    handler: async (request, reply) => {
      const { headers, params, body, url } = request
      const answer = await api.answer(operation.operationId, {
        id: (params as { id?: string }).id,
        search: new URLSearchParams(url.split('?').slice(1).join('?')),
        body,
        idempotencyKey: one(headers['idempotency-key']),
        ifMatch: headers['if-match'],
        openContext: () => routes.openContext(request, reply),
      })
      return send(request, reply, operation, answer, routes.front.prefix)
    },
  })
}

const one = (value: string | string[] | undefined): string | undefined => [value].flat()[0]

function refuseStrangers({ headers }: FastifyRequest, method: Method): void {
  if (!acceptsJson(headers.accept))
    throw new Problem(406, 'This tells application/json, and problems as application/problem+json.')
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  const isGood = type === 'application/json' || (method === 'PATCH' && type === MERGE_PATCH)
  const brings = headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0
  if (brings && !isGood)
    throw new Problem(415, 'Send JSON, with the header content-type: application/json.', [], {
      ...(method === 'PATCH' ? { 'accept-patch': `${MERGE_PATCH}, application/json` } : {}),
    })
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  operation: RestOperation,
  answer: RestAnswer,
  prefix: string,
): FastifyReply {
  for (const name of ['accept', 'authorization', 'cookie', 'allswell-workspace']) vary(reply, name)
  const status = statusOf(operation)
  if (status === 204) return reply.code(204).header('cache-control', 'no-store').send()
  const text = JSON.stringify(answer.value)
  const isReading = operation.method === 'GET'
  if (operation.hasVersion || isReading)
    reply.header('etag', etagOf(text, versionIn(operation, answer)))
  if (answer.endCursor) reply.header('link', nextPage(request, prefix, answer.endCursor))
  if (operation.location) reply.header('location', placeOf(operation.location, answer, prefix))
  reply.header('cache-control', isReading ? 'private, no-cache' : 'no-store')
  const etag = String(reply.getHeader('etag'))
  if (isReading && isKnown(etag, request.headers['if-none-match'])) return reply.code(304).send()
  return reply.code(status).type('application/json; charset=utf-8').send(text)
}

function versionIn({ hasVersion }: RestOperation, { value }: RestAnswer): unknown {
  return hasVersion ? (value as { version?: unknown }).version : undefined
}

function nextPage({ url }: FastifyRequest, prefix: string, cursor: string): string {
  const [path = '', ...rest] = url.split('?')
  const search = new URLSearchParams(rest.join('?'))
  search.set('after', cursor)
  return `<${prefix}${path}?${search.toString()}>; rel="next"`
}

function placeOf(
  { path, id }: NonNullable<RestOperation['location']>,
  { value }: RestAnswer,
  prefix: string,
): string {
  let found: unknown = value
  for (const step of id.split('.')) found = (found as Record<string, unknown>)[step]
  return `${prefix}${BASE}${path}/${String(found)}`
}

/** What a path is not for: 405 with what it is for; OPTIONS says the same. */
function refuseOthers(scope: FastifyInstance, path: string): void {
  const known = OPERATIONS.filter((one) => one.path === path).map(({ method }) => method)
  const allow = [...known, ...(known.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
  scope.options(routeOf(path), (_request, reply) => reply.code(204).header('allow', allow).send())
  const refuse = new Problem(405, `This address takes ${allow}.`, [], { allow })
  scope.route({
    method: [
      ...ALL.filter((method) => !known.includes(method)),
      ...(known.includes('GET') ? [] : (['HEAD'] as const)),
    ],
    url: routeOf(path),
    exposeHeadRoute: false,
    preParsing: async () => {
      throw refuse
    },
    handler: () => {
      throw refuse
    },
  })
}

const REFUSALS: Readonly<Record<number, string>> = {
  413: 'The request is larger than 1 MiB.',
  414: 'The address is too long.',
  415: 'Send JSON, with the header content-type: application/json.',
}

function problemFor(error: FastifyError, log: Log): Problem {
  if (error instanceof Problem) return error
  if (error instanceof AppError) return problemOfOurs(error)
  const status = error.statusCode ?? 500
  if (status < 500) return new Problem(status, REFUSALS[status] ?? 'The body is no JSON.')
  const id = newId()
  log.error({ err: error, id }, 'A request failed by a fault of ours')
  return new Problem(500, `Something went wrong on our side (${id}).`)
}

function problemOfOurs({ code, message, details }: AppError): Problem {
  const seconds = details['retryAfterSeconds']
  const status = ERROR_STATUS[code]
  return new Problem(status, message, details.problems, {
    ...(typeof seconds === 'number' ? { 'retry-after': String(seconds) } : {}),
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  })
}

function tell(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .headers({ ...problem.headers, 'cache-control': 'no-store' })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem.body))
}
