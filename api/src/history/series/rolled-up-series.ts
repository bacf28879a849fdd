import type { SqlRunner } from '../../events/index.ts'
import { type HourKey, readHourFacts } from '../rollups/hour-facts.ts'
import { mergeRollups, type Rollup, rollUpHour } from '../rollups/roll-up.ts'
import { readRollups, type RollupRange, type StoredRollup } from '../rollups/rollup-rows.ts'
import {
  dirtyHoursOf,
  readSealedState,
  type SealedState,
  trustedUntil,
} from '../rollups/sealed-state.ts'
import { dayOf, HOUR_MS, hourOf } from '../time-windows.ts'
import { bucketStart, bucketStarts } from './buckets.ts'
import type { LatencyPoint } from './latency-series.object.ts'
import { RolledUpPoint } from './rolled-up-point.ts'
import type { MonitorBuckets } from './series-reader.ts'

/** Where the parts of a series are read: whole days, whole hours, and hours to be computed now. */
interface Plan {
  days: RollupRange[]
  hours: RollupRange[]
  live: HourKey[]
}

/** Series of rollups; hours that have none yet, or a stale one, are computed from their checks. */
export async function readRolledUpSeries(
  runner: SqlRunner,
  workspaceId: string,
  monitors: readonly MonitorBuckets[],
): Promise<LatencyPoint[][]> {
  const ids = monitors.map(({ monitorId }) => monitorId)
  const since = Math.min(...monitors.map(({ buckets }) => buckets.fromMs))
  const state = await readSealedState(runner, workspaceId, ids, since)
  const plan: Plan = { days: [], hours: [], live: [] }
  for (const monitor of monitors) addToPlan(plan, workspaceId, monitor, state)
  const rollups = [
    ...(await readRollups(runner, 'rollup_day', workspaceId, plan.days)).filter(
      ({ monitorId, startMs }) => !dirtyHoursOf(state, monitorId).some((h) => dayOf(h) === startMs),
    ),
    ...(await readRollups(runner, 'rollup_hour', workspaceId, plan.hours)).filter(
      ({ monitorId, startMs }) => !dirtyHoursOf(state, monitorId).includes(startMs),
    ),
    ...(await computeLive(runner, plan.live, new Map(monitors.map((m) => [m.monitorId, m])))),
  ]
  const byMonitor = new Map(ids.map((id) => [id, [] as StoredRollup[]]))
  for (const rollup of rollups) byMonitor.get(rollup.monitorId)?.push(rollup)
  return monitors.map((monitor) => pointsOf(monitor, byMonitor.get(monitor.monitorId)!))
}

function addToPlan(
  plan: Plan,
  workspaceId: string,
  { monitorId, buckets, firstMs, coveredUntil }: MonitorBuckets,
  state: SealedState,
): void {
  const fromMs = Math.max(buckets.fromMs, hourOf(firstMs))
  const trusted = Math.max(fromMs, trustedUntil(state, coveredUntil))
  const dirty = dirtyHoursOf(state, monitorId).filter((h) => h >= fromMs && h < trusted)
  const hoursFrom = buckets.source === 'DAY' ? Math.max(fromMs, dayOf(trusted)) : fromMs
  if (hoursFrom > fromMs) plan.days.push({ monitorId, fromMs: dayOf(fromMs), toMs: hoursFrom })
  const dirtyDays = new Set(dirty.map(dayOf).filter((day) => day < hoursFrom))
  for (const day of dirtyDays)
    if (buckets.source === 'DAY')
      plan.hours.push({ monitorId, fromMs: day, toMs: dayOf(day) + 24 * HOUR_MS })
  if (trusted > hoursFrom) plan.hours.push({ monitorId, fromMs: hoursFrom, toMs: trusted })
  const running: number[] = []
  for (let hour = hourOf(trusted); hour <= buckets.nowMs; hour += HOUR_MS) running.push(hour)
  for (const hourMs of [...dirty, ...running]) plan.live.push({ workspaceId, monitorId, hourMs })
}

async function computeLive(
  runner: SqlRunner,
  keys: readonly HourKey[],
  monitors: ReadonlyMap<string, MonitorBuckets>,
): Promise<StoredRollup[]> {
  const facts = await readHourFacts(runner, keys)
  return keys.map(({ workspaceId, monitorId, hourMs }, n) => {
    const { buckets, coveredUntil } = monitors.get(monitorId)!
    const { beats, spans } = facts[n]!
    const rollup = rollUpHour(beats, spans, hourMs, buckets.nowMs, coveredUntil)
    return { workspaceId, monitorId, startMs: hourMs, rollup }
  })
}

function pointsOf(
  { buckets, firstMs }: MonitorBuckets,
  rollups: readonly StoredRollup[],
): LatencyPoint[] {
  const byBucket = new Map<number, Rollup[]>()
  for (const { startMs, rollup } of rollups) {
    const at = bucketStart(buckets, startMs)
    byBucket.set(at, [...(byBucket.get(at) ?? []), rollup])
  }
  return bucketStarts(buckets, firstMs).map((at) => {
    const own = byBucket.get(at) ?? []
    return new RolledUpPoint(at, own.length === 1 ? own[0]! : mergeRollups(own))
  })
}
