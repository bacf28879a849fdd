import type { SqlRunner } from '../../events/index.ts'
import { MONITOR_STATUS } from '../../lib/status.ts'
import { type Effect, type MachineState, shownStatus } from '../state/machine.ts'

/** What a person's command leaves in a state row. */
export interface ShownUpdate {
  monitorId: string
  machine: MachineState
  effect: Extract<Effect, { kind: 'shown' }>
}

const UPDATE = `
update monitor_state s
   set status = u.status, status_since = u.since, reason = null, machine = u.machine::jsonb,
       next_due_at = null, job = s.job - 'start'
  from unnest($2::uuid[], $3::smallint[], $4::timestamptz[], $5::text[])
       as u (monitor_id, status, since, machine)
 where s.workspace_id = $1 and s.monitor_id = u.monitor_id`

/** Writes what commands made of monitors' states, all in one statement. */
export async function updateShown(
  runner: SqlRunner,
  workspaceId: string,
  updates: readonly ShownUpdate[],
): Promise<void> {
  if (!updates.length) return
  await runner.query(UPDATE, [
    workspaceId,
    updates.map((u) => u.monitorId),
    updates.map((u) => MONITOR_STATUS[shownStatus(u.machine)]),
    updates.map((u) => new Date(Math.floor(u.effect.sinceUs / 1000)).toISOString()),
    updates.map((u) => JSON.stringify(u.machine)),
  ])
}
