import type { ReadScope } from '../../db/read-scope.ts'
import type { SqlRunner } from '../../events/index.ts'
import { AppError } from '../../lib/app-error.ts'
import { isId } from '../../lib/ids.ts'
import type { AuditEntry } from './audit-entry.object.ts'
import { type AuditSelection, auditCondition } from './audit-filter.ts'

const MOST = 500
const COLUMNS = `
id, at, action, actor_kind as "actorKind", actor_id as "actorId", actor_name as "actorName",
target_type as "targetType", target_id as "targetId", target_name as "targetName", ip_address as "ipAddress",
before, after`

export interface AuditPage {
  entries: AuditEntry[]
  hasNextPage: boolean
}

/** Reads the audit log of the actor's workspace, newest first. */
export class AuditReader {
  /** Throws INVALID for a wrong page size, cursor or filter. */
  async page(
    scope: ReadScope,
    selection: AuditSelection,
    { first, after }: { first: number; after: string | null },
  ): Promise<AuditPage> {
    if (first < 1 || first > MOST)
      throw new AppError('INVALID', `\`first\` must be from 1 to ${MOST}.`)
    const manager = await scope.manager()
    const before = after === null ? null : decodeAuditCursor(after)
    return readAuditPage(manager, scope.actor.workspaceId, selection, { first, before })
  }

  async count(scope: ReadScope, selection: AuditSelection): Promise<number> {
    const { sql, values } = auditCondition(scope.actor.workspaceId, selection)
    const manager = await scope.manager()
    const [row] = (await manager.query(
      `select count(*)::int as count from audit_entry where ${sql}`,
      values,
    )) as { count: number }[]
    return row?.count ?? 0
  }
}

/** Up to `first` entries older than the one with the id `before`. */
export async function readAuditPage(
  runner: SqlRunner,
  workspaceId: string,
  selection: AuditSelection,
  { first, before }: { first: number; before: string | null },
): Promise<AuditPage> {
  const { sql, values } = auditCondition(workspaceId, selection)
  const keyset = before === null ? '' : ` and id < $${values.push(before)}`
  const entries = (await runner.query(
    `select ${COLUMNS} from audit_entry where ${sql}${keyset} order by id desc limit ${first + 1}`,
    values,
  )) as AuditEntry[]
  return { entries: entries.slice(0, first), hasNextPage: entries.length > first }
}

export function encodeAuditCursor(id: string): string {
  return Buffer.from(`a${id}`).toString('base64url')
}

/** Throws INVALID for anything that `encodeAuditCursor` did not make. */
export function decodeAuditCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString('latin1')
  const id = text.slice(1)
  if (text.startsWith('a') && isId(id) && encodeAuditCursor(id) === cursor) return id
  throw new AppError('INVALID', '`after` is not a cursor of this list.')
}
