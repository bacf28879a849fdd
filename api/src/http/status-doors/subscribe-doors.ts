import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../lib/app-error.ts'
import type { PageSubscribers } from '../../status-pages/index.ts'
import type { Front } from '../front.ts'
import type { DoorViews } from './door-views.ts'
import { fieldsOf, isOwnForm } from './form-fields.ts'
import { placeOf } from './place.ts'
import { PLAIN_POLICY, type PlainPage, plainPage } from './plain-page.ts'
import { refuseOthers } from './read-door.ts'

export interface SubscribeDoors {
  subscribers: Pick<PageSubscribers, 'isOffered' | 'ask' | 'confirm' | 'leave'>
  views: DoorViews
  front: Front
}

const SUBSCRIBE = '/status/:slug/subscribe'
const CONFIRM = '/status/:slug/subscribe/confirm'
const LEAVE = '/status/:slug/unsubscribe'
const ALLOWED = 'GET, HEAD, POST'
const EXPIRED = {
  title: 'This link does not hold',
  texts: ['It is too old, or not complete. Ask for a new one on the status page.'],
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/**
 * Hearing of a page by e-mail: a plain form, a letter, a link that shows a button. Reading a link changes nothing, for
 * programs follow links; only what is posted does. Where no letters can be sent, only leaving is possible.
 */
export function addSubscribeDoors(scope: FastifyInstance, doors: SubscribeDoors): void {
  const door = (url: string, get: Handler, post: Handler): void => {
    scope.get(url, get)
    scope.post(url, post)
    refuseOthers(scope, url, ['PUT', 'PATCH', 'DELETE'], ALLOWED)
  }
  door(LEAVE, showLeaving, (request, reply) => leave(doors, request, reply))
  if (!doors.subscribers.isOffered) return
  door(
    SUBSCRIBE,
    (request, reply) => showForm(doors, request, reply),
    (request, reply) => subscribe(doors, request, reply),
  )
  door(CONFIRM, showConfirming, (request, reply) => confirm(doors, request, reply))
}

function send(reply: FastifyReply, status: number, page: PlainPage): FastifyReply {
  return reply
    .code(status)
    .headers({
      ...{ 'content-security-policy': PLAIN_POLICY, 'cache-control': 'private, no-store' },
      ...{ 'referrer-policy': 'same-origin', 'x-robots-tag': 'noindex' },
    })
    .type('text/html; charset=utf-8')
    .send(plainPage(page))
}

async function showForm(
  { views, front }: SubscribeDoors,
  request: FastifyRequest,
  reply: FastifyReply,
  problem?: { status: number; text: string },
): Promise<FastifyReply> {
  const { slug } = request.params as { slug: string }
  const { title } = await views.page(slug)
  return send(reply, problem?.status ?? 200, {
    title: `Hear of outages of ${title}`,
    texts: ['You get a letter when something is down, and one when it is over.'],
    ...(problem && { problem: problem.text }),
    form: { action: '', button: 'Subscribe', asksEmail: true },
    back: { label: 'Back to the status page', href: placeOf(front, request, slug).home },
  })
}

async function subscribe(
  doors: SubscribeDoors,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { subscribers, front } = doors
  const { slug } = request.params as { slug: string }
  if (!isOwnForm(front, request))
    throw new AppError('FORBIDDEN', 'Subscribe on the status page itself.')
  const { home, doors: beside } = placeOf(front, request, slug)
  try {
    const ipAddress = front.addressOf(request.raw)
    await subscribers.ask(slug, fieldsOf(request.body)['email'] ?? '', { ipAddress, doors: beside })
  } catch (error) {
    return showProblem(doors, request, reply, error)
  }
  return send(reply, 200, {
    title: 'Look into your mail',
    texts: ['A letter is on its way. Nothing is sent before you press the button in it.'],
    back: { label: 'Back to the status page', href: home },
  })
}

function showProblem(
  doors: SubscribeDoors,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): Promise<FastifyReply> {
  if (!(error instanceof AppError)) throw error
  const { code, message: text, details } = error
  if (code === 'INVALID') return showForm(doors, request, reply, { status: 422, text })
  if (code !== 'LIMIT') throw error
  reply.header('retry-after', Number(details['retryAfterSeconds'] ?? 1))
  return showForm(doors, request, reply, { status: 429, text })
}

/** The token comes back with the form’s own address. */
const showConfirming: Handler = async (_request, reply) =>
  send(reply, 200, {
    title: 'Hear of outages by e-mail?',
    texts: ['One more step: say that it was you.'],
    form: { action: '', button: 'Yes, send me letters' },
  })

const showLeaving: Handler = async (_request, reply) =>
  send(reply, 200, {
    title: 'No more letters?',
    texts: ['You will not hear of outages of this page any more.'],
    form: { action: '', button: 'Unsubscribe' },
  })

const tokenOf = ({ query }: FastifyRequest): unknown => (query as { token?: unknown }).token

async function confirm(
  { subscribers, views, front }: SubscribeDoors,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (!(await subscribers.confirm(tokenOf(request)))) return send(reply, 422, EXPIRED)
  const { slug } = request.params as { slug: string }
  const isShown = await views.page(slug).then(
    () => true,
    () => false,
  )
  const back = { label: 'To the status page', href: placeOf(front, request, slug).home }
  return send(reply, 200, {
    title: 'You will hear of outages',
    texts: ['Each letter has a link to leave again.'],
    ...(isShown && { back }),
  })
}

/** Also for programs of mail, which post `List-Unsubscribe=One-Click` without cookies and want no redirect (RFC 8058). */
async function leave(
  { subscribers }: SubscribeDoors,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (!(await subscribers.leave(tokenOf(request)))) return send(reply, 422, EXPIRED)
  return send(reply, 200, {
    title: 'You get no more letters',
    texts: ['Your address has been removed.'],
  })
}
