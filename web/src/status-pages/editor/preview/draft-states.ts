import type { ComponentStatus, MonitorStatus } from '../../../generated/operations.ts'
import { statusTogether } from '../../public/status-look.ts'
import { stateOfMonitor } from '../../shared/states.ts'
import type { ComponentDraft } from '../model/draft.ts'

interface Watched {
  id: string
  status: MonitorStatus
}

/** The state of a component by the server's rule: what was set by hand, else what its monitors say together. */
export function stateOf(
  { manualStatus, monitorIds }: Pick<ComponentDraft, 'manualStatus' | 'monitorIds'>,
  monitors: readonly Watched[],
): ComponentStatus {
  if (manualStatus) return manualStatus
  if (monitorIds.length === 0) return 'OPERATIONAL'
  const known = monitors.filter(({ id }) => monitorIds.includes(id))
  return statusTogether(known.map(({ status }) => ({ status: stateOfMonitor(status) })))
}

/** The state of the page; one without components is well. */
export const stateOfPage = (states: readonly ComponentStatus[]): ComponentStatus =>
  states.length === 0 ? 'OPERATIONAL' : statusTogether(states.map((status) => ({ status })))
