import type { FastifyRequest } from 'fastify'
import type { Front } from '../front.ts'

/** The fields of a form that were sent once; what was sent twice is nothing. */
export function fieldsOf(body: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>)
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** Whether a form was sent from one of our own pages, or by no browser at all. */
export function isOwnForm(front: Front, { headers, raw }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  return front.isOriginAllowed(headers.origin, raw)
}
