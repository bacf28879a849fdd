import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Authenticator, OAuthFlow } from '../accounts/index.ts'
import type { Actor } from '../lib/actor.ts'
import type { CredentialsOf, DoorOf } from './request-door.ts'

export interface OAuthRoutes {
  flow: OAuthFlow
  authenticator: Pick<Authenticator, 'authenticate'>
  credentialsOf: CredentialsOf
  doorOf: DoorOf
}

const TICKET = 'allswell_oauth'
/** As long as an attempt lasts. */
const TICKET_SECONDS = 600
const FORM = /^[\w-]{43}$/

type ProviderRequest = FastifyRequest<{
  Params: { provider: string }
  Querystring: Record<string, string | string[] | undefined>
}>

/** `/auth/<provider>` leads to the provider, `/auth/<provider>/callback` back to a page of the app. For browsers only. */
export function addOAuthRoutes(server: FastifyInstance, routes: OAuthRoutes): void {
  server.get('/auth/:provider', (request: ProviderRequest, reply) => begin(routes, request, reply))
  server.get('/auth/:provider/callback', (request: ProviderRequest, reply) =>
    finish(routes, request, reply),
  )
}

async function begin(
  routes: OAuthRoutes,
  request: ProviderRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { flow, doorOf } = routes
  const { provider } = request.params
  const door = doorOf(request, reply)
  const { next, link } = request.query
  const actor = link === undefined ? undefined : await whoAsks(routes, request)
  // A page of another site could send somebody here, to attach an account that is not theirs.
  const isForeign = request.headers['sec-fetch-site'] === 'cross-site'
  if (actor && (actor.kind !== 'user' || isForeign))
    return redirect(reply, `${door.webUrl}/sign-in`)
  const wishes = { next, linkTo: actor?.id }
  const departure = await flow
    .begin(provider, wishes, door)
    .catch((error: unknown) => flow.problemOf(error, wishes, door))
  if (departure === undefined) return reply.callNotFound() as unknown as FastifyReply
  if (typeof departure === 'string') return redirect(reply, departure)
  reply.header('set-cookie', ticketCookie(departure.ticket, TICKET_SECONDS, door.publicUrl))
  return redirect(reply, departure.url)
}

async function finish(
  routes: OAuthRoutes,
  request: ProviderRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { flow, doorOf } = routes
  const { provider } = request.params
  const door = doorOf(request, reply)
  const came = {
    callback: new URL(`${door.publicUrl}${request.url}`),
    ticket: ticketIn(request.headers.cookie),
    actor: await whoAsks(routes, request),
  }
  const next = await flow.finish(provider, came, door)
  if (next === undefined) return reply.callNotFound() as unknown as FastifyReply
  reply.header('set-cookie', ticketCookie('', 0, door.publicUrl))
  return redirect(reply, next)
}

function whoAsks(
  { authenticator, credentialsOf }: OAuthRoutes,
  request: FastifyRequest,
): Promise<Actor> {
  const { cookie, ipAddress } = credentialsOf(request)
  return authenticator.authenticate({ cookie, ipAddress })
}

function redirect(reply: FastifyReply, url: string): FastifyReply {
  return reply.header('cache-control', 'no-store').redirect(url, 302)
}

/** Sent along when the provider leads back: that is a navigation from another site, which Lax allows. */
function ticketCookie(ticket: string, seconds: number, publicUrl: string): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : ''
  const path = `${new URL(publicUrl).pathname.replace(/\/$/, '')}/auth`
  return `${TICKET}=${ticket}; Path=${path}; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`
}

function ticketIn(cookies: string | undefined): string | undefined {
  const found = (cookies ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${TICKET}=`))
  const ticket = found.length === 1 ? found[0]!.slice(TICKET.length + 1) : undefined
  return ticket && FORM.test(ticket) ? ticket : undefined
}
