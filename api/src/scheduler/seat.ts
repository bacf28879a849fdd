import type { Database } from '../db/index.ts'
import type { Clock } from '../lib/clock.ts'

/** The class of the advisory locks by which workers show that they live; the object is the epoch. */
export const LIVENESS_LOCK = 7411

/** A worker's place among the workers: it lives as long as its session holds the lock of its epoch. */
export interface Seat {
  epoch: number
  /** Fulfilled when the lock is lost, because its connection broke. */
  lost: Promise<void>
  leave(): Promise<void>
}

/** Takes a new epoch, higher than all before, and its lock. Rows of workers long gone are swept away. */
export async function takeSeat(database: Database, clock: Clock): Promise<Seat> {
  const [row] = (await database.worker.query(
    'insert into worker (started_at) values ($1) returning epoch',
    [new Date(clock.now()).toISOString()],
  )) as { epoch: number }[]
  const { epoch } = row!
  const lock = await database.holdAdvisoryLock(LIVENESS_LOCK, epoch)
  await database.worker.query(
    `delete from worker w where w.epoch < $1 and w.started_at < $2
        and not exists (select from monitor_state s where s.owner_epoch = w.epoch)`,
    [epoch, new Date(clock.now() - 86_400_000).toISOString()],
  )
  return { epoch, lost: lock.lost, leave: () => lock.release() }
}
