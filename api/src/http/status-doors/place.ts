import type { FastifyRequest } from 'fastify'
import type { DoorPlace } from '../../status-pages/index.ts'
import type { Front } from '../front.ts'

/** Where a page and its doors are for whoever asks: on its own domain when they come by that. */
export function placeOf(front: Front, { raw }: FastifyRequest, slug: string): DoorPlace {
  if (front.pageAt(raw) === slug) {
    const site = `${front.isHttps(raw) ? 'https' : 'http'}://${front.hostOf(raw)}`
    return { home: `${site}/`, doors: `${site}/status/${slug}` }
  }
  const page = `${front.publicUrlOf(raw).replace(/\/$/, '')}/status/${slug}`
  return { home: page, doors: page }
}
