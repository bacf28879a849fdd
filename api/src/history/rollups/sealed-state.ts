import type { SqlRunner } from '../../events/index.ts'
import { isoOfMs } from '../sql-values.ts'
import { hourOf } from '../time-windows.ts'

/** Which hours of some monitors have a rollup that can be trusted. Times are ms since 1970. */
export interface SealedState {
  /** Hours before it are sealed; 0 when the workspace is not rolled up yet. */
  watermarkMs: number
  /** Sealed hours that are still to be computed, by monitor. */
  dirtyHours: Map<string, number[]>
}

const WATERMARK = `
select floor(extract(epoch from hour) * 1000)::bigint as ms from rollup_watermark where workspace_id = $1`

const DIRTY = `
select monitor_id, floor(extract(epoch from hour) * 1000)::bigint as ms
  from rollup_dirty
 where workspace_id = $1 and monitor_id = any($2::uuid[]) and hour >= $3
 order by hour`

export async function readSealedState(
  runner: SqlRunner,
  workspaceId: string,
  monitorIds: readonly string[],
  sinceMs: number,
): Promise<SealedState> {
  const marks = (await runner.query(WATERMARK, [workspaceId])) as { ms: string }[]
  const rows = (await runner.query(DIRTY, [workspaceId, monitorIds, isoOfMs(hourOf(sinceMs))])) as {
    monitor_id: string
    ms: string
  }[]
  const dirtyHours = new Map<string, number[]>()
  for (const row of rows)
    dirtyHours.set(row.monitor_id, [...(dirtyHours.get(row.monitor_id) ?? []), Number(row.ms)])
  return { watermarkMs: Number(marks[0]?.ms ?? 0), dirtyHours }
}

/** Until when a monitor's rollups can be trusted: not where nobody looked, since nobody has said so yet. */
export function trustedUntil(state: SealedState, coveredUntil = Infinity): number {
  return hourOf(Math.min(coveredUntil, state.watermarkMs))
}

/** The sealed hours of a monitor whose rollups, and those of their days, are stale. */
export function dirtyHoursOf(state: SealedState, monitorId: string): readonly number[] {
  return state.dirtyHours.get(monitorId) ?? []
}
