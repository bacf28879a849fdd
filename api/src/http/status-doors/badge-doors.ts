import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../lib/app-error.ts'
import {
  type Badge,
  badgeOf,
  badgeSvg,
  type BadgeWishes,
  componentsOf,
  type DoorPage,
  missingBadge,
  readBadgeWishes,
  shieldsBadge,
} from '../../status-pages/index.ts'
import { sendAnswer } from './door-answer.ts'
import type { DoorViews } from './door-views.ts'
import { addReadDoor } from './read-door.ts'

interface Wanted {
  slug: string
  /** Absent: the whole page. */
  componentId?: string
  kind: 'svg' | 'json'
}

const FILE = /^([a-z\d-]{1,63})\.(svg|json)$/
const SVG_TYPE = 'image/svg+xml; charset=utf-8'

/** `/badge/<slug>.svg`, `/badge/<slug>/<component>.svg`, and both as `.json` for shields. */
export function addBadgeDoors(scope: FastifyInstance, { views }: { views: DoorViews }): void {
  addReadDoor(scope, '/badge/:file', async (request, reply) => {
    const [, slug, kind] = FILE.exec((request.params as { file: string }).file) ?? []
    return answer(views, request, reply, slug && { slug, kind: kind as Wanted['kind'] })
  })
  addReadDoor(scope, '/badge/:slug/:file', async (request, reply) => {
    const { slug, file } = request.params as { slug: string; file: string }
    const [, componentId, kind] = FILE.exec(file) ?? []
    const wanted = componentId && { slug, componentId, kind: kind as Wanted['kind'] }
    return answer(views, request, reply, wanted)
  })
}

async function answer(
  views: DoorViews,
  request: FastifyRequest,
  reply: FastifyReply,
  wanted: Wanted | '' | undefined,
): Promise<FastifyReply> {
  if (!wanted) throw unknownBadge()
  const wishes = readBadgeWishes(request.query as Record<string, unknown>)
  const page = await views.page(wanted.slug).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return undefined
    throw error
  })
  const badge = page && badgeIn(page, wanted, wishes)
  if (!badge || !page) return refuse(reply, wanted, wishes)
  const isHidden = page.visibility !== 'public'
  return sendAnswer(request, reply, { ...drawn(badge, wanted.kind), isHidden })
}

function badgeIn(page: DoorPage, { componentId }: Wanted, wishes: BadgeWishes): Badge | undefined {
  if (componentId === undefined) return badgeOf(page.title, page.status, wishes)
  const component = componentsOf(page).find(({ id }) => id === componentId)
  return component && badgeOf(component.name, component.status, wishes)
}

const drawn = (badge: Badge, kind: Wanted['kind']): { type: string; body: string } =>
  kind === 'svg'
    ? { type: SVG_TYPE, body: badgeSvg(badge) }
    : { type: 'application/json; charset=utf-8', body: JSON.stringify(shieldsBadge(badge)) }

const unknownBadge = (): AppError => new AppError('NOT_FOUND', 'There is no such badge.')

/** A picture shows where a text would leave a hole; the same one whatever is missing. */
function refuse(reply: FastifyReply, { kind }: Wanted, wishes: BadgeWishes): FastifyReply {
  if (kind === 'json') throw unknownBadge()
  return reply
    .code(404)
    .header('cache-control', 'no-store')
    .type(SVG_TYPE)
    .send(badgeSvg(missingBadge(wishes)))
}
