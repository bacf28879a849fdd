import pg, { type ClientConfig } from 'pg'
import type { EmbeddedServer } from './embedded/embedded-server.ts'
import { DATABASE, type RoleName, ROLES, SCHEMA } from './roles.ts'

/** How each role connects. */
export type Connections = Record<RoleName, ClientConfig>

/**
 * What a role's sessions begin with. A transaction that its process forgot (stopped in mid-work, or cut off by the
 * network) holds locks that every other process waits for: it is ended.
 */
const SESSION: Record<RoleName, Record<string, string>> = {
  owner: {},
  app: { statement_timeout: '30s', idle_in_transaction_session_timeout: '30s' },
  worker: { idle_in_transaction_session_timeout: '30s' },
}

const optionsOf = (settings: Record<string, string>): string =>
  Object.entries({ ...settings, search_path: SCHEMA })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')

const forEachRole = (of: (role: RoleName) => ClientConfig): Connections => ({
  owner: of('owner'),
  app: of('app'),
  worker: of('worker'),
})

/** Three logins on the embedded server. */
export function embeddedConnections(server: EmbeddedServer): Connections {
  return forEachRole((role) => ({
    ...server.connectionOf(ROLES[role], DATABASE),
    options: optionsOf(SESSION[role]),
  }))
}

/** One login that is each role from its first statement on. */
export function urlConnections(url: string): Connections {
  const { plainUrl, options } = splitOptions(url)
  return forEachRole((role) => ({
    connectionString: plainUrl,
    options: `${options} ${optionsOf({ ...SESSION[role], role: ROLES[role] })}`.trim(),
  }))
}

/** Options in the URL itself would win over ours. */
function splitOptions(url: string): { plainUrl: string; options: string } {
  const parsed = new URL(url)
  const options = parsed.searchParams.get('options')
  if (options === null) return { plainUrl: url, options: '' }
  parsed.searchParams.delete('options')
  return { plainUrl: parsed.href, options }
}

/** Runs with a connection of its own, and ends it. */
export async function withClient<T>(
  connection: ClientConfig,
  run: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, ...connection })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await run(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
