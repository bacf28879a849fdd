import type { Database } from '../../db/index.ts'
import type { Actor } from '../../lib/actor.ts'
import { requireRole, requireScope } from '../../lib/permissions.ts'
import type { AuditEntry } from './audit-entry.object.ts'
import { auditCondition, type AuditSelection } from './audit-filter.ts'
import { readAuditPage } from './audit-reader.ts'
import { csvLine } from './csv.ts'

const PAGE = 500
const COLUMNS = [
  ...(['at', 'action', 'actorKind', 'actorId', 'actorName', 'targetType', 'targetId'] as const),
  ...(['targetName', 'ipAddress', 'before', 'after'] as const),
]

/** The audit log as a file. */
export class AuditExport {
  constructor(private readonly options: { database: Database }) {}

  /** Throws FORBIDDEN, and INVALID for a wrong filter, before anything is written. */
  csv(actor: Actor, selection: AuditSelection): AsyncGenerator<string> {
    this.check(actor, selection)
    return this.csvLines(actor, selection)
  }

  /** One array, entry by entry. Throws as `csv` does. */
  json(actor: Actor, selection: AuditSelection): AsyncGenerator<string> {
    this.check(actor, selection)
    return this.jsonText(actor, selection)
  }

  private check(actor: Actor, selection: AuditSelection): void {
    requireRole(actor, 'admin')
    requireScope(actor, 'audit:read')
    auditCondition(actor.workspaceId, selection)
  }

  private async *csvLines(actor: Actor, selection: AuditSelection): AsyncGenerator<string> {
    yield csvLine(COLUMNS)
    for await (const entries of this.pages(actor, selection))
      yield entries.map((entry) => csvLine(COLUMNS.map((name) => cellOf(entry[name])))).join('')
  }

  private async *jsonText(actor: Actor, selection: AuditSelection): AsyncGenerator<string> {
    let before = '[\n'
    for await (const entries of this.pages(actor, selection)) {
      yield before + entries.map((entry) => JSON.stringify(entry)).join(',\n')
      before = ',\n'
    }
    yield before === '[\n' ? '[]\n' : '\n]\n'
  }

  /** Page by page, each in a transaction of its own: an export of a million entries holds neither memory nor a connection. */
  private async *pages(actor: Actor, selection: AuditSelection): AsyncGenerator<AuditEntry[]> {
    const { workspaceId } = actor
    let before: string | null = null
    for (;;) {
      const wanted: { first: number; before: string | null } = { first: PAGE, before }
      const page = await this.options.database.write(workspaceId, (manager) =>
        readAuditPage(manager, workspaceId, selection, wanted),
      )
      if (page.entries.length) yield page.entries
      if (!page.hasNextPage) return
      before = page.entries.at(-1)!.id
    }
  }
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'string' ? value : JSON.stringify(value)
}
