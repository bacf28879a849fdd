import DataLoader from 'dataloader'
import type { ReadScope } from '../../db/read-scope.ts'
import { requireRole } from '../../lib/permissions.ts'
import { isoOfUs } from '../sql-values.ts'
import type { Evidence } from './evidence.object.ts'
import type { EvidenceBody } from '../../checks/index.ts'

/** One check of one monitor; `slotUs` is µs since 1970. */
export interface EvidenceKey {
  monitorId: string
  slotUs: number
}

interface EvidenceRow {
  n: number
  at: Date
  body: Partial<EvidenceBody>
}

const BY_SLOT = `
select k.n::integer, e.slot as at, e.body
  from unnest($2::uuid[], $3::timestamptz[]) with ordinality as k (monitor_id, slot, n)
  join evidence e on e.workspace_id = $1 and e.monitor_id = k.monitor_id and e.slot = k.slot
   and e.slot >= $4 and e.slot <= $5`

const LAST = `
select k.n::integer, e.slot as at, e.body
  from unnest($2::uuid[]) with ordinality as k (monitor_id, n)
 cross join lateral (
   select slot, body from evidence
    where workspace_id = $1 and monitor_id = k.monitor_id order by slot desc limit 1
 ) e`

/** The request's loader of what single checks saw; null where nothing was kept. */
export function evidenceLoader(scope: ReadScope): DataLoader<EvidenceKey, Evidence | null> {
  return scope.loader('evidence', () => {
    return new DataLoader<EvidenceKey, Evidence | null, string>(
      async (keys) => {
        requireRole(scope.actor, 'viewer')
        const slots = keys.map((key) => key.slotUs)
        const bounds = [Math.min(...slots), Math.max(...slots)].map(isoOfUs)
        const ids = keys.map((key) => key.monitorId)
        const values = [scope.actor.workspaceId, ids, slots.map(isoOfUs), ...bounds]
        const rows = await (await scope.manager()).query<EvidenceRow[]>(BY_SLOT, values)
        return inOrder(keys.length, rows)
      },
      { cacheKeyFn: ({ monitorId, slotUs }) => `${monitorId} ${slotUs}` },
    ) as unknown as DataLoader<EvidenceKey, Evidence | null>
  })
}

/** The request's loader of the latest evidence of monitors. Monitors must be the workspace's own. */
export function lastEvidenceLoader(scope: ReadScope): DataLoader<string, Evidence | null> {
  return scope.loader('lastEvidence', () => {
    return new DataLoader<string, Evidence | null>(async (monitorIds) => {
      requireRole(scope.actor, 'viewer')
      const manager = await scope.manager()
      const values = [scope.actor.workspaceId, monitorIds]
      return inOrder(monitorIds.length, await manager.query<EvidenceRow[]>(LAST, values))
    })
  })
}

function inOrder(count: number, rows: readonly EvidenceRow[]): (Evidence | null)[] {
  const found = new Map(rows.map((row) => [row.n - 1, evidenceOf(row.at, row.body)]))
  return Array.from({ length: count }, (_, n) => found.get(n) ?? null)
}

/** Evidence of the contract from what is stored; rows of older versions may lack facts. */
export function evidenceOf(at: Date, body: Partial<EvidenceBody>): Evidence {
  return {
    at,
    remoteAddress: body.remoteAddress ?? null,
    requestedUrl: body.requestedUrl ?? null,
    statusLine: body.statusLine ?? null,
    headers: body.headers ?? [],
    body: body.body ?? null,
    isBodyTruncated: body.isBodyTruncated ?? false,
    conditions: body.conditions ?? [],
    redirects: body.redirects ?? [],
  }
}
