import type { SqlRunner } from '../events/index.ts'

/** The class of this room's advisory locks, and its objects. */
export const HISTORY_LOCKS = 7412
export const PARTITION_LOCK = 1
export const ROLLUP_LOCK = 2
const SEAL_LOCK = 3

/**
 * Taken by whoever writes beats or spans, until its commit. While anybody holds it no hour is sealed, so a
 * writer knows for sure which hours already are. Reads after it must be statements of their own.
 */
export async function holdOffSealing(runner: SqlRunner): Promise<void> {
  await runner.query('select pg_advisory_xact_lock_shared($1, $2)', [HISTORY_LOCKS, SEAL_LOCK])
}

/** Waits for every writer in flight; until the commit nobody writes. To be held for moments only. */
export async function stopWriters(runner: SqlRunner): Promise<void> {
  await runner.query('select pg_advisory_xact_lock($1, $2)', [HISTORY_LOCKS, SEAL_LOCK])
}

/** Whether this transaction is the only one that rolls up, in all processes, until it ends. */
export async function isOnlyRoller(runner: SqlRunner): Promise<boolean> {
  const [row] = (await runner.query('select pg_try_advisory_xact_lock($1, $2) as is_ours', [
    HISTORY_LOCKS,
    ROLLUP_LOCK,
  ])) as { is_ours: boolean }[]
  return row?.is_ours ?? false
}
