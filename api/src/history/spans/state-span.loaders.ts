import DataLoader from 'dataloader'
import type { ReadScope } from '../../db/read-scope.ts'
import { AppError } from '../../lib/app-error.ts'
import { requireRole } from '../../lib/permissions.ts'
import { monitorStatusOf } from '../../lib/status.ts'
import type { StateSpan } from './state-span.object.ts'

/** Which spans of a monitor: those that touch [from, to), newest first, at most `limit` (1 to 500). */
export interface StateSpanKey {
  monitorId: string
  from?: Date | null
  to?: Date | null
  limit: number
}

interface StateSpanRow {
  n: number
  from_at: Date
  to_at: Date | null
  status: number
  reason: string | null
}

const MOST = 500

const SPANS = `
select k.n::integer, s.*
  from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::integer[])
       with ordinality as k (monitor_id, from_at, to_at, most, n)
  left join lateral (
    select p.from_at from state_span p
     where p.workspace_id = $1 and p.monitor_id = k.monitor_id and p.from_at <= k.from_at
     order by p.from_at desc limit 1
  ) f on true
 cross join lateral (
   select o.from_at, o.to_at, o.status, o.reason from state_span o
    where o.workspace_id = $1 and o.monitor_id = k.monitor_id
      and o.from_at < coalesce(k.to_at, 'infinity')
      and o.from_at >= coalesce(f.from_at, k.from_at, '-infinity')
    order by o.from_at desc
    limit k.most
 ) s
 order by k.n, s.from_at desc`

/** The request's loader of spans. Monitors must be the workspace's own. Throws INVALID for a bad limit. */
export function stateSpanLoader(scope: ReadScope): DataLoader<StateSpanKey, StateSpan[]> {
  return scope.loader('stateSpans', () => {
    return new DataLoader<StateSpanKey, StateSpan[], string>(
      async (keys) => {
        requireRole(scope.actor, 'viewer')
        const valid = keys.filter((key) => key.limit >= 1 && key.limit <= MOST)
        const rows = await (
          await scope.manager()
        ).query<StateSpanRow[]>(SPANS, [
          scope.actor.workspaceId,
          valid.map((key) => key.monitorId),
          valid.map((key) => key.from?.toISOString() ?? null),
          valid.map((key) => key.to?.toISOString() ?? null),
          valid.map((key) => key.limit),
        ])
        const found = new Map(valid.map((key) => [key, [] as StateSpan[]]))
        for (const row of rows) {
          const key = valid[row.n - 1]!
          found.get(key)!.push(stateSpanOf(key.monitorId, row))
        }
        return keys.map((key) => found.get(key) ?? badLimit())
      },
      { cacheKeyFn: (key) => JSON.stringify(key) },
    ) as unknown as DataLoader<StateSpanKey, StateSpan[]>
  })
}

function stateSpanOf(monitorId: string, row: StateSpanRow): StateSpan {
  return {
    id: `${monitorId}.${row.from_at.getTime().toString(36)}`,
    status: monitorStatusOf(row.status),
    from: row.from_at,
    to: row.to_at,
    reason: row.reason,
  }
}

function badLimit(): AppError {
  const message = `\`limit\` must be from 1 to ${MOST}.`
  return AppError.invalid([{ path: ['limit'], code: 'LIMIT', message }])
}
