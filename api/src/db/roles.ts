import pg from 'pg'
import type { ClientConfig } from 'pg'
import { AppError } from '../lib/app-error.ts'
import { SUPERUSER } from './embedded/cluster.ts'
import type { EmbeddedServer } from './embedded/embedded-server.ts'

export const ROLES = {
  owner: 'allswell_owner',
  app: 'allswell_app',
  worker: 'allswell_worker',
} as const
export type RoleName = keyof typeof ROLES
export const SCHEMA = 'allswell'
export const DATABASE = 'allswell'

/** Where each role connects. */
export type Connections = Record<RoleName, ClientConfig>

const SEARCH_PATH = `-c search_path=${SCHEMA}`

export function embeddedConnections(server: EmbeddedServer): Connections {
  const of = (role: string): ClientConfig => ({
    ...server.connectionOf(role, DATABASE),
    options: SEARCH_PATH,
  })
  return { owner: of(ROLES.owner), app: of(ROLES.app), worker: of(ROLES.worker) }
}

/** One login that becomes each role from its first statement on, as a start-up option of the connection. */
export function urlConnections(url: string): Connections {
  const of = (role: string): ClientConfig => ({
    connectionString: url,
    options: `-c role=${role} ${SEARCH_PATH}`,
  })
  return { owner: of(ROLES.owner), app: of(ROLES.app), worker: of(ROLES.worker) }
}

async function withClient<T>(
  config: ClientConfig,
  run: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, ...config })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await run(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const canConnect = (config: ClientConfig): Promise<boolean> =>
  withClient(config, async (client) => {
    await client.query(`select from pg_namespace where nspname = '${SCHEMA}'`)
    return true
  }).catch(() => false)

/** Makes roles, database and schema of a new cluster. The superuser is used here and never again. */
export async function prepareEmbedded(server: EmbeddedServer): Promise<void> {
  if (await canConnect(embeddedConnections(server).worker)) return
  await withClient(server.connectionOf(SUPERUSER, 'postgres'), async (client) => {
    const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles')
    for (const role of Object.values(ROLES)) {
      const verb = rows.some((row) => row.rolname === role) ? 'alter' : 'create'
      const password = client.escapeLiteral(server.passwordOf(role))
      await client.query(
        `${verb} role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole password ${password}`,
      )
    }
    const existing = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (!existing.rowCount) await client.query(`create database ${DATABASE} owner ${ROLES.owner}`)
  })
  await withClient(server.connectionOf(SUPERUSER, DATABASE), (client) => client.query(SCHEMA_SQL))
}

const SCHEMA_SQL = `
create schema if not exists ${SCHEMA} authorization ${ROLES.owner};
grant usage on schema ${SCHEMA} to ${ROLES.app}, ${ROLES.worker};`

/** What an administrator runs when our login may not. */
export function setupSql(login: string, database: string): string {
  const roles = Object.values(ROLES)
  return [
    ...roles.map((role) => `create role ${role} nologin;`),
    `grant ${roles.join(', ')} to "${login}";`,
    `grant create on database "${database}" to ${ROLES.owner};`,
    `create schema if not exists ${SCHEMA} authorization ${ROLES.owner};`,
    `grant usage on schema ${SCHEMA} to ${ROLES.app}, ${ROLES.worker};`,
  ].join('\n')
}

interface Standing {
  login: string
  database: string
  version: number
  roles: number
  memberships: number
  hasSchema: boolean
}

const STANDING = `
select session_user as login, current_database() as database,
       current_setting('server_version_num')::int as version,
       (select count(*)::int from pg_roles where rolname = any($1)) as roles,
       (select count(*)::int from pg_roles where rolname = any($1)
         and pg_has_role(session_user, oid, 'MEMBER')) as memberships,
       exists (select from pg_namespace where nspname = $2) as "hasSchema"`

/** Checks that the login of DATABASE_URL can act as the three roles; makes them when it may. */
export async function prepareUrl(url: string): Promise<void> {
  await withClient({ connectionString: url }, async (client) => {
    const look = async (): Promise<Standing> =>
      (await client.query<Standing>(STANDING, [Object.values(ROLES), SCHEMA])).rows[0]!
    const before = await look()
    if (before.version < 150_000)
      throw new AppError('UNAVAILABLE', 'DATABASE_URL leads to a PostgreSQL older than 15.')
    if (isReady(before)) return
    await makeRoles(client, before)
    if (!isReady(await look())) throw rolesMissing(before)
  }).catch((error: unknown) => {
    if (error instanceof AppError) throw error
    const why =
      error instanceof Error
        ? error.message || String((error as { code?: string }).code)
        : String(error)
    throw new AppError('UNAVAILABLE', `DATABASE_URL can't be used: ${why}`)
  })
}

const isReady = (s: Standing): boolean => s.roles === 3 && s.memberships === 3 && s.hasSchema

async function makeRoles(client: pg.Client, { login, database }: Standing): Promise<void> {
  const lines = setupSql(login, database).split('\n')
  for (const line of lines) {
    try {
      await client.query(line)
    } catch (error) {
      const code = (error as { code?: string }).code
      // It exists already, or somebody makes it at this moment: the second look decides.
      if (code !== '42710' && code !== '23505' && code !== '42501') throw error
    }
  }
}

function rolesMissing({ login, database }: Standing): AppError {
  return new AppError(
    'UNAVAILABLE',
    `The login of DATABASE_URL can't act as the three roles of Allswell. Let an administrator run:\n\n${setupSql(login, database)}`,
  )
}
