import type { SqlRunner } from '../../events/index.ts'
import { isoOfUs, storableText } from '../sql-values.ts'
import type { EvidenceBody } from '../../checks/index.ts'

/** What a check saw, to be kept. */
export interface EvidenceRow {
  workspaceId: string
  monitorId: string
  /** The slot of the check, in µs since 1970. */
  slotUs: number
  body: EvidenceBody
}

const INSERT = `
insert into evidence (workspace_id, monitor_id, slot, body)
select workspace_id, monitor_id, slot, body::jsonb
  from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[])
    as t (workspace_id, monitor_id, slot, body)
on conflict do nothing`

/** Keeps what checks saw, all in one statement, in the caller's transaction; what PostgreSQL can't store is replaced. */
export async function saveEvidence(runner: SqlRunner, rows: readonly EvidenceRow[]): Promise<void> {
  if (!rows.length) return
  await runner.query(INSERT, [
    rows.map((row) => row.workspaceId),
    rows.map((row) => row.monitorId),
    rows.map((row) => isoOfUs(row.slotUs)),
    rows.map((row) =>
      JSON.stringify(row.body, (_key, value: unknown) =>
        typeof value === 'string' ? storableText(value) : value,
      ),
    ),
  ])
}
