import { describe, expect, it } from 'vitest'
import { sharedDatabase } from '../../test/database.ts'
import { entities } from '../entities.ts'
import { openDataSource } from './data-sources.ts'
import type { DatabaseParts } from './database.ts'
import { refuseDowngrade } from './migrate.ts'
import { migrations } from './migrations/index.ts'

/** Keys that are global on purpose: what a secret belongs to, where a person is a member, who changed last. */
const GLOBAL_KEYS = [
  ...['ix_auth_change_at', 'ix_membership_user', 'ix_monitor_state_owner', 'pk_auth_change'],
  ...['ux_api_token_secret', 'ux_component_id', 'ux_invitation_secret', 'ux_monitor_ping_id'],
  ...['ux_monitor_push_token', 'ux_page_subscriber_id', 'ux_ping_key_hash'],
  ...['ux_status_page_domain', 'ux_status_page_public_id', 'ux_status_page_slug'],
]

describe('the migrations', () => {
  it('make the tables that the entities describe', async () => {
    const { parts } = (await sharedDatabase()) as unknown as { parts: DatabaseParts }
    const source = await openDataSource({
      connection: parts.ownerConnection,
      entities,
      poolSize: 1,
    })
    const { upQueries } = await source.driver.createSchemaBuilder().log()
    await source.destroy()
    expect(upQueries.map(({ query }) => query)).toEqual([])
  })

  it('put the workspace first in every key', async () => {
    const database = await sharedDatabase()
    const rows = (await database.worker.query(
      `select i.indexrelid::regclass::text as name
         from pg_index i join pg_class t on t.oid = i.indrelid
         join pg_attribute first on first.attrelid = t.oid and first.attnum = i.indkey[0]
        where t.relnamespace = 'allswell'::regnamespace and not t.relispartition
          and exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'workspace_id')
          and first.attname <> 'workspace_id' order by 1`,
    )) as { name: string }[]
    expect(rows.map(({ name }) => name)).toEqual(GLOBAL_KEYS)
  })

  it('run in the order of their names', () => {
    const times = migrations.map(({ name }) => Number(/\d+$/.exec(name)?.[0]))
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })
})

describe('a database of a newer version', () => {
  it('is refused by name', () => {
    expect(() => refuseDowngrade(['Foundation1764000000000', 'Future9990000000000'])).toThrow(
      'migrated by a newer version of Allswell (Future9990000000000)',
    )
  })

  it('is not seen in one of this version', () => {
    expect(() => refuseDowngrade(migrations.map(({ name }) => name))).not.toThrow()
  })
})
