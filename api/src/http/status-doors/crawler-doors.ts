import type { FastifyInstance } from 'fastify'
import { robotsText, sitemap } from '../../status-pages/index.ts'
import type { Front } from '../front.ts'
import { sendAnswer } from './door-answer.ts'
import type { DoorViews } from './door-views.ts'
import { placeOf } from './place.ts'
import { addReadDoor } from './read-door.ts'

/** What search engines ask for first. On a page’s own domain they hear of that page only. */
export function addCrawlerDoors(
  scope: FastifyInstance,
  { views, front }: { views: DoorViews; front: Front },
): void {
  addReadDoor(scope, '/robots.txt', async (request, reply) => {
    const own = front.pageAt(request.raw)
    const site =
      own === undefined ? front.publicUrlOf(request.raw) : placeOf(front, request, own).home
    const body = robotsText(`${site.replace(/\/$/, '')}/sitemap.xml`)
    return sendAnswer(request, reply, { type: 'text/plain; charset=utf-8', body })
  })
  addReadDoor(scope, '/sitemap.xml', async (request, reply) => {
    const own = front.pageAt(request.raw)
    const listed = (await views.listed()).filter(({ slug }) => own === undefined || slug === own)
    const pages = listed.map(({ slug, updatedAt }) => ({
      ...{ url: placeOf(front, request, slug).home, updatedAt },
    }))
    const body = sitemap(pages)
    return sendAnswer(request, reply, { type: 'application/xml; charset=utf-8', body })
  })
}
