import type { SqlRunner } from '../../events/index.ts'
import { AppError } from '../../lib/app-error.ts'
import { LIVENESS_LOCK } from '../../scheduler/index.ts'

const SERVERS = `select count(*)::int as count from pg_locks
 where locktype = 'advisory' and classid = ${LIVENESS_LOCK}
   and database = (select oid from pg_database where datname = current_database())`

/** Throws CONFLICT while a server works on this database. */
export async function refuseRunning(runner: SqlRunner): Promise<void> {
  const [row] = (await runner.query(SERVERS)) as { count: number }[]
  if (!row?.count) return
  throw new AppError(
    'CONFLICT',
    'A server runs on this database. Stop it first, and run this again.',
  )
}
