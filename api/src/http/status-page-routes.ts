import { existsSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Authenticator } from '../accounts/index.ts'
import { type Actor, anonymous } from '../lib/actor.ts'
import { AppError } from '../lib/app-error.ts'
import type { Encoding, PageVisit, StatusPageRenderer } from '../ssr/index.ts'
import { vary } from './cors.ts'
import { pageAccessIn } from './page-access-cookie.ts'
import type { ReadyAnswers } from './ready-answers.ts'
import type { CredentialsOf } from './request-door.ts'
import { APP_POLICY } from './security-headers.ts'
import { bringsSession } from './session-cookie.ts'

export interface StatusPageRoutes {
  pages: StatusPageRenderer
  authenticator: Pick<Authenticator, 'authenticate'>
  credentialsOf: CredentialsOf
  /** Where the server's paths begin, such as `/`. */
  base: string
  /** Where pages are reached from outside; absent: nobody has said. */
  publicUrl: string | undefined
  /** The web build: the pages' own files are served whether the app is or not. */
  webFolder: string
  /** The page’s own domain, when the visitor came by that. */
  ownUrlOf?: (request: FastifyRequest, slug: string) => string | undefined
  /** Whether visitors may ask for letters. */
  canSubscribe?: boolean
  /** Keeps what everybody sees in front of all hooks. Absent: nothing is. */
  ready?: Pick<ReadyAnswers, 'show' | 'keep'>
  /** What the form for a page’s password brings back. */
  formTokenOf?: (slug: string) => string
}

const YEAR_SECONDS = 31_536_000
const ACCENT_FILE = /^([\da-f]{6})\.css$/
const FOREVER = `public, max-age=${YEAR_SECONDS}, immutable`

/** Shared caches keep a page as long as we do, and show it while they fetch the next, or can't. */
const PUBLIC_CACHE =
  'public, max-age=0, s-maxage=1, stale-while-revalidate=10, stale-if-error=86400'
const VARYING = ['accept-encoding', 'accept-language'] as const
const ALL_VARYING = VARYING.join(', ')
const RETRY_SECONDS = 5
const PRIVATE_CACHE = 'private, no-store'

/** `/status/:slug` and what its pages load. */
export async function addStatusPageRoutes(
  server: FastifyInstance,
  routes: StatusPageRoutes,
): Promise<void> {
  const send = statusPageSender(routes)
  server.get<{ Params: { slug: string } }>(
    '/status/:slug',
    {
      onSend: (request, reply, body, done) => {
        routes.ready?.keep(request, reply, body)
        done(null, body)
      },
    },
    (request, reply) =>
      send(request, reply, request.params.slug, routes.ownUrlOf?.(request, request.params.slug)),
  )
  server.get<{ Params: { slug: string } }>('/status/:slug/', (request, reply) =>
    reply.redirect(`${routes.base}status/${encodeURIComponent(request.params.slug)}`, 308),
  )
  server.route({
    method: ['POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/status/:slug',
    // Before a body is looked at: whatever it is, nobody wants it.
    onRequest: (_request, reply, _done) => void refuse(reply),
    handler: () => undefined,
  })
  server.get<{ Params: { file: string } }>('/accent/:file', (request, reply) => {
    const colour = ACCENT_FILE.exec(request.params.file)?.[1]
    const styles = colour === undefined ? null : routes.pages.accent(colour)
    if (styles === null) throw new AppError('NOT_FOUND', 'There is no such colour.')
    return reply.type('text/css; charset=utf-8').header('cache-control', FOREVER).send(styles)
  })
  await servePageFiles(server, routes.webFolder)
}

function refuse(reply: FastifyReply): FastifyReply {
  return reply
    .code(405)
    .header('allow', 'GET, HEAD')
    .header('cache-control', 'no-store')
    .send({ error: 'INVALID', message: 'A status page is only read.' })
}

async function servePageFiles(server: FastifyInstance, webFolder: string): Promise<void> {
  const root = path.join(webFolder, 'assets/status')
  if (!existsSync(root)) return
  await server.register(fastifyStatic, {
    root,
    prefix: '/assets/status/',
    decorateReply: false,
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    globIgnore: ['**/*.br', '**/*.gz'],
    setHeaders: (reply) => void reply.header('cache-control', FOREVER),
  })
}

export type SendStatusPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  slug: string,
  /** Where the page is reached when it is not at its usual address: its own domain. */
  url?: string,
) => FastifyReply | Promise<FastifyReply>

/** Sends a page to whoever asks. What strangers see comes from the shelf, whatever else the request brings. */
export function statusPageSender(routes: StatusPageRoutes): SendStatusPage {
  const { pages } = routes
  return (request, reply, slug, url) => {
    reply.header('content-security-policy', APP_POLICY)
    // Forms on the page say where they come from; other sites hear nothing.
    reply.header('referrer-policy', 'same-origin')
    const visit = visitOf(routes, request, slug, url)
    const seen = pages.look(slug)
    return seen instanceof Promise
      ? seen.then(
          (one) => answer(routes, request, reply, visit, one),
          (error: unknown) => answerUnavailable(routes, reply, visit, error),
        )
      : answer(routes, request, reply, visit, seen)
  }
}

