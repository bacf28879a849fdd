import type { QueryRunner } from 'typeorm'
import type { Database } from '../../db/index.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import { HISTORY_LOCKS, PARTITION_LOCK } from '../locks.ts'
import { Routine } from '../routine.ts'
import { DAY_MS, HOUR_MS } from '../time-windows.ts'
import { isMissingPartition, missingMoment } from './missing-partition.ts'
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
   * To be asked when a transaction failed: true when it lacked a partition that exists now, so that the same
   * transaction can be tried again. False for every other error, and for days more than 400 days away.
   */
  async mend(error: unknown): Promise<boolean> {
    if (!isMissingPartition(error)) return false
    const at = missingMoment(error)
    if (at === undefined || Math.abs(at - this.options.clock.now()) > FARTHEST_DAYS * DAY_MS)
      return false
    this.options.log.warn({ day: new Date(at).toISOString() }, 'A partition was missing')
    await this.ensureDays(at, at)
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
