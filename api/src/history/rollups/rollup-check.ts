import { isDeepStrictEqual } from 'node:util'
import type { SqlRunner } from '../../events/index.ts'
import { listPartitions } from '../partitions/partitions.ts'
import { DAY_MS, dayOf } from '../time-windows.ts'
import { readHourFacts } from './hour-facts.ts'
import { emptyRollup, mergeRollups, type Rollup, rollUpHour } from './roll-up.ts'
import { readRollups, type RollupRange, type StoredRollup } from './rollup-rows.ts'
import { dirtyHoursOf, readSealedState } from './sealed-state.ts'

/** A rollup that differs from what its checks and spans say. */
export interface RollupDifference {
  table: 'rollup_hour' | 'rollup_day'
  monitorId: string
  /** Beginning of the bucket, ms since 1970. */
  startMs: number
  stored: object
  expected: object
}

const HOURS_AT_ONCE = 1_000
const DAYS_TO_READ = 400

/**
 * Computes a workspace's rollups again from the recorded checks and the spans, and answers where they differ.
 * Hours that wait to be computed, and days whose checks were dropped, are left out. Runs in the caller's transaction.
 */
export async function findRollupDifferences(
  runner: SqlRunner,
  workspaceId: string,
): Promise<RollupDifference[]> {
  const monitors = (await runner.query('select id from monitor where workspace_id = $1', [
    workspaceId,
  ])) as { id: string }[]
  const partitions = await listPartitions(runner, 'heartbeat')
  const days = partitions.filter((p) => p.isAttached).map((p) => p.dayMs)
  const ids = monitors.map((monitor) => monitor.id)
  const state = await readSealedState(runner, workspaceId, ids, 0)
  const stored = await readAll(runner, workspaceId, ids, state.watermarkMs)
  const waiting = new Set([...state.dirtyHours].flatMap(([id, hours]) => hours.map((h) => id + h)))
  const keys = ids.flatMap((monitorId) =>
    days
      .flatMap((day) => Array.from({ length: 24 }, (_, n) => day + (n * DAY_MS) / 24))
      .filter((hourMs) => hourMs < state.watermarkMs && !waiting.has(monitorId + hourMs))
      .map((hourMs) => ({ workspaceId, monitorId, hourMs })),
  )
  const differences: RollupDifference[] = []
  for (let n = 0; n < keys.length; n += HOURS_AT_ONCE) {
    const some = keys.slice(n, n + HOURS_AT_ONCE)
    const facts = await readHourFacts(runner, some)
    some.forEach(({ monitorId, hourMs }, k) => {
      const expected = rollUpHour(facts[k]!.beats, facts[k]!.spans, hourMs)
      const found = stored.hours.get(monitorId + hourMs)?.rollup ?? emptyRollup()
      compare(differences, 'rollup_hour', monitorId, hourMs, found, expected)
    })
  }
  for (const { monitorId, startMs, rollup } of stored.days.values()) {
    if (dirtyHoursOf(state, monitorId).some((hour) => dayOf(hour) === startMs)) continue
    const own = [...stored.hours.values()].filter(
      (hour) => hour.monitorId === monitorId && dayOf(hour.startMs) === startMs,
    )
    const expected = mergeRollups(own.map((hour) => hour.rollup))
    compare(differences, 'rollup_day', monitorId, startMs, rollup, expected)
  }
  return differences
}

async function readAll(
  runner: SqlRunner,
  workspaceId: string,
  ids: readonly string[],
  toMs: number,
): Promise<Record<'hours' | 'days', Map<string, StoredRollup>>> {
  const fromMs = Math.max(0, toMs - DAYS_TO_READ * DAY_MS)
  const ranges = ids.map((monitorId): RollupRange => ({ monitorId, fromMs, toMs }))
  const byKey = (rollups: StoredRollup[]): Map<string, StoredRollup> =>
    new Map(rollups.map((rollup) => [rollup.monitorId + rollup.startMs, rollup]))
  return {
    hours: byKey(await readRollups(runner, 'rollup_hour', workspaceId, ranges)),
    days: byKey(await readRollups(runner, 'rollup_day', workspaceId, ranges)),
  }
}

function compare(
  differences: RollupDifference[],
  table: RollupDifference['table'],
  monitorId: string,
  startMs: number,
  found: Rollup,
  computed: Rollup,
): void {
  const [stored, expected] = [plain(found), plain(computed)]
  if (!isDeepStrictEqual(stored, expected))
    differences.push({ table, monitorId, startMs, stored, expected })
}

/** What a row of a rollup holds. */
function plain({ count, time, latency }: Rollup): object {
  const { pendingMs, unknownMs, ...known } = time
  return {
    count,
    ...known,
    unknownMs: unknownMs + pendingMs,
    latencyCount: latency.count,
    latencySumUs: latency.sumUs,
    latencyMinUs: latency.minUs,
    latencyMaxUs: latency.maxUs,
    histogram: latency.toArray(),
  }
}
