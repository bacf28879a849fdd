import type { QueryRunner } from 'typeorm'
import type { Database } from '../../db/index.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import { HISTORY_LOCKS, PARTITION_LOCK } from '../locks.ts'
import { Routine } from '../routine.ts'
import { DAY_MS, HOUR_MS } from '../time-windows.ts'
import { type DailyTable, dropPartition, listPartitions } from './partitions.ts'

const FIRST_AFTER_MS = 5 * 60_000
const PATIENCE = '10s'

/** No row while a workspace with history has no watermark: nothing of it is rolled up. Null without history. */
const ROLLED_UP_TO = `
select floor(extract(epoch from least(
         (select min(hour) from rollup_watermark),
         (select min(hour) from rollup_dirty))) * 1000)::bigint as ms
 where not exists (
   select from workspace w
    where not exists (select from rollup_watermark r where r.workspace_id = w.id)
      and exists (select from state_span s where s.workspace_id = w.id))`

/**
 * Drops whole days: of heartbeat and evidence behind their retention and behind what is rolled up, of event
 * behind its own retention. Rows are never deleted one by one.
 */
export class RetentionJob {
  private readonly routine: Routine

  constructor(
    private readonly options: {
      database: Pick<Database, 'asOwner' | 'work'>
      clock: Clock
      log: Log
      retentionDays: number
      eventRetentionHours: number
    },
  ) {
    const { clock, log } = options
    const run = (): Promise<string[]> => this.runOnce()
    this.routine = new Routine({ name: 'Retention', clock, log, everyMs: HOUR_MS, run })
  }

  start(): void {
    this.routine.start(FIRST_AFTER_MS)
  }

  stop(): Promise<void> {
    return this.routine.stop()
  }

  /** Answers the names of the partitions that it dropped. */
  async runOnce(now = this.options.clock.now()): Promise<string[]> {
    const { database, retentionDays, eventRetentionHours } = this.options
    const rolledUpTo = await database.work(readRolledUpTo)
    const rawEnd = Math.min(now - retentionDays * DAY_MS, rolledUpTo)
    const ends: Record<DailyTable, number> = {
      heartbeat: rawEnd,
      evidence: rawEnd,
      event: now - eventRetentionHours * HOUR_MS,
    }
    const dropped = await database.asOwner((runner) => dropBehind(runner, ends))
    if (dropped.length) this.options.log.info({ partitions: dropped }, 'Old history was dropped')
    return dropped
  }
}

async function readRolledUpTo(runner: QueryRunner): Promise<number> {
  const rows = (await runner.query(ROLLED_UP_TO)) as { ms: string | null }[]
  if (!rows[0]) return -Infinity
  return rows[0].ms === null ? Infinity : Number(rows[0].ms)
}

/**
 * Detaching without stopping anybody is not possible inside a transaction, hence the lock of the session. It waits for
 * readers of the table: after a while it gives up, and the next run finishes what was begun.
 */
async function dropBehind(
  runner: QueryRunner,
  ends: Record<DailyTable, number>,
): Promise<string[]> {
  const key = [HISTORY_LOCKS, PARTITION_LOCK]
  const dropped: string[] = []
  await runner.query('select pg_advisory_lock($1, $2)', key)
  try {
    await runner.query(`set lock_timeout = '${PATIENCE}'`)
    for (const table of Object.keys(ends) as DailyTable[])
      for (const partition of await listPartitions(runner, table)) {
        if (partition.dayMs + DAY_MS > ends[table]) continue
        await dropPartition(runner, partition)
        dropped.push(partition.name)
      }
  } finally {
    await runner.query('reset lock_timeout')
    await runner.query('select pg_advisory_unlock($1, $2)', key)
  }
  return dropped
}
