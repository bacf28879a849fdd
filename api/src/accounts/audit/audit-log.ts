import type { SqlRunner } from '../../events/index.ts'
import type { Actor } from '../../lib/actor.ts'
import { newId } from '../../lib/ids.ts'

/** Something that was done, for the audit log. */
export interface AuditRecord {
  /** Such as monitor.update: the kind of object and a verb. */
  action: string
  targetType: string
  targetId?: string | null
  targetName?: string | null
  /** What was changed, as it was; secrets never stand here, only that they were changed. */
  before?: Record<string, unknown> | null
  after?: Record<string, unknown> | null
}

const KINDS = { user: 'person', token: 'api_token', system: 'system', anonymous: 'system' } as const

/** Writes down what was done, in the transaction that does it. */
export async function recordAudit(
  runner: SqlRunner,
  actor: Actor,
  at: Date,
  records: readonly AuditRecord[],
): Promise<void> {
  if (!records.length) return
  await runner.query(
    `insert into audit_entry (workspace_id, id, at, action, actor_kind, actor_id, actor_name,
       target_type, target_id, target_name, ip_address, before, after)
     select $1, u.id, $2, u.action, $3, $4, $5, u.target_type, u.target_id, u.target_name, $6, u.before, u.after
       from unnest($7::uuid[], $8::text[], $9::text[], $10::text[], $11::text[], $12::jsonb[], $13::jsonb[])
         as u (id, action, target_type, target_id, target_name, before, after)`,
    [
      ...[actor.workspaceId, at.toISOString(), KINDS[actor.kind], actor.id ?? null],
      ...[actor.name ?? 'Allswell', actor.ipAddress ?? null],
      records.map(() => newId(at.getTime())),
      records.map((r) => r.action),
      records.map((r) => r.targetType),
      records.map((r) => r.targetId ?? null),
      records.map((r) => r.targetName ?? null),
      records.map((r) => (r.before ? JSON.stringify(r.before) : null)),
      records.map((r) => (r.after ? JSON.stringify(r.after) : null)),
    ],
  )
}
