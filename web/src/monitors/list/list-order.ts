import type { MonitorListQuery, MonitorOrder, MonitorStatus } from '../../generated/operations.ts'

export type ListedMonitor = MonitorListQuery['monitors']['nodes'][number]

/** Sort orders as they stand in the address, and what the contract calls them. The first is the default. */
export const ORDERS = {
  problems: 'PROBLEMS_FIRST',
  name: 'NAME_ASC',
  'name-desc': 'NAME_DESC',
  since: 'STATUS_SINCE_DESC',
  response: 'LATENCY_DESC',
  uptime: 'UPTIME_ASC',
  created: 'CREATED_DESC',
} as const satisfies Record<string, MonitorOrder>
export type Order = keyof typeof ORDERS

/** Statuses as the list shows them: worst first. */
export const WORST_FIRST = [
  'DOWN',
  'DEGRADED',
  'UNKNOWN',
  'PENDING',
  'UP',
  'MAINTENANCE',
  'PAUSED',
] as const satisfies readonly MonitorStatus[]

const RANK = new Map<MonitorStatus, number>(WORST_FIRST.map((status, rank) => [status, rank]))
const PROBLEMS: ReadonlySet<MonitorStatus> = new Set(['DOWN', 'DEGRADED', 'UNKNOWN'])
const names = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Whether somebody should look at it. */
export function isProblem(status: MonitorStatus): boolean {
  return PROBLEMS.has(status)
}

type Compare = (a: ListedMonitor, b: ListedMonitor) => number

const byName: Compare = (a, b) => names.compare(a.name, b.name) || (a.id < b.id ? -1 : 1)
const bySince: Compare = (a, b) => Date.parse(b.statusSince) - Date.parse(a.statusSince)
const rankOf = (monitor: ListedMonitor) => RANK.get(monitor.status) ?? 0
const byProblem: Compare = (a, b) =>
  rankOf(a) - rankOf(b) || (isProblem(a.status) ? bySince(a, b) : 0) || byName(a, b)
// Nothing known goes last in either.
const byUptime: Compare = (a, b) => (a.uptime.ratio ?? 2) - (b.uptime.ratio ?? 2) || byName(a, b)

/** The monitors in this order, as a new array. `latencyOf` answers the last known response time in ms. */
export function sortMonitors(
  monitors: readonly ListedMonitor[],
  order: Order,
  latencyOf: (monitor: ListedMonitor) => number | null,
): ListedMonitor[] {
  return monitors.toSorted(compareFor(order, monitors, latencyOf))
}

function compareFor(
  order: Order,
  monitors: readonly ListedMonitor[],
  latencyOf: (monitor: ListedMonitor) => number | null,
): Compare {
  switch (order) {
    case 'problems':
      return byProblem
    case 'name':
      return byName
    case 'name-desc':
      return (a, b) => byName(b, a)
    case 'since':
      return (a, b) => bySince(a, b) || byName(a, b)
    case 'uptime':
      return byUptime
    case 'created':
      // Ids sort by time of creation.
      return (a, b) => (a.id < b.id ? 1 : -1)
    case 'response': {
      const latencies = new Map(monitors.map((monitor) => [monitor.id, latencyOf(monitor) ?? -1]))
      return (a, b) => (latencies.get(b.id) ?? -1) - (latencies.get(a.id) ?? -1) || byName(a, b)
    }
  }
}
