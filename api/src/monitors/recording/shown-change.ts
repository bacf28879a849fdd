import type { StatusChangedFact } from '../../events/index.ts'
import type { SpanChange } from '../../history/index.ts'
import { MONITOR_STATUS } from '../../lib/status.ts'
import type { Effect } from '../state/machine.ts'

type Shown = Extract<Effect, { kind: 'shown' }>

/** A change of what is shown, as history keeps it. */
export function spanChangeOf(workspaceId: string, monitorId: string, effect: Shown): SpanChange {
  const at = Math.floor(effect.atUs / 1000)
  const backdatedTo = Math.floor(effect.sinceUs / 1000)
  const change = {
    workspaceId,
    monitorId,
    at,
    status: MONITOR_STATUS[effect.to],
    reason: effect.reason,
  }
  if (backdatedTo >= at) return change
  return { ...change, backdatedTo }
}

/** A change of what is shown, as the event log tells it. */
export function statusChangeOf(monitorId: string, effect: Shown): StatusChangedFact {
  const { from, to, sinceUs, reason } = effect
  return { monitorId, from, to, since: Math.floor(sinceUs / 1000), reason }
}
