import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  atomFeed,
  type DoorPage,
  type DoorPlace,
  feedUpdatedAt,
  rssFeed,
  STATUSPAGE_DOCUMENTS,
  WIDGET_SCRIPT,
  widgetJson,
} from '../../status-pages/index.ts'
import type { Front } from '../front.ts'
import { type DoorAnswer, sendAnswer } from './door-answer.ts'
import type { DoorViews } from './door-views.ts'
import { placeOf } from './place.ts'
import { addReadDoor } from './read-door.ts'

type Wording = (page: DoorPage, place: DoorPlace) => DoorAnswer

const JSON_TYPE = 'application/json; charset=utf-8'

const json = (body: object, changedAt: Date): DoorAnswer => ({
  ...{ type: JSON_TYPE, body: JSON.stringify(body), changedAt },
})

/** When the feed itself may have changed: with its outages, or with the page’s title. */
const feedChangedAt = (page: DoorPage): Date =>
  new Date(Math.max(page.updatedAt.getTime(), feedUpdatedAt(page).getTime()))

const DOORS: Readonly<Record<string, Wording>> = {
  'feed.atom': (page, place) => ({
    ...{ type: 'application/atom+xml; charset=utf-8', body: atomFeed(page, place) },
    changedAt: feedChangedAt(page),
  }),
  'feed.rss': (page, place) => ({
    ...{ type: 'application/rss+xml; charset=utf-8', body: rssFeed(page, place) },
    changedAt: feedChangedAt(page),
  }),
  'widget.json': (page, place) => json(widgetJson(page, place), page.updatedAt),
  'widget.js': () => ({ type: 'text/javascript; charset=utf-8', body: WIDGET_SCRIPT }),
  ...Object.fromEntries(
    Object.entries(STATUSPAGE_DOCUMENTS).map(([path, document]): [string, Wording] => [
      `api/v2/${path}`,
      (page, place) => json(document(page, place), page.updatedAt),
    ]),
  ),
}

/** Everything below `/status/:slug/` that tells the page in other words. */
export function addTextDoors(
  scope: FastifyInstance,
  { views, front }: { views: DoorViews; front: Front },
): void {
  for (const [path, wording] of Object.entries(DOORS))
    addReadDoor(scope, `/status/:slug/${path}`, async (request: FastifyRequest, reply) => {
      const { slug } = request.params as { slug: string }
      const page = await views.page(slug)
      const answer = wording(page, placeOf(front, request, slug))
      return sendAnswer(request, reply, { ...answer, isHidden: page.visibility !== 'public' })
    })
}
