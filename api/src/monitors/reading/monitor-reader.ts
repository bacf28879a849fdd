import type { ReadScope } from '../../db/read-scope.ts'
import { AppError } from '../../lib/app-error.ts'
import { type MonitorStatus, monitorStatusOf } from '../../lib/status.ts'
import type { Monitor } from '../monitor.entity.ts'
import { monitorLoader } from '../monitor.loaders.ts'
import { decodePlace, encodePlace } from './list-cursor.ts'
import type { MonitorOrder } from './monitor-order.ts'
import { type MonitorSelection, countSql, pageSql, statusCountsSql } from './monitor-query.ts'

const MOST_A_PAGE = 500

export interface MonitorPage {
  items: { monitor: Monitor; cursor: string }[]
  hasNextPage: boolean
}

/** Monitors as a request reads them, in its one snapshot. */
export class MonitorReader {
  /** Throws NOT_FOUND, in the same words for an unknown id and for another workspace's. */
  async get(scope: ReadScope, id: string): Promise<Monitor> {
    const monitor = await monitorLoader(scope).load(id)
    if (!monitor) throw new AppError('NOT_FOUND', 'There is no such monitor.')
    return monitor
  }

  /** `first` from 1 to 500, else LIMIT. Throws INVALID for a cursor that is none of this order. */
  async list(
    scope: ReadScope,
    selection: MonitorSelection,
    page: { first: number; after: string | null; orderBy: MonitorOrder; nowMs: number },
  ): Promise<MonitorPage> {
    const { first, orderBy } = page
    if (!(first >= 1 && first <= MOST_A_PAGE))
      throw new AppError('LIMIT', `\`first\` must be from 1 to ${MOST_A_PAGE}.`)
    const after = page.after ? decodePlace(page.after, orderBy) : null
    const asOfMs = after?.asOfMs ?? page.nowMs
    const limit = first + 1
    const sql = pageSql(scope.actor.workspaceId, selection, { orderBy, asOfMs, after, limit })
    const rows = await run<Record<string, string>>(scope, sql)
    const monitors = await monitorLoader(scope).loadMany(rows.slice(0, first).map((r) => r.id!))
    const items = monitors.map((monitor, i) => {
      if (monitor instanceof Error) throw monitor
      const { id: _, ...keys } = rows[i]!
      return { monitor: monitor!, cursor: encodePlace({ orderBy, asOfMs, values: valuesOf(keys) }) }
    })
    return { items, hasNextPage: rows.length > first }
  }

  async count(scope: ReadScope, selection: MonitorSelection): Promise<number> {
    const [row] = await run<{ count: number }>(scope, countSql(scope.actor.workspaceId, selection))
    return row!.count
  }

  /** How many monitors there are of each status; the selection's own statuses are left aside. */
  async statusCounts(
    scope: ReadScope,
    selection: MonitorSelection,
  ): Promise<{ status: MonitorStatus; count: number }[]> {
    const rows = await run<{ status: number; count: number }>(
      scope,
      statusCountsSql(scope.actor.workspaceId, selection),
    )
    return rows.map(({ status, count }) => ({ status: monitorStatusOf(status), count }))
  }
}

function valuesOf(keys: Record<string, string>): string[] {
  return Object.keys(keys).map((_, i) => keys[`key${i}`]!)
}

async function run<Row>(
  scope: ReadScope,
  { text, values }: { text: string; values: unknown[] },
): Promise<Row[]> {
  const manager = await scope.manager()
  return (await manager.query(text, values)) as Row[]
}
