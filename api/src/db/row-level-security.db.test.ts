import type { EntityManager } from 'typeorm'
import { beforeAll, describe, expect, it } from 'vitest'
import { newWorkspace, sharedDatabase } from '../../test/database.ts'
import { newId } from '../lib/ids.ts'
import type { Database } from './database.ts'

let database: Database
let ours: string
let theirs: string

const MONITOR = `insert into monitor (workspace_id, id, name, kind, target, settings, interval_seconds, timeout_ms,
  retry_interval_seconds, fail_after, fail_for_seconds, recover_after, recover_for_seconds, created_at, updated_at)
  values ($1, $2, 'canary', 'http', 'x', '{}', 60, 1000, 10, 1, 0, 1, 0, now(), now())`
/** One row of each in another workspace. */
const ROWS: Record<string, string> = {
  monitor: MONITOR,
  monitor_state: `insert into monitor_state (workspace_id, monitor_id, status, status_since, machine) values ($1, $2, 0, now(), '{}')`,
  idempotency_key: `insert into idempotency_key values ($1, 'x', 'x', '\\x00', $2, now())`,
  state_span:
    'insert into state_span (workspace_id, monitor_id, from_at, status) values ($1, $2, now(), 0)',
  rollup_dirty: 'insert into rollup_dirty values ($1, $2, now())',
}

/** Tables with a workspace that row-level security does not hold for their owner too, or that have no policy. */
const EXPOSED = `
select c.relname::text as name from pg_class c
 where c.relnamespace = 'allswell'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
   and (c.relname = 'workspace' or exists (
     select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id'))
   and not (c.relrowsecurity and c.relforcerowsecurity
     and exists (select from pg_policy p where p.polrelid = c.oid and 'allswell_app'::regrole = any(p.polroles)))`

const inOurs = <T>(run: (manager: EntityManager) => Promise<T>): Promise<T> =>
  database.write(ours, run)

beforeAll(async () => {
  database = await sharedDatabase()
  ours = await newWorkspace(database)
  theirs = await newWorkspace(database)
  const id = newId()
  await database.work(async (runner) => {
    for (const sql of Object.values(ROWS)) await runner.query(sql, [theirs, id])
  })
})

describe('the app role', () => {
  it.each([...Object.keys(ROWS), 'workspace', 'event_head', 'event', 'heartbeat', 'rollup_hour'])(
    'sees nothing of %s without a workspace',
    async (table) => {
      expect(await database.app.query(`select * from ${table}`)).toEqual([])
    },
  )

  it.each(Object.keys(ROWS))("does not see another workspace's rows of %s", async (table) => {
    const count = `select count(*)::int from ${table} where workspace_id = '${theirs}'`
    expect(await inOurs((manager) => manager.query(count))).toEqual([{ count: 0 }])
    expect(await database.write(theirs, (manager) => manager.query(count))).toEqual([{ count: 1 }])
  })

  it('sees its own workspace and no other', async () => {
    const seen = await inOurs((manager) => manager.query('select id from workspace'))
    expect(seen).toEqual([{ id: ours }])
  })

  it.each(Object.keys(ROWS))('can not write a row of %s into another workspace', async (table) => {
    const writing = inOurs((manager) => manager.query(ROWS[table]!, [theirs, newId()]))
    await expect(writing).rejects.toThrow('row-level security')
  })

  it("can not change, move or delete another workspace's rows", async () => {
    const change = `update monitor set name = 'taken' where workspace_id = '${theirs}'`
    expect(await inOurs((manager) => manager.query(change))).toEqual([[], 0])
    const remove = `delete from state_span where workspace_id = '${theirs}'`
    expect(await inOurs((manager) => manager.query(remove))).toEqual([[], 0])
    await inOurs((manager) => manager.query(MONITOR, [ours, newId()]))
    const move = inOurs((manager) =>
      manager.query('update monitor set workspace_id = $1', [theirs]),
    )
    await expect(move).rejects.toThrow('row-level security')
  })

  it('keeps no workspace on a connection after its transaction', async () => {
    await inOurs((manager) => manager.query('select 1'))
    await (await database.openSnapshot(ours)).close()
    const setting = `select coalesce(current_setting('allswell.workspace_id', true), '') as workspace`
    expect(await database.app.query(setting)).toEqual([{ workspace: '' }])
  })

  it('can not write through a snapshot', async () => {
    const snapshot = await database.openSnapshot(ours)
    await expect(snapshot.manager.query(MONITOR, [ours, newId()])).rejects.toThrow('read-only')
    await snapshot.close()
  })

  it('can not become another role, make a table or touch a partition', async () => {
    await expect(database.app.query('set role allswell_worker')).rejects.toThrow('permission')
    await expect(database.app.query('create table mine (x int)')).rejects.toThrow('permission')
    const open = await database.worker.query(
      `select relname from pg_class where relispartition and has_table_privilege('allswell_app', oid, 'select')`,
    )
    expect(open).toEqual([])
  })
})

describe('every table with a workspace', () => {
  it('has row-level security, forced, with a policy', async () => {
    expect(await database.worker.query(EXPOSED)).toEqual([])
  })

  it('would be found out without it (negative control)', async () => {
    await database.asOwner(async (runner) => {
      await runner.query('begin')
      await runner.query('create table unguarded (workspace_id uuid)')
      expect(await runner.query(EXPOSED)).toEqual([{ name: 'unguarded' }])
      await runner.query('rollback')
    })
  })
})

describe('a workspace id', () => {
  it.each(["x' or true --", '', newId().toUpperCase()])('is never %j', async (text) => {
    await expect(database.write(text, () => Promise.resolve())).rejects.toThrow('must be a UUID')
    await expect(database.openSnapshot(text)).rejects.toThrow('must be a UUID')
  })

  it('that nobody has opens no snapshot', async () => {
    await expect(database.openSnapshot(newId())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
