import { auditChanges, type AuditRecord, maskedSecrets } from '../../accounts/index.ts'
import type { MonitorDraft } from './monitor.rules.ts'

const target = (id: string, name: string) =>
  ({ targetType: 'monitor', targetId: id, targetName: name }) as const

/** A body of a request may hold whatever its author put there: it is told of as a secret is. */
function guarded(draft: MonitorDraft): MonitorDraft {
  const { body, ...settings } = draft.settings
  if (typeof body !== 'string' || !body) return draft
  return { ...draft, settings, secrets: { ...draft.secrets, body } }
}

/** What a person sees of a monitor in the audit log. */
function shown({ secrets, settings, ...fields }: MonitorDraft): Record<string, unknown> {
  return { ...fields, ...settings, ...maskedSecrets(secrets) }
}

/** That a monitor was made, and as what. */
export function createdRecord(id: string, draft: MonitorDraft): AuditRecord {
  const changes = auditChanges({}, shown(guarded(draft)))
  return { action: 'monitor.create', ...target(id, draft.name), after: changes?.after ?? null }
}

/** What was changed; nothing when nothing was. That a secret has another value is told, its value never. */
export function updatedRecords(
  id: string,
  stored: MonitorDraft,
  edited: MonitorDraft,
): AuditRecord[] {
  const after = guarded(edited)
  // What is stored beside the draft is no matter of the person.
  const stated = { ...stored }
  for (const name of Object.keys(stored))
    if (!(name in after)) delete stated[name as keyof MonitorDraft]
  const before = guarded(stated)
  const renewed = Object.keys(after.secrets).filter(
    (name) => before.secrets[name] !== undefined && before.secrets[name] !== after.secrets[name],
  )
  const marks = Object.fromEntries(renewed.map((name) => [name, '••• (another one)']))
  const changes = auditChanges(shown(before), { ...shown(after), ...marks })
  return changes ? [{ action: 'monitor.update', ...target(id, before.name), ...changes }] : []
}
