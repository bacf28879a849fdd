import type { ReadScope } from '../../db/read-scope.ts'
import { AppError, type FieldProblem } from '../../lib/app-error.ts'
import { isId } from '../../lib/ids.ts'
import { requireRole } from '../../lib/permissions.ts'
import { HEARTBEAT_STATUS, type HeartbeatStatus } from '../../lib/status.ts'
import { decodeSlot, encodeSlot } from './heartbeat-cursor.ts'
import type { HeartbeatConnection } from './heartbeat.object.ts'
import { type HeartbeatRange, readHeartbeats } from './heartbeat-reader.ts'

/** Which recorded checks; times include `from` and exclude `to`. */
export interface HeartbeatQuery {
  monitorId: string
  from?: Date | null
  to?: Date | null
  statuses?: HeartbeatStatus[] | null
  first: number
  after?: string | null
}

const MOST_IN_A_PAGE = 500
const LATEST_MS = Date.UTC(9999, 0)
const EXISTS = `
select 1 from monitor where workspace_id = $1 and id = $2 and deleted_at is null`

/**
 * A page of a monitor's recorded checks, newest first. Throws NOT_FOUND for a monitor that this workspace does not
 * have, INVALID for a bad page.
 */
export async function listHeartbeats(
  scope: ReadScope,
  query: HeartbeatQuery,
): Promise<HeartbeatConnection> {
  requireRole(scope.actor, 'viewer')
  const range = rangeOf(query)
  const { workspaceId } = scope.actor
  const { monitorId, first } = query
  const runner = await scope.manager()
  const found = isId(monitorId)
    ? await runner.query<unknown[]>(EXISTS, [workspaceId, monitorId])
    : []
  if (!found.length) throw new AppError('NOT_FOUND', 'There is no such monitor.')
  const rows = await readHeartbeats(runner, workspaceId, monitorId, range)
  const edges = rows.slice(0, first).map((node) => ({ cursor: encodeSlot(node.slotUs), node }))
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: Boolean(query.after),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

function rangeOf(query: HeartbeatQuery): HeartbeatRange {
  const problems = problemsOf(query)
  if (problems.length) throw AppError.invalid(problems)
  const { from, to, statuses, first, after } = query
  const toUs = Math.min(to?.getTime() ?? LATEST_MS, LATEST_MS) * 1000
  return {
    fromUs: Math.max(0, from?.getTime() ?? 0) * 1000,
    beforeUs: after ? Math.min(toUs, decodeSlot(after)) : toUs,
    ...(statuses?.length ? { statuses: statuses.map((name) => HEARTBEAT_STATUS[name]) } : {}),
    limit: first + 1,
  }
}

function problemsOf({ from, to, first }: HeartbeatQuery): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (first < 1 || first > MOST_IN_A_PAGE)
    problems.push({ path: ['first'], code: 'LIMIT', message: '`first` must be from 1 to 500.' })
  if (from && to && from > to)
    problems.push({ path: ['from'], code: 'INVALID', message: '`from` is later than `to`.' })
  return problems
}
