import { AppError } from '../../lib/app-error.ts'
import { isId } from '../../lib/ids.ts'

export interface AuditSelection {
  actorIds?: readonly string[] | null | undefined
  /** `monitor.` stands for all that begin so. */
  actions?: readonly string[] | null | undefined
  targetId?: string | null | undefined
  from?: Date | null | undefined
  to?: Date | null | undefined
  search?: string | null | undefined
}

/** A condition in SQL with its values, numbered from $1 on. */
export interface SqlCondition {
  sql: string
  values: unknown[]
}

const MOST_LISTED = 100
const LONGEST_SEARCH = 200

/** What a selection means in SQL, for the workspace. Throws INVALID for what is too long. */
export function auditCondition(workspaceId: string, selection: AuditSelection): SqlCondition {
  const { actorIds, actions, targetId, from, to, search } = checked(selection)
  const values: unknown[] = [workspaceId]
  const parts = ['workspace_id = $1']
  const add = (sql: (place: string) => string, value: unknown): void => {
    values.push(value)
    parts.push(sql(`$${values.length}`))
  }
  if (actorIds) add((p) => `actor_id = any(${p}::uuid[])`, actorIds.filter(isId))
  if (actions) add((p) => `action like any(${p}::text[])`, actions.map(asPattern))
  if (targetId) add((p) => `target_id = ${p}`, targetId)
  if (from) add((p) => `at >= ${p}`, from.toISOString())
  if (to) add((p) => `at <= ${p}`, to.toISOString())
  const wanted = search?.trim()
  if (wanted)
    add((p) => `(actor_name ilike ${p} or target_name ilike ${p})`, `%${escaped(wanted)}%`)
  return { sql: parts.join(' and '), values }
}

function checked(selection: AuditSelection): AuditSelection {
  const { actorIds, actions, targetId, search } = selection
  const lists = [actorIds ?? [], actions ?? []]
  const texts = [...lists.flat(), targetId ?? '', search ?? '']
  const complaint = complaintOf(lists, texts)
  if (complaint) throw new AppError('INVALID', complaint)
  return selection
}

function complaintOf(
  lists: readonly (readonly string[])[],
  texts: readonly string[],
): string | undefined {
  if (texts.some((text) => text.includes('\0'))) return 'A filter can’t hold the character NUL.'
  if (lists.some(({ length }) => length > MOST_LISTED))
    return `A filter lists at most ${MOST_LISTED} values.`
  if (texts.some(({ length }) => length > LONGEST_SEARCH))
    return `A text of the filter has at most ${LONGEST_SEARCH} characters.`
  return undefined
}

const escaped = (text: string): string => text.replace(/[\\%_]/g, (found) => `\\${found}`)

const asPattern = (action: string): string =>
  action.endsWith('.') ? `${escaped(action)}%` : escaped(action)
