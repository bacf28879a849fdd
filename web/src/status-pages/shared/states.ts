import type { ComponentStatus, MonitorStatus, PageVisibility } from '../../generated/operations.ts'
import type { Status } from '../../ui/index.ts'

/** The sign that stands for a state of a component. */
export const SIGNS: Readonly<Record<ComponentStatus, Status>> = {
  OPERATIONAL: 'UP',
  DEGRADED: 'DEGRADED',
  PARTIAL_OUTAGE: 'DEGRADED',
  MAJOR_OUTAGE: 'DOWN',
  MAINTENANCE: 'MAINTENANCE',
  UNKNOWN: 'UNKNOWN',
}

/** From the best to the worst, as they are chosen by hand. */
export const STATES: readonly ComponentStatus[] = [
  ...(['OPERATIONAL', 'DEGRADED', 'PARTIAL_OUTAGE'] as const),
  ...(['MAJOR_OUTAGE', 'MAINTENANCE', 'UNKNOWN'] as const),
]
export const VISIBILITIES: readonly PageVisibility[] = ['PUBLIC', 'UNLISTED', 'PASSWORD', 'MEMBERS']

/** Whether everybody may see it: only then it has feeds, badges and a widget. */
export const isOpen = (visibility: PageVisibility): boolean =>
  visibility === 'PUBLIC' || visibility === 'UNLISTED'

const OF_MONITOR: Readonly<Record<MonitorStatus, ComponentStatus>> = {
  UP: 'OPERATIONAL',
  DEGRADED: 'DEGRADED',
  DOWN: 'MAJOR_OUTAGE',
  MAINTENANCE: 'MAINTENANCE',
  UNKNOWN: 'UNKNOWN',
  PENDING: 'UNKNOWN',
  PAUSED: 'UNKNOWN',
}
export const stateOfMonitor = (status: MonitorStatus): ComponentStatus => OF_MONITOR[status]
