import type { Database } from '../../db/index.ts'
import type { EventHub } from '../../events/index.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import { Recorder } from './recorder.ts'
import { storeBatch } from './store-batch.ts'

/** A recorder that stores in this database and tells this hub. */
export function openRecorder(options: {
  database: Database
  hub: EventHub
  /** `PartitionKeeper.mend`: a day without partition must not cost a beat. */
  mend?: (error: unknown) => Promise<boolean>
  clock: Clock
  log: Log
}): Recorder {
  const { database, hub, mend, clock, log } = options
  return new Recorder({
    store: (batch, nowMs) => storeBatch(database, batch, nowMs),
    committed: (commits) => hub.committed(commits),
    ...(mend ? { mend } : {}),
    clock,
    log,
  })
}
