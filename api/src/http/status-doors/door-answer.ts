import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** What a door answers when it is asked for something that is there. */
export interface DoorAnswer {
  type: string
  body: string | Buffer
  /** When it last changed, where anybody knows. */
  changedAt?: Date
  /** Search engines are asked to leave it alone. */
  isHidden?: boolean
  /** For one visitor only: nobody keeps it. */
  isPrivate?: boolean
}

/** A minute here and in every cache between; while we are away, what they have is better than nothing. */
const PUBLIC_CACHE =
  'public, max-age=60, s-maxage=60, stale-while-revalidate=60, stale-if-error=86400'
const PRIVATE_CACHE = 'private, no-store'
const TAG_LENGTH = 27

/** Sends it, or 304 to whoever has it already. */
export function sendAnswer(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  answer: DoorAnswer,
): FastifyReply {
  const { type, body, changedAt, isHidden, isPrivate } = answer
  reply.header('cache-control', isPrivate ? PRIVATE_CACHE : PUBLIC_CACHE)
  if (isHidden) reply.header('x-robots-tag', 'noindex')
  if (isPrivate) return reply.type(type).send(body)
  const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, TAG_LENGTH)}"`
  reply.header('etag', etag)
  if (changedAt) reply.header('last-modified', changedAt.toUTCString())
  return isKnown(headers, etag, changedAt) ? reply.code(304).send() : reply.type(type).send(body)
}

/** What the tag says counts; the time only where no tag was sent (RFC 9110, 13.2.2). */
function isKnown(headers: FastifyRequest['headers'], etag: string, changedAt?: Date): boolean {
  const tags = headers['if-none-match']
  if (tags !== undefined)
    return tags.split(',').some((one) => isSame(one.trim(), etag) || one.trim() === '*')
  const since = Date.parse(headers['if-modified-since'] ?? '')
  if (!changedAt || Number.isNaN(since)) return false
  return Math.floor(changedAt.getTime() / 1000) <= Math.floor(since / 1000)
}

const isSame = (one: string, other: string): boolean =>
  one.replace(/^W\//, '') === other.replace(/^W\//, '')
