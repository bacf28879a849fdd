import type { MonitorStatus } from '../lib/status.ts'

/** What a visitor is told of a component, and of a page. */
export const ComponentStatus = {
  OPERATIONAL: 'OPERATIONAL',
  DEGRADED: 'DEGRADED',
  PARTIAL_OUTAGE: 'PARTIAL_OUTAGE',
  MAJOR_OUTAGE: 'MAJOR_OUTAGE',
  MAINTENANCE: 'MAINTENANCE',
  UNKNOWN: 'UNKNOWN',
} as const
export type ComponentStatus = keyof typeof ComponentStatus

const OF_MONITOR: Record<MonitorStatus, ComponentStatus> = {
  UP: 'OPERATIONAL',
  DEGRADED: 'DEGRADED',
  DOWN: 'MAJOR_OUTAGE',
  MAINTENANCE: 'MAINTENANCE',
  UNKNOWN: 'UNKNOWN',
  PENDING: 'UNKNOWN',
  PAUSED: 'UNKNOWN',
}

/** From the worst to the best that can be said; what is not known stands for itself only. */
const WORST_FIRST: readonly ComponentStatus[] = [
  'MAJOR_OUTAGE',
  'PARTIAL_OUTAGE',
  'DEGRADED',
  'MAINTENANCE',
  'OPERATIONAL',
  'UNKNOWN',
]

/**
 * The state of a component: what a person has set, else what its monitors say. All of them down is a major outage,
 * some of them a partial one; of several states the worst. A component without monitors is operational.
 */
export function componentStatus(
  manual: ComponentStatus | null,
  monitors: readonly MonitorStatus[],
): ComponentStatus {
  if (manual) return manual
  return monitors.length ? worstOf(monitors.map((status) => OF_MONITOR[status])) : 'OPERATIONAL'
}

/** The state of a page: that of its components as one. Without any it is operational. */
export function pageStatus(components: readonly ComponentStatus[]): ComponentStatus {
  return components.length ? worstOf(components) : 'OPERATIONAL'
}

function worstOf(states: readonly ComponentStatus[]): ComponentStatus {
  const worst = WORST_FIRST.find((status) => states.includes(status)) ?? 'UNKNOWN'
  const isAll = states.every((status) => status === worst || status === 'UNKNOWN')
  return worst === 'MAJOR_OUTAGE' && !isAll ? 'PARTIAL_OUTAGE' : worst
}
