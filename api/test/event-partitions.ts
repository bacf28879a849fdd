import type { Database } from '../src/db/index.ts'
import { PartitionKeeper } from '../src/history/partitions/partition-keeper.ts'
import { systemClock } from '../src/lib/clock.ts'
import { silentLog } from '../src/lib/log.ts'

const DAY_MS = 86_400_000

/** Makes room in the event log for today, and for tomorrow in case a test runs over midnight. */
export async function makeEventPartitions(database: Database): Promise<void> {
  const keeper = new PartitionKeeper({ database, clock: systemClock, log: silentLog })
  const now = systemClock.now()
  await keeper.ensureDays(now, now + DAY_MS, ['event'])
}
