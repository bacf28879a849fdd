import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../lib/app-error.ts'
import type { PageAccess } from '../../status-pages/index.ts'
import type { FormTokens } from '../form-tokens.ts'
import type { Front } from '../front.ts'
import { APP_POLICY } from '../security-headers.ts'
import { type StatusPageRoutes, visitOf } from '../status-page-routes.ts'
import { fieldsOf, isOwnForm } from './form-fields.ts'
import { refuseOthers } from './read-door.ts'

export interface UnlockDoor {
  access: Pick<PageAccess, 'unlock'>
  /** The pages themselves. */
  html: StatusPageRoutes
  tokens: FormTokens
  front: Front
}

/** As long as what `unlock` answers. */
const ACCESS_SECONDS = 43_200
const HTML = 'text/html; charset=utf-8'
const WRONG = 422
const TOO_MANY = 429
const URL = '/status/:slug/unlock'

/** What a form for this page’s password carries: that it was drawn here. */
export const unlockToken = (tokens: FormTokens, slug: string): string =>
  tokens.formToken(sealOf(slug))

const sealOf = (slug: string): Buffer => createHash('sha256').update(`unlock ${slug}`).digest()

/** POST /status/:slug/unlock: a plain form. The right password leads to the page, with a cookie for it alone. */
export function addUnlockDoor(scope: FastifyInstance, door: UnlockDoor): void {
  scope.post(URL, (request, reply) => unlock(door, request, reply))
  refuseOthers(scope, URL, ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'], 'POST')
}

async function unlock(
  door: UnlockDoor,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { slug } = request.params as { slug: string }
  const { pages } = door.html
  const { sight } = await pages.look(slug)
  reply.headers({
    ...{ 'content-security-policy': APP_POLICY, 'referrer-policy': 'same-origin' },
    'cache-control': 'private, no-store',
  })
  if (sight.kind === 'page') return reply.redirect(pathTo(door, request, slug), 303)
  if (sight.kind !== 'locked') {
    const html = await pages.missing(visitOf(door.html, request, slug))
    return reply.code(404).type(HTML).send(html)
  }
  const { token, password } = fieldsOf(request.body)
  if (!isOwnForm(door.front, request) || !door.tokens.isRight(token, sealOf(slug)))
    throw new AppError('FORBIDDEN', 'This form is not from the page: open the page and try again.')
  try {
    const access = await door.access.unlock(slug, password ?? '', door.front.addressOf(request.raw))
    reply.header('set-cookie', cookieFor(door, request, slug, access))
    return reply.redirect(pathTo(door, request, slug), 303)
  } catch (error) {
    return refuse(door, request, reply, error)
  }
}

async function refuse(
  { html, tokens }: UnlockDoor,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): Promise<FastifyReply> {
  const { slug } = request.params as { slug: string }
  if (!(error instanceof AppError) || (error.code !== 'INVALID' && error.code !== 'LIMIT'))
    throw error
  const isWrong = error.code === 'INVALID'
  if (!isWrong) reply.header('retry-after', Number(error.details['retryAfterSeconds'] ?? 1))
  const page = await html.pages.password(visitOf(html, request, slug), {
    ...{ formToken: unlockToken(tokens, slug), problem: isWrong ? 'wrong' : 'tooMany' },
  })
  return reply
    .code(isWrong ? WRONG : TOO_MANY)
    .type(HTML)
    .send(page)
}

/** On its own domain the page is at `/`. */
function pathTo({ front, html }: UnlockDoor, { raw }: FastifyRequest, slug: string): string {
  return front.pageAt(raw) === slug ? '/' : `${html.base}status/${slug}`
}

function cookieFor(
  door: UnlockDoor,
  request: FastifyRequest,
  slug: string,
  access: string,
): string {
  const rules = `Path=${pathTo(door, request, slug)}; HttpOnly; SameSite=Lax`
  const secure = door.front.isHttps(request.raw) ? '; Secure' : ''
  return `allswell_page=${access}; ${rules}; Max-Age=${ACCESS_SECONDS}${secure}`
}
