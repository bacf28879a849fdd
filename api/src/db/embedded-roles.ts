import type pg from 'pg'
import { withClient } from './connections.ts'
import { SUPERUSER } from './embedded/cluster.ts'
import type { EmbeddedServer } from './embedded/embedded-server.ts'
import { DATABASE, ROLE_NAMES, ROLES, SCHEMA_SQL } from './roles.ts'

const LIMITS = 'nosuperuser nobypassrls nocreatedb nocreaterole noreplication'

/** Makes roles, database and schema of a new cluster, or what is missing of them. The superuser's only work. */
export async function prepareEmbedded(server: EmbeddedServer): Promise<void> {
  await withClient(server.connectionOf(SUPERUSER, 'postgres'), async (client) => {
    await makeRoles(client, server)
    const existing = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (!existing.rowCount) await client.query(`create database ${DATABASE} owner ${ROLES.owner}`)
    await client.query(`revoke all on database ${DATABASE} from public`)
    await client.query(`grant connect on database ${DATABASE} to ${ROLE_NAMES.join(', ')}`)
  })
  await withClient(server.connectionOf(SUPERUSER, DATABASE), (client) =>
    client.query(SCHEMA_SQL.join(';')),
  )
}

async function makeRoles(client: pg.Client, server: EmbeddedServer): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles')
  for (const role of ROLE_NAMES) {
    const verb = rows.some((row) => row.rolname === role) ? 'alter' : 'create'
    const password = client.escapeLiteral(server.passwordOf(role))
    await client.query(`${verb} role ${role} login ${LIMITS} password ${password}`)
  }
}