/** The database is away and nobody has seen the page yet: a fault of ours is told as such, by the error answers. */
async function answerUnavailable(
  { pages }: StatusPageRoutes,
  reply: FastifyReply,
  visit: PageVisit,
  error: unknown,
): Promise<FastifyReply> {
  if (!(error instanceof AppError) || error.code !== 'UNAVAILABLE') throw error
  const html = await pages.unavailable(visit)
  return reply
    .code(503)
    .header('retry-after', RETRY_SECONDS)
    .header('cache-control', PRIVATE_CACHE)
    .type('text/html; charset=utf-8')
    .send(html)
}

/** Nothing of the request but two wishes for a language: a foreign Host header can't get into what others read. */
export function visitOf(
  {
    base,
    publicUrl,
    canSubscribe = false,
  }: Pick<StatusPageRoutes, 'base' | 'publicUrl' | 'canSubscribe'>,
  { query, headers }: FastifyRequest,
  slug: string,
  url?: string,
): PageVisit {
  const { lang } = query as { lang?: unknown }
  const accepted = headers['accept-language']
  const usual = publicUrl === undefined ? base : publicUrl.replace(/\/*$/, '/')
  // On a page’s own domain nothing stands before our paths.
  const place = url === undefined ? { base, url: `${usual}status/${slug}` } : { base: '/', url }
  return { ...place, slug, lang, accepted, canSubscribe }
}

function answer(
  routes: StatusPageRoutes,
  request: FastifyRequest,
  reply: FastifyReply,
  visit: PageVisit,
  { sight, staleForMs }: Awaited<ReturnType<StatusPageRenderer['look']>>,
): FastifyReply | Promise<FastifyReply> {
  if (sight.kind !== 'page') return answerPrivately(routes, request, reply, visit, sight.kind)
  const { pages, ready } = routes
  if (staleForMs === undefined) ready?.show(request, { pages, slug: visit.slug, sight })
  const view = pages.public(visit, sight, staleForMs)
  return view instanceof Promise
    ? view.then((rendered) => sendPublic(request, reply, rendered))
    : sendPublic(request, reply, view)
}

type PublicView = Awaited<ReturnType<StatusPageRenderer['public']>>

function sendPublic(
  request: FastifyRequest,
  reply: FastifyReply,
  { page, staleForSeconds }: PublicView,
): FastifyReply | Promise<FastifyReply> {
  const { headers } = request
  if (reply.hasHeader('vary')) for (const name of VARYING) vary(reply, name)
  else reply.header('vary', ALL_VARYING)
  reply.header('cache-control', PUBLIC_CACHE)
  reply.header('etag', page.etag)
  if (staleForSeconds !== undefined) reply.header('age', staleForSeconds)
  if (isKnown(headers['if-none-match'], page.etag)) return reply.code(304).send()
  const encoding = encodingOf(headers['accept-encoding'])
  reply.header('content-type', 'text/html; charset=utf-8')
  if (encoding !== 'identity') reply.header('content-encoding', encoding)
  const ready = page.ready(encoding)
  return ready ? reply.send(ready) : page.form(encoding).then((body) => reply.send(body))
}

const isKnown = (known: string | undefined, etag: string): boolean =>
  known !== undefined &&
  known.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^(W\/)?/, 'W/') === etag)

const REFUSED = '(;\\s*q=0(\\.0*)?\\s*)'
const taking = (name: string): RegExp =>
  new RegExp(`(^|,)\\s*${name}\\s*(?!${REFUSED}(,|$))(;|,|$)`, 'i')
const [TAKES_BROTLI, TAKES_GZIP] = [taking('br'), taking('gzip')]

/** Whatever the header holds, it is one of three. */
function encodingOf(accepted = ''): Encoding {
  return TAKES_BROTLI.test(accepted) ? 'br' : TAKES_GZIP.test(accepted) ? 'gzip' : 'identity'
}

/** A stranger may not see it. Whoever shows a session, a token or the page's cookie may. */
async function answerPrivately(
  routes: StatusPageRoutes,
  request: FastifyRequest,
  reply: FastifyReply,
  visit: PageVisit,
  strangersSee: 'locked' | 'unknown',
): Promise<FastifyReply> {
  reply.header('cache-control', PRIVATE_CACHE).header('content-type', 'text/html; charset=utf-8')
  const access = pageAccessIn(request.headers.cookie)
  const showsWho = access !== undefined || bringsSession(request.headers.cookie)
  const isGuest = showsWho || request.headers.authorization !== undefined
  if (isGuest) {
    const actor = await actorOf(routes, request)
    const shown = await routes.pages.private(visit, { actor, access })
    if ('html' in shown) return reply.send(shown.html)
  }
  return strangersSee === 'locked'
    ? reply
        .code(401)
        .send(await routes.pages.password(visit, { formToken: routes.formTokenOf?.(visit.slug) }))
    : reply.code(404).send(await routes.pages.missing(visit))
}

/** Who can't be known here is a stranger: the page says what to do. */
async function actorOf(
  { authenticator, credentialsOf }: StatusPageRoutes,
  request: FastifyRequest,
): Promise<Actor> {
  const presented = credentialsOf(request)
  try {
    return await authenticator.authenticate(presented)
  } catch (error) {
    if (error instanceof AppError && error.code !== 'UNAVAILABLE')
      return anonymous(presented.ipAddress)
    throw error
  }
}
