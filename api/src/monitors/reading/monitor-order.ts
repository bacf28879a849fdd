import { registerEnumType } from 'type-graphql'

/** The GraphQL enum `MonitorOrder`. */
export const MonitorOrder = {
  PROBLEMS_FIRST: 'PROBLEMS_FIRST',
  NAME_ASC: 'NAME_ASC',
  NAME_DESC: 'NAME_DESC',
  STATUS_SINCE_DESC: 'STATUS_SINCE_DESC',
  LATENCY_DESC: 'LATENCY_DESC',
  UPTIME_ASC: 'UPTIME_ASC',
  CREATED_DESC: 'CREATED_DESC',
} as const
export type MonitorOrder = keyof typeof MonitorOrder

registerEnumType(MonitorOrder, {
  name: 'MonitorOrder',
  description: 'How a list of monitors is sorted. Equals are sorted by name or id.',
  valuesConfig: {
    PROBLEMS_FIRST: {
      description: 'Down, degraded, unknown, pending, up, then what is not watched.',
    },
    NAME_ASC: { description: 'By name, A to Z, capitals and small letters alike.' },
    NAME_DESC: { description: 'By name, Z to A.' },
    STATUS_SINCE_DESC: { description: 'The latest change of status first.' },
    LATENCY_DESC: { description: 'The slowest last check first; what has no latency last.' },
    UPTIME_ASC: { description: 'The worst uptime of the last 24 hours first; unknown ones last.' },
    CREATED_DESC: { description: 'The newest monitor first.' },
  },
})

/** One expression to sort by; the monitor is `m`, its state `s`, the time of the first page `$2`. */
export interface SortKey {
  sql: string
  type: 'integer' | 'bigint' | 'text' | 'double precision' | 'uuid'
  isDescending: boolean
}

const up = (sql: string, type: SortKey['type']): SortKey => ({ sql, type, isDescending: false })
const down = (sql: string, type: SortKey['type']): SortKey => ({ sql, type, isDescending: true })

const NAME = 'lower(m.name)'
const ID = up('m.id', 'uuid')

/** Codes of MONITOR_STATUS, the most urgent first. */
const URGENCY = 'array_position(array[3, 2, 4, 0, 1, 5, 6]::smallint[], s.status)'

/** From the spans of the 24 hours before the first page was read, so that pages of one list agree. */
const UPTIME = `coalesce((
  select sum(t.ms) filter (where t.status in (1, 2)) / nullif(sum(t.ms), 0)
    from (select p.status, extract(epoch from least(coalesce(p.to_at, $2), $2)
                                   - greatest(p.from_at, $2 - interval '24 hours')) as ms
            from state_span p
           where p.workspace_id = m.workspace_id and p.monitor_id = m.id
             and p.status in (1, 2, 3) and p.from_at < $2
             and (p.to_at is null or p.to_at > $2 - interval '24 hours')) t
), 2)::double precision`

export const SORT_KEYS: Record<MonitorOrder, SortKey[]> = {
  PROBLEMS_FIRST: [up(URGENCY, 'integer'), up(NAME, 'text'), ID],
  NAME_ASC: [up(NAME, 'text'), ID],
  NAME_DESC: [down(NAME, 'text'), ID],
  STATUS_SINCE_DESC: [down('(extract(epoch from s.status_since) * 1000)::bigint', 'bigint'), ID],
  LATENCY_DESC: [down('coalesce(s.last_latency_us, -1)', 'integer'), ID],
  UPTIME_ASC: [up(UPTIME, 'double precision'), ID],
  CREATED_DESC: [
    down('(extract(epoch from m.created_at) * 1000)::bigint', 'bigint'),
    down('m.id', 'uuid'),
  ],
}
