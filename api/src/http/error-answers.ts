import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import { newId } from '../lib/ids.ts'
import type { Log } from '../lib/log.ts'
import { sendPage, type WebBuild } from './web-build.ts'

const SAYINGS: Record<number, string> = {
  413: 'The request is larger than 1 MiB.',
  414: 'The address is too long.',
  415: 'Send JSON with the header content-type: application/json.',
  431: 'The headers are too large.',
}

const isNavigation = ({ method, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') && (headers.accept ?? '').includes('text/html')

/** What is not found, not allowed or broken: a page for people, JSON for programs, never a stack. */
export function addErrorAnswers(
  server: FastifyInstance,
  log: Log,
  web: WebBuild | undefined,
): void {
  server.setNotFoundHandler((request, reply) => {
    if (web && isNavigation(request) && !/^\/(api|assets|graphql)(\/|$)/.test(request.url))
      return sendPage(reply, web, 'app')
    return reply.code(404).send({
      error: 'NOT_FOUND',
      message: `There is nothing at ${request.method} ${request.url.split('?')[0]}.`,
    })
  })
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500) {
      const message = SAYINGS[status] ?? error.message
      return reply.code(status).send({ error: error.code, message })
    }
    const id = newId()
    log.error({ err: error, id, url: request.url }, 'A request failed')
    return reply.code(500).send({
      error: 'INTERNAL_SERVER_ERROR',
      message: `Something went wrong on our side (${id}).`,
    })
  })
}
