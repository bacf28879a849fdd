import pg from 'pg'
import type { Places } from './places.ts'
import { SUPERUSER } from './cluster.ts'
import { MARK } from './server-settings.ts'

export const SOCKET_PORT = 5432
const WRONG_PASSWORD = '28P01'

export type Answer =
  /** It serves this very cluster; `mark` says how it was started. */
  | { is: 'ready'; mark: string | null }
  /** It runs, and our secret is not the one that the cluster was made with. */
  | { is: 'locked' }
  | { is: 'silent' }

/** Asks the server of these places, as its superuser, whether it answers. */
export async function ask(places: Places, password: string): Promise<Answer> {
  const client = new pg.Client({
    host: places.socket,
    port: SOCKET_PORT,
    user: SUPERUSER,
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ folder: string; mark: string | null }>(
      `select current_setting('data_directory') as folder, current_setting('${MARK}', true) as mark`,
    )
    const [row] = rows
    return row?.folder === places.cluster ? { is: 'ready', mark: row.mark } : { is: 'silent' }
  } catch (error) {
    return { is: (error as { code?: unknown }).code === WRONG_PASSWORD ? 'locked' : 'silent' }
  } finally {
    await client.end().catch(() => undefined)
  }
}
