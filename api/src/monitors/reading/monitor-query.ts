import { MONITOR_STATUS, type MonitorStatus } from '../../lib/status.ts'
import { isId } from '../../lib/ids.ts'
import type { ListPlace } from './list-cursor.ts'
import { type MonitorOrder, SORT_KEYS, type SortKey } from './monitor-order.ts'

/** Which monitors are meant; absent parts mean all, an empty list means none. */
export interface MonitorSelection {
  search?: string | null
  statuses?: readonly MonitorStatus[] | null
  kinds?: readonly string[] | null
  ids?: readonly string[] | null
}

export interface Sql {
  text: string
  values: unknown[]
}

/** Collects values and names them in the text. */
class Values {
  readonly list: unknown[]

  constructor(...first: unknown[]) {
    this.list = first
  }

  add(value: unknown): string {
    this.list.push(value)
    return `$${this.list.length}`
  }
}

const FROM = `
  from monitor m
  join monitor_state s on s.workspace_id = m.workspace_id and s.monitor_id = m.id`

function conditionsOf(selection: MonitorSelection, values: Values): string[] {
  const { search, statuses, kinds, ids } = selection
  const conditions = ['m.workspace_id = $1', 'm.deleted_at is null']
  if (search) {
    const pattern = values.add(`%${search.replace(/[\\%_]/g, '\\$&').replaceAll('\0', '')}%`)
    conditions.push(`(m.name ilike ${pattern} or m.target ilike ${pattern})`)
  }
  if (statuses) {
    const codes = statuses.map((status) => MONITOR_STATUS[status])
    conditions.push(`s.status = any(${values.add(codes)}::smallint[])`)
  }
  if (kinds) {
    // PostgreSQL knows no NUL, and no kind has one.
    const known = kinds.filter((kind) => !kind.includes('\0'))
    conditions.push(`m.kind = any(${values.add(known)}::text[])`)
  }
  if (ids) conditions.push(`m.id = any(${values.add(ids.filter(isId))}::uuid[])`)
  return conditions
}

/** Ids with their sort values, from a place on. */
export function pageSql(
  workspaceId: string,
  selection: MonitorSelection,
  page: { orderBy: MonitorOrder; asOfMs: number; after: ListPlace | null; limit: number },
): Sql {
  const values = new Values(workspaceId)
  const needsTime = SORT_KEYS[page.orderBy].some((key) => key.sql.includes('$2'))
  // PostgreSQL refuses a parameter that no text mentions, hence the plain cast where no key needs the time.
  const time = values.add(new Date(page.asOfMs).toISOString())
  const keys = SORT_KEYS[page.orderBy].map((key) => ({
    ...key,
    sql: key.sql.replaceAll('$2', `${time}::timestamptz`),
  }))
  const conditions = conditionsOf(selection, values)
  if (!needsTime) conditions.push(`${time}::timestamptz is not null`)
  if (page.after) conditions.push(laterThan(keys, page.after.values, values))
  const columns = keys.map((key, i) => `(${key.sql})::text as "key${i}"`)
  const order = keys.map((key) => `${key.sql} ${key.isDescending ? 'desc' : 'asc'}`)
  const text = `select m.id, ${columns.join(', ')} ${FROM}
 where ${conditions.join(' and ')}
 order by ${order.join(', ')} limit ${values.add(page.limit)}`
  return { text, values: values.list }
}

/** (a, b, c) after a place: a further, or a equal and b further, or … */
function laterThan(keys: SortKey[], place: readonly string[], values: Values): string {
  const marks = keys.map((key, i) => `${values.add(place[i])}::text::${key.type}`)
  const cases = keys.map((key, i) => {
    const equal = keys.slice(0, i).map((before, k) => `${before.sql} = ${marks[k]}`)
    return [...equal, `${key.sql} ${key.isDescending ? '<' : '>'} ${marks[i]}`].join(' and ')
  })
  return `(${cases.map((text) => `(${text})`).join(' or ')})`
}

export function countSql(workspaceId: string, selection: MonitorSelection): Sql {
  const values = new Values(workspaceId)
  const conditions = conditionsOf(selection, values)
  return {
    text: `select count(*)::integer as count ${FROM} where ${conditions.join(' and ')}`,
    values: values.list,
  }
}

/** How many there are of each status, whatever statuses the selection asks for. */
export function statusCountsSql(workspaceId: string, selection: MonitorSelection): Sql {
  const values = new Values(workspaceId)
  const conditions = conditionsOf({ ...selection, statuses: null }, values)
  return {
    text: `select s.status, count(*)::integer as count ${FROM}
 where ${conditions.join(' and ')} group by s.status order by s.status`,
    values: values.list,
  }
}
