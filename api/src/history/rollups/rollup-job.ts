import type { QueryRunner } from 'typeorm'
import type { Database } from '../../db/index.ts'
import type { SqlRunner } from '../../events/index.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import { isOnlyRoller } from '../locks.ts'
import { listPartitions } from '../partitions/partitions.ts'
import { Routine } from '../routine.ts'
import { dayOf } from '../time-windows.ts'
import { type HourKey, readHourFacts } from './hour-facts.ts'
import { mergeRollups, rollUpHour } from './roll-up.ts'
import { readHoursOfDays, type StoredRollup, writeHourTimes, writeRollups } from './rollup-rows.ts'
import { beginWorkspaces, completeDays, sealableUntil, sealHours, takeDirty } from './sealing.ts'

const EVERY_MS = 30_000
/** After a start the first checks come before, and tell of the gap while its hours are still open. */
const FIRST_AFTER_MS = 90_000
const HOURS_IN_A_BATCH = 1_000

/**
 * Keeps rollup_hour and rollup_day true.
 * 1. a workspace with its first span gets a watermark;
 * 2. hours that ended a minute ago are sealed: the watermark moves behind them and all their monitors become dirty;
 * 3. dirty hours are taken in batches, a transaction each: recomputed from beats and spans, then the days that
 *    became complete from their hours. A transition that is backdated into sealed hours makes them dirty again.
 * A crash anywhere leaves the rest dirty. Two processes may run it: one at a time does step 3.
 */
export class RollupJob {
  private readonly routine: Routine
  private isStopping = false

  constructor(
    private readonly options: { database: Pick<Database, 'work'>; clock: Clock; log: Log },
  ) {
    const { clock, log } = options
    const run = (): Promise<number> => this.runOnce()
    this.routine = new Routine({ name: 'Rolling up', clock, log, everyMs: EVERY_MS, run })
  }

  start(): void {
    this.isStopping = false
    this.routine.start(FIRST_AFTER_MS)
  }

  /** Returns when the batch in progress is committed; the rest stays dirty. */
  stop(): Promise<void> {
    this.isStopping = true
    return this.routine.stop()
  }

  /** Answers how many hours of monitors it computed; 0 as well when another process is at it. */
  async runOnce(now = this.options.clock.now()): Promise<number> {
    const { database } = this.options
    await database.work(beginWorkspaces)
    let computed = await this.rollUpDirty()
    const seal = (runner: QueryRunner): Promise<boolean> => sealHours(runner, sealableUntil(now))
    while (!this.isStopping && (await database.work(seal))) computed += await this.rollUpDirty()
    return computed
  }

  private async rollUpDirty(): Promise<number> {
    let computed = 0
    while (!this.isStopping) {
      const hours = await this.options.database.work(rollUpBatch)
      computed += hours
      if (hours < HOURS_IN_A_BATCH) break
    }
    return computed
  }
}

async function rollUpBatch(runner: QueryRunner): Promise<number> {
  if (!(await isOnlyRoller(runner))) return 0
  const keys = await takeDirty(runner, HOURS_IN_A_BATCH)
  if (!keys.length) return 0
  await rollUpHours(runner, keys)
  await rollUpDays(runner, keys)
  return keys.length
}

async function rollUpHours(runner: SqlRunner, keys: readonly HourKey[]): Promise<void> {
  const facts = await readHourFacts(runner, keys)
  const days = (await listPartitions(runner, 'heartbeat')).filter(
    (partition) => partition.isAttached,
  )
  const rawDays = new Set(days.map((partition) => partition.dayMs))
  const withBeats: StoredRollup[] = []
  const withoutBeats: StoredRollup[] = []
  keys.forEach(({ workspaceId, monitorId, hourMs }, n) => {
    const { beats, spans } = facts[n]!
    if (!beats.length && !spans.length) return
    const rollup = rollUpHour(beats, spans, hourMs)
    const group = rawDays.has(dayOf(hourMs)) ? withBeats : withoutBeats
    group.push({ workspaceId, monitorId, startMs: hourMs, rollup })
  })
  await writeRollups(runner, 'rollup_hour', withBeats)
  await writeHourTimes(runner, withoutBeats)
}

async function rollUpDays(runner: SqlRunner, hours: readonly HourKey[]): Promise<void> {
  const touched = new Map<string, HourKey>()
  for (const { workspaceId, monitorId, hourMs } of hours) {
    const dayMs = dayOf(hourMs)
    touched.set(`${workspaceId}${monitorId}${dayMs}`, { workspaceId, monitorId, hourMs: dayMs })
  }
  const days = await completeDays(runner, [...touched.values()])
  const byDay = new Map<string, StoredRollup[]>()
  for (const hour of await readHoursOfDays(runner, days)) {
    const key = `${hour.workspaceId}${hour.monitorId}${dayOf(hour.startMs)}`
    byDay.set(key, [...(byDay.get(key) ?? []), hour])
  }
  await writeRollups(
    runner,
    'rollup_day',
    [...byDay.values()].map((own) => ({
      workspaceId: own[0]!.workspaceId,
      monitorId: own[0]!.monitorId,
      startMs: dayOf(own[0]!.startMs),
      rollup: mergeRollups(own.map((hour) => hour.rollup)),
    })),
  )
}
