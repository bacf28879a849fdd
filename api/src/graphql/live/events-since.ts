import type { ReadScope } from '../../db/read-scope.ts'
import { decodeCursor, readLog } from '../../events/index.ts'
import { AppError } from '../../lib/app-error.ts'
import type { LiveSource } from './stream/live-source.ts'
import { canReplay } from './stream/resume.ts'

const LARGEST_PAGE = 1_000

/**
 * The log after a cursor, read in the request's own snapshot: for scripts and long polling. Follows the same
 * rules as the live view: everything, or `resync`. Throws INVALID for a cursor or limit that makes no sense.
 */
export async function eventsSince(
  scope: ReadScope,
  after: string | null | undefined,
  limit: number,
): Promise<LiveSource> {
  if (limit < 1 || limit > LARGEST_PAGE)
    throw new AppError('INVALID', `limit is a number from 1 to ${LARGEST_PAGE}.`)
  const { workspaceId } = scope.actor
  const wanted = typeof after === 'string' ? decodeCursor(after, workspaceId) : undefined
  const head = await scope.head()
  const source = { workspaceId, head, resync: false, events: [] }
  if (!wanted) return source
  if (!canReplay(wanted, head)) return { ...source, resync: true }
  const page = await readLog(await scope.manager(), workspaceId, wanted.position, limit)
  if (!page || page.isBroken) return { ...source, resync: true }
  const position = wanted.position + page.events.length
  return { ...source, head: { epoch: head.epoch, position }, events: page.events }
}
