import type { AuditFilter } from '../../../generated/operations.ts'

/** The filter as it stands in the address; empty: all. Days are the viewer's. */
export interface AuditQuery {
  actor: string
  /** An action, or the room of several with its dot: `monitor.`. */
  action: string
  from: string
  to: string
  search: string
}

/** The rooms that actions are named after. */
export const ACTION_ROOMS = [
  'monitor.',
  'member.',
  'invitation.',
  'workspace.',
  'token.',
  'ownership.',
] as const

/** A day's first moment, or its last, where the viewer is. */
function momentOf(day: string, clock: string): string | undefined {
  const moment = new Date(`${day}T${clock}`)
  return day && !Number.isNaN(moment.getTime()) ? moment.toISOString() : undefined
}

export function auditFilter(query: AuditQuery): AuditFilter {
  const from = momentOf(query.from, '00:00:00.000')
  const to = momentOf(query.to, '23:59:59.999')
  const search = query.search.trim()
  return {
    ...(query.actor && { actorIds: [query.actor] }),
    ...(query.action && { actions: [query.action] }),
    ...(from && { from }),
    ...(to && { to }),
    ...(search && { search }),
  }
}

/** The address of the export with the same filter, and the workspace that it is about. */
export function exportPath(kind: 'csv' | 'json', query: AuditQuery, workspace?: string): string {
  const { actorIds, actions, from, to, search } = auditFilter(query)
  const values = { actor: actorIds?.[0], action: actions?.[0], from, to, search, workspace }
  const given = Object.entries(values).filter((entry): entry is [string, string] => !!entry[1])
  const text = new URLSearchParams(given).toString()
  return `/api/audit.${kind}${text && `?${text}`}`
}

export const isFiltered = (query: AuditQuery): boolean => Object.values(query).some(Boolean)
