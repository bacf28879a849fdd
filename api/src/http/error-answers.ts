import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../lib/app-error.ts'
import { ERROR_STATUS } from '../lib/error-status.ts'
import { newId } from '../lib/ids.ts'
import type { Log } from '../lib/log.ts'
import { refusal } from './graphql-routes.ts'
import { SECURITY_HEADERS } from './security-headers.ts'
import { sendPage, type WebBuild } from './web-build.ts'

interface Answer {
  status: number
  code: string
  message: string
  retryAfterSeconds?: number
}

/** What Fastify refuses by itself, in words that say what to do. */
const REFUSALS: Readonly<Record<number, Omit<Answer, 'status'>>> = {
  413: { code: 'LIMIT', message: 'The request is larger than 1 MiB.' },
  414: { code: 'LIMIT', message: 'The address is too long.' },
  415: { code: 'INVALID', message: 'Send JSON, with the header content-type: application/json.' },
}

const isNavigation = ({ method, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') && (headers.accept ?? '').includes('text/html')

const pathOf = ({ url }: FastifyRequest): string => url.split('?')[0] ?? url

/** What is not found, not allowed or broken: a page for people, JSON for programs, never a stack. */
export function addErrorAnswers(
  server: FastifyInstance,
  log: Log,
  web: WebBuild | undefined,
): void {
  server.setNotFoundHandler((request, reply) => {
    if (
      web &&
      isNavigation(request) &&
      !/^\/(api|assets|graphql|status|accent|ping)(\/|$)/.test(pathOf(request))
    )
      return sendPage(reply, web, 'app')
    const message = `There is nothing at ${request.method} ${pathOf(request)}.`
    return send(request, reply, { status: 404, code: 'NOT_FOUND', message })
  })
  server.setErrorHandler((error: FastifyError, request, reply) =>
    send(request, reply, answerTo(error, request, log)),
  )
}

/** An address that can't be read comes by before all hooks. */
export function answerBadAddress(
  _error: FastifyError,
  _request: FastifyRequest,
  reply: FastifyReply,
): void {
  const answer = { error: 'INVALID', message: 'This is not an address that can be read.' }
  void reply.code(400).headers(SECURITY_HEADERS).send(answer)
}

function answerTo(error: FastifyError, request: FastifyRequest, log: Log): Answer {
  if (error instanceof AppError) {
    const { code, message, details } = error
    const seconds = details['retryAfterSeconds']
    const retry = typeof seconds === 'number' ? { retryAfterSeconds: seconds } : {}
    return { status: ERROR_STATUS[code], code, message, ...retry }
  }
  const status = error.statusCode ?? 500
  if (status < 500)
    return { status, ...(REFUSALS[status] ?? { code: 'INVALID', message: error.message }) }
  const id = newId()
  log.error({ err: error, id, path: pathOf(request) }, 'A request failed by a fault of ours')
  const message = `Something went wrong on our side (${id}).`
  return { status: 500, code: 'INTERNAL_SERVER_ERROR', message }
}

function send(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  const { status, code, message, retryAfterSeconds } = answer
  if (retryAfterSeconds) reply.header('retry-after', retryAfterSeconds)
  const isGraphql = pathOf(request).startsWith('/graphql')
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(isGraphql ? refusal(code, message) : { error: code, message })
}
