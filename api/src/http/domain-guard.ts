import type { FastifyInstance } from 'fastify'
import type { IncomingMessage } from 'node:http'
import { AppError } from '../lib/app-error.ts'
import { pathOnDomain } from './domain-paths.ts'
import type { Front } from './front.ts'

/** A path that nothing is ever at: what leads nowhere on a domain must not lead to the app. */
const NOWHERE = '/nowhere-on-this-domain'

/**
 * For Fastify’s `rewriteUrl`: the address without our prefix; on a page’s own domain that page is at `/`, and its doors
 * beside it.
 */
export function rewriteAddress(front: Front, request: IncomingMessage): string {
  const url = front.withoutPrefix(request.url ?? '/')
  const slug = front.pageAt(request)
  if (slug === undefined) return url
  const at = url.indexOf('?')
  const [path, query] = at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at)]
  return (pathOnDomain(slug, path) ?? NOWHERE) + query
}

/** On the domain of a page nothing but that page is served, and nobody is signed in there. */
export function guardDomains(server: FastifyInstance, front: Front): void {
  server.addHook('onRequest', async (request) => {
    if (front.pageAt(request.raw) === undefined) return
    const isApp = request.method === 'GET' && request.url.split('?')[0] === '/graphql'
    if (isApp || request.url.startsWith(NOWHERE))
      throw new AppError('NOT_FOUND', 'There is nothing here but a status page.')
  })
  server.addHook('onSend', async (request, reply) => {
    if (front.pageAt(request.raw) === undefined) return
    const cookies = [reply.getHeader('set-cookie') ?? []].flat().map(String)
    const own = cookies.filter((cookie) => cookie.startsWith('allswell_page='))
    if (own.length === cookies.length) return
    reply.removeHeader('set-cookie')
    if (own.length) reply.header('set-cookie', own)
  })
}
