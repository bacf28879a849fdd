import type { ComponentEntity } from '../../components/index.ts'
import { auditChanges, type AuditRecord } from '../../accounts/index.ts'
import type { StatusPageEntity } from '../status-page.entity.ts'
import type { PageColumns, PageDraft } from './page-draft.ts'
import type { Rows } from './page-structure.ts'

const target = (id: string, title: string) =>
  ({ targetType: 'status_page', targetId: id, targetName: title }) as const

/** The structure of a page as a person reads it in the log. */
function told({ sections, components, monitors }: Rows): string {
  return sections
    .toSorted((a, b) => a.position - b.position)
    .map(({ id, name, isCollapsed }) => {
      const own = components.filter(({ sectionId }) => sectionId === id)
      const parts = own
        .toSorted((a, b) => a.position - b.position)
        .map((one) => toldComponent(one, monitors.filter((m) => m.componentId === one.id).length))
      return `${name || '–'}${isCollapsed ? ' (folded)' : ''}: ${parts.join(', ') || '–'}`
    })
    .join('; ')
}

function toldComponent(component: ComponentEntity, monitors: number): string {
  const { id, name, manualStatus, showBars, showChart, showUptime } = component
  const facts = [
    ...[id, monitors === 1 ? '1 monitor' : `${monitors} monitors`],
    ...(manualStatus ? [manualStatus] : []),
    ...(showBars ? ['bars'] : []),
    ...(showChart ? ['chart'] : []),
    ...(showUptime ? ['uptime'] : []),
  ]
  return `${name} (${facts.join(', ')})`
}

function shown({ columns, logo, password }: PageDraft): Record<string, unknown> {
  return {
    ...columns,
    ...(logo === undefined
      ? {}
      : { logo: logo ? `${logo.type}, ${logo.bytes.length} bytes` : null }),
    ...(password === undefined ? {} : { password: '••• (another one)' }),
  }
}

export function createdPage(id: string, draft: PageDraft, rows: Rows): AuditRecord {
  const after = { ...shown(draft), sections: told(rows) }
  return { action: 'page.create', ...target(id, draft.columns.title), after }
}

/** What was changed; nothing when nothing was. */
export function updatedPage(
  before: StatusPageEntity,
  draft: PageDraft,
  rows: { before: Rows; after: Rows },
): AuditRecord[] {
  const names = Object.keys(draft.columns) as (keyof PageColumns)[]
  const old: Record<string, unknown> = Object.fromEntries(names.map((name) => [name, before[name]]))
  if (draft.logo !== undefined)
    old['logo'] = before.logo ? `${before.logoType}, ${before.logo.length} bytes` : null
  if (draft.password !== undefined) old['password'] = before.passwordHash ? '•••' : null
  const next: Record<string, unknown> = shown(draft)
  old['sections'] = told(rows.before)
  next['sections'] = told(rows.after)
  const changes = auditChanges(old, next)
  return changes ? [{ action: 'page.update', ...target(before.id, before.title), ...changes }] : []
}

export function deletedPage({ id, title }: { id: string; title: string }): AuditRecord {
  return { action: 'page.delete', ...target(id, title) }
}
