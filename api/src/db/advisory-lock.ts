import pg, { type ClientConfig } from 'pg'
import { AppError } from '../lib/app-error.ts'

/** A lock that lives as long as its session: PostgreSQL frees it when we die, however we die. */
export interface AdvisoryLock {
  release(): Promise<void>
  /** Fulfilled when the connection that held the lock broke. */
  lost: Promise<void>
}

/** Takes a session-level lock on a connection of its own. Throws CONFLICT when another session holds it. */
export async function holdAdvisoryLock(
  connection: ClientConfig,
  key1: number,
  key2: number,
): Promise<AdvisoryLock> {
  const client = new pg.Client({ ...connection, keepAlive: true, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ taken: boolean }>(
    'select pg_try_advisory_lock($1, $2) as taken',
    [key1, key2],
  )
  if (!rows[0]?.taken) {
    await client.end()
    throw new AppError('CONFLICT', `The lock ${key1}/${key2} is held by another process.`)
  }
  const lost = new Promise<void>((resolve) => client.once('end', () => resolve()))
  return { lost, release: () => client.end().catch(() => undefined) }
}
