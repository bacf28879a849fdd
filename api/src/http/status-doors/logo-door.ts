import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Authenticator } from '../../accounts/index.ts'
import type { Logo } from '../../status-pages/index.ts'
import { pageAccessIn } from '../page-access-cookie.ts'
import type { CredentialsOf } from '../request-door.ts'
import { bringsSession } from '../session-cookie.ts'
import { sendAnswer } from './door-answer.ts'
import type { DoorViews } from './door-views.ts'
import { addReadDoor } from './read-door.ts'

export interface LogoDoor {
  views: DoorViews
  authenticator: Pick<Authenticator, 'authenticate'>
  credentialsOf: CredentialsOf
}

/** Whoever opens a picture as a page of its own gets one in which nothing runs and nothing is loaded. */
const PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/** The picture of a page. A private one shows to whoever may see the page. */
export function addLogoDoor(scope: FastifyInstance, door: LogoDoor): void {
  addReadDoor(scope, '/status/:slug/logo', async (request, reply) => {
    const { slug } = request.params as { slug: string }
    try {
      return send(request, reply, await door.views.logo(slug), false)
    } catch (error) {
      if (!showsSomething(request)) throw error
      reply
        .removeHeader('access-control-allow-origin')
        .header('cross-origin-resource-policy', 'same-origin')
      return send(request, reply, await privateLogo(door, request, slug), true)
    }
  })
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, bytes }: Logo,
  isPrivate: boolean,
): FastifyReply {
  const name = `logo.${type.slice('image/'.length).replace('svg+xml', 'svg')}`
  reply.headers({
    'content-security-policy': PICTURE_POLICY,
    'content-disposition': `inline; filename="${name}"`,
  })
  return sendAnswer(request, reply, { type, body: bytes, isPrivate })
}

function showsSomething({ headers: { cookie, authorization } }: FastifyRequest): boolean {
  return pageAccessIn(cookie) !== undefined || bringsSession(cookie) || authorization !== undefined
}

async function privateLogo(
  { views, authenticator, credentialsOf }: LogoDoor,
  request: FastifyRequest,
  slug: string,
): Promise<Logo> {
  const actor = await authenticator.authenticate(credentialsOf(request))
  return views.privateLogo(slug, { actor, access: pageAccessIn(request.headers.cookie) })
}
