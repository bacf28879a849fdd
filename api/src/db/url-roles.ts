import type pg from 'pg'
import { AppError } from '../lib/app-error.ts'
import { withClient } from './connections.ts'
import { ROLE_NAMES, SCHEMA, SCHEMA_SQL } from './roles.ts'

const OLDEST_VERSION = 150_000
/** Of several processes one makes what is missing, and the others find it. */
const SETUP_LOCK = 7409
/** It exists already, we may not, or what it needs could not be made before: the second look decides. */
const HARMLESS = new Set(['42710', '42P06', '23505', '42501', '42704', '3F000'])

/** What the login of DATABASE_URL finds. */
interface Standing {
  login: string
  database: string
  version: number
  isSuperuser: boolean
  /** The roles that the login can act as. */
  usable: string[]
  /** The roles that row-level security would not hold. */
  unbound: string[]
  hasSchema: boolean
}

/** A superuser is a member of every role. Since 16 a membership may come without the right to act as the role. */
const STANDING = `
select session_user as login, current_database() as database,
       current_setting('server_version_num')::int as version,
       (select rolsuper from pg_roles where rolname = session_user) as "isSuperuser",
       array(select rolname::text from pg_roles where rolname = any($1)
               and pg_has_role(session_user, oid, case
                 when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER'
               end)) as usable,
       array(select rolname::text from pg_roles where rolname = any($1)
               and (rolsuper or rolbypassrls)) as unbound,
       exists (select from pg_namespace where nspname = $2) as "hasSchema"`

/**
 * Checks that the login of DATABASE_URL can act as the three roles, and makes them where it may. Throws UNAVAILABLE
 * with the SQL that an administrator must run.
 */
export async function prepareUrl(url: string): Promise<void> {
  try {
    await withClient({ connectionString: url }, prepare)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('UNAVAILABLE', `DATABASE_URL can't be used: ${reasonOf(error)}`)
  }
}

async function prepare(client: pg.Client): Promise<void> {
  const before = await look(client)
  if (before.version < OLDEST_VERSION)
    throw new AppError('UNAVAILABLE', 'DATABASE_URL leads to a PostgreSQL older than 15.')
  const after = isReady(before) ? before : await make(client, before)
  if (!isReady(after)) throw rolesMissing(after)
  if (after.unbound.length) throw rolesUnbound(after)
}

async function look(client: pg.Client): Promise<Standing> {
  return (await client.query<Standing>(STANDING, [ROLE_NAMES, SCHEMA])).rows[0]!
}

const isReady = ({ usable, hasSchema }: Standing): boolean =>
  usable.length === ROLE_NAMES.length && hasSchema

async function make(client: pg.Client, standing: Standing): Promise<Standing> {
  await client.query('select pg_advisory_lock($1)', [SETUP_LOCK])
  for (const line of setupLines(standing)) {
    try {
      await client.query(line)
    } catch (error) {
      if (!HARMLESS.has(String((error as { code?: unknown }).code))) throw error
    }
  }
  return look(client)
}

function setupLines({ login, isSuperuser }: Pick<Standing, 'login' | 'isSuperuser'>): string[] {
  const name = `"${login.replaceAll('"', '""')}"`
  const grant = isSuperuser ? [] : [`grant ${ROLE_NAMES.join(', ')} to ${name}`]
  return [...ROLE_NAMES.map((role) => `create role ${role} nologin`), ...grant, ...SCHEMA_SQL]
}

/** What an administrator runs when our login may not. */
export function setupSql(login: string): string {
  return setupLines({ login, isSuperuser: false })
    .map((line) => `${line};`)
    .join('\n')
}

const rolesMissing = ({ login, database }: Standing): AppError =>
  new AppError(
    'UNAVAILABLE',
    `The login ${login} of DATABASE_URL can't act as the three roles of Allswell, and may not make them. ` +
      `Let an administrator run this in the database ${database} (a role that exists already needs no making):\n\n${setupSql(login)}`,
  )

const rolesUnbound = ({ unbound }: Standing): AppError =>
  new AppError(
    'UNAVAILABLE',
    `Row-level security would not hold for ${unbound.join(', ')}. ` +
      `Let an administrator run:\n\n${unbound.map((role) => `alter role ${role} nosuperuser nobypassrls;`).join('\n')}`,
  )

/** A refused connection to a name with two addresses has no message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length)
    return error.errors.map((one: unknown) => reasonOf(one)).join('; ')
  if (!(error instanceof Error)) return String(error)
  return error.message || String((error as { code?: unknown }).code ?? error.name)
}
