import type { QueryRunner } from 'typeorm'
import type { Database } from '../../db/index.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import { HISTORY_LOCKS, PARTITION_LOCK } from '../locks.ts'
import { Routine } from '../routine.ts'
import { DAY_MS, dayOf, HOUR_MS } from '../time-windows.ts'
import { isMissingPartition } from './missing-partition.ts'
import {
  createPartition,
  DAILY_TABLES,
  type DailyTable,
  daysBetween,
  listPartitions,
} from './partitions.ts'

const DAYS_AHEAD = 7
const FARTHEST_DAYS = 400

/** Sees to it that heartbeat, evidence and event have partitions from yesterday to a week ahead. */
export class PartitionKeeper {
  private readonly routine: Routine

  constructor(
    private readonly options: { database: Pick<Database, 'asOwner'>; clock: Clock; log: Log },
  ) {
    const { clock, log } = options
    const run = (): Promise<void> => this.runOnce()
    this.routine = new Routine({ name: 'Making partitions', clock, log, everyMs: HOUR_MS, run })
  }

  /** Returns when there is room for today; from then on looks ahead every hour. */
  async start(): Promise<void> {
    await this.runOnce()
    this.routine.start(HOUR_MS)
  }

  stop(): Promise<void> {
    return this.routine.stop()
  }

  runOnce(now = this.options.clock.now()): Promise<void> {
    return this.ensureDays(now - DAY_MS, now + DAYS_AHEAD * DAY_MS)
  }

  /** Makes what is missing of the days (UTC) that [fromMs, toMs] touches, for an import too. */
  async ensureDays(fromMs: number, toMs: number, tables = DAILY_TABLES): Promise<void> {
    await this.options.database.asOwner(async (runner) => {
      await runner.startTransaction()
      try {
        await createMissing(runner, daysBetween(fromMs, toMs), tables)
        await runner.commitTransaction()
      } catch (error) {
        await runner.rollbackTransaction()
        throw error
      }
    })
  }

  /**
   * To be asked when a transaction failed, with the slots (µs since 1970) that it wrote: true when it lacked
   * a partition that exists now, so that the same transaction can be tried again, once. False for every other
   * error, and for a slot more than 400 days away.
   */
  async mend(error: unknown, slotsUs: readonly number[] = []): Promise<boolean> {
    if (!isMissingPartition(error)) return false
    const now = this.options.clock.now()
    const slots = slotsUs.map((us) => us / 1000)
    if (slots.some((ms) => Math.abs(ms - now) > FARTHEST_DAYS * DAY_MS)) return false
    this.options.log.warn({}, 'A partition was missing; it is made now')
    await this.runOnce(now)
    for (const day of new Set(slots.map(dayOf))) await this.ensureDays(day, day)
    return true
  }
}

/** One process at a time, and all or nothing. */
async function createMissing(
  runner: QueryRunner,
  days: readonly number[],
  tables: readonly DailyTable[],
): Promise<void> {
  await runner.query('select pg_advisory_xact_lock($1, $2)', [HISTORY_LOCKS, PARTITION_LOCK])
  for (const table of tables) {
    const existing = await listPartitions(runner, table)
    const attached = new Set(existing.filter((p) => p.isAttached).map((p) => p.dayMs))
    for (const day of days) if (!attached.has(day)) await createPartition(runner, table, day)
  }
}
