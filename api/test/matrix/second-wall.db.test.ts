import 'reflect-metadata'
import type { EntityManager } from 'typeorm'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/db/index.ts'
import { newId } from '../../src/lib/ids.ts'
import { PartitionKeeper } from '../../src/history/index.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { silentLog } from '../../src/lib/log.ts'
import { newWorkspace, sharedDatabase } from '../database.ts'

interface Column {
  table: string
  name: string
  type: string
}

/** Tables of the product, with all of their columns. */
const COLUMNS = `
select c.relname::text as "table", a.attname::text as name, format_type(a.atttypid, null) as type
  from pg_class c join pg_attribute a on a.attrelid = c.oid
 where c.relnamespace = 'allswell'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
   and a.attnum > 0 and not a.attisdropped and a.attidentity = ''
 order by c.relname = 'workspace' desc, c.relname = 'app_user' desc, c.relname = 'monitor' desc, c.oid, a.attnum`

/** What a request's role may do with a table, or with any column of it. */
const RIGHTS = `
select c.relname::text as "table", p as right
  from pg_class c cross join unnest(array['select', 'insert', 'update', 'delete']) p
 where c.relnamespace = 'allswell'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
   and (has_table_privilege('allswell_app', c.oid, p)
     or (p <> 'delete' and has_any_column_privilege('allswell_app', c.oid, p)))`

/** Known to hold nothing of anybody: which migrations ran. */
const OF_NOBODY = ['migrations']

let database: Database
let ours: string
let theirs: string
let theirPerson: string
const tables = new Map<string, Column[]>()
const rights = new Map<string, string[]>()

const VALUES: Readonly<Record<string, () => unknown>> = {
  uuid: newId,
  text: () => 'CANARY',
  integer: () => 1,
  smallint: () => 1,
  bigint: () => 1,
  boolean: () => false,
  jsonb: () => '{}',
  bytea: () => Buffer.from('CANARY'),
  date: () => new Date(),
  'text[]': () => [],
  'integer[]': () => [],
}

/** Others name them: they come first, and all have the same id. */
const PARENTS = ['monitor', 'status_page', 'status_page_section', 'component']
const UNIQUE_TEXTS = ['slug', 'domain', 'public_id']

/** A row of a table, whatever its columns are: a new table is covered by itself. */
async function insertRow(
  table: string,
  columns: readonly Column[],
  known: Record<string, unknown>,
): Promise<void> {
  const value = ({ name, type }: Column): unknown => {
    if (name in known) return known[name]
    if (name === 'role') return 'viewer'
    if (name === 'visibility') return 'members'
    // One on the whole server.
    if (UNIQUE_TEXTS.includes(name)) return `CANARY-${newId()}`
    return (VALUES[type] ?? (() => new Date()))()
  }
  const marks = columns.map((_, index) => `$${index + 1}`).join(', ')
  await database.worker.query(
    `insert into ${table} (${columns.map(({ name }) => name).join(', ')}) values (${marks}) on conflict do nothing`,
    columns.map(value),
  )
}

const inOurs = <T>(run: (manager: EntityManager) => Promise<T>): Promise<T> =>
  database.write(ours, run)
const hasWorkspace = (columns: readonly Column[]): boolean =>
  columns.some(({ name }) => name === 'workspace_id')
const may = (table: string, right: string): boolean => rights.get(table)?.includes(right) ?? false
const keyOf = (table: string): string => (table === 'workspace' ? 'id' : 'workspace_id')

beforeAll(async () => {
  database = await sharedDatabase()
  ours = await newWorkspace(database)
  theirs = await newWorkspace(database)
  for (const column of await database.worker.query<Column[]>(COLUMNS))
    tables.set(column.table, [...(tables.get(column.table) ?? []), column])
  for (const { table, right } of await database.worker.query<{ table: string; right: string }[]>(
    RIGHTS,
  ))
    rights.set(table, [...(rights.get(table) ?? []), right])
  await new PartitionKeeper({ database, clock: systemClock, log: silentLog }).start()
  theirPerson = newId()
  await insertRow('app_user', tables.get('app_user')!, {
    id: theirPerson,
    email_key: theirPerson,
    suspended_at: null,
  })
  const shared = newId()
  const later = [...tables].filter(([table]) => !PARENTS.includes(table))
  const first = PARENTS.map((table) => [table, tables.get(table)!] as const)
  for (const [table, columns] of [...first, ...later]) {
    if (!hasWorkspace(columns)) continue
    await insertRow(table, columns, {
      ...{ workspace_id: theirs, user_id: theirPerson },
      id: PARENTS.includes(table) ? shared : newId(),
      ...{ monitor_id: shared, page_id: shared, section_id: shared, component_id: shared },
    })
  }
})

/** Tables that belong to workspaces and that a request may touch in some way. */
const scoped = (): string[] =>
  [...tables]
    .filter(([table, columns]) => table === 'workspace' || hasWorkspace(columns))
    .map(([table]) => table)

describe('with every query’s own filter by workspace gone, row-level security still', () => {
  it('shows nothing of another workspace, of any table', async () => {
    const seen: string[] = []
    for (const table of scoped()) {
      const all = `select count(*)::int as n from ${table} where ${keyOf(table)} = '${theirs}'`
      const [there] = await database.worker.query<{ n: number }[]>(all)
      expect(there!.n, `${table} has something to be seen`).toBeGreaterThan(0)
      if (!may(table, 'select')) continue
      const column = keyOf(table)
      const rows = await inOurs((m) =>
        m.query<{ id: string }[]>(`select ${column} as id from ${table}`),
      )
      if (rows.some(({ id }) => id !== ours)) seen.push(table)
    }
    expect(seen).toEqual([])
  })

  it('changes and deletes nothing of another workspace', async () => {
    for (const table of scoped()) {
      const count = `select count(*)::int as n from ${table} where ${keyOf(table)} = '${theirs}'`
      const before = await database.worker.query<{ n: number }[]>(count)
      if (may(table, 'delete')) await inOurs((m) => m.query(`delete from ${table}`))
      if (may(table, 'update')) expect(await updated(table), table).not.toContain(theirs)
      expect(await database.worker.query<{ n: number }[]>(count), table).toEqual(before)
    }
  })

  it('lets nothing be written into another workspace', async () => {
    for (const table of scoped().filter((name) => name !== 'workspace' && may(name, 'insert'))) {
      const columns = tables.get(table)!
      const names = columns.map(({ name }) => name).join(', ')
      const copy = inOurs((m) =>
        m.query(
          `insert into ${table} (${names}) select ${columns.map((c) => sample(c)).join(', ')}`,
        ),
      )
      await expect(copy, table).rejects.toThrow('row-level security')
    }
  })

  it('shows of people only fellow members, and of them no secret', async () => {
    const people = await inOurs((m) =>
      m.query<{ id: string }[]>('select id, name, email from app_user'),
    )
    expect(people).toEqual([])
    const fellows = await database.write(theirs, (m) =>
      m.query<{ id: string }[]>('select id from app_user'),
    )
    expect(fellows).toEqual([{ id: theirPerson }])
    for (const secret of ['password_hash', 'totp_secret', 'email_key'])
      await expect(inOurs((m) => m.query(`select ${secret} from app_user`))).rejects.toThrow(
        'permission denied',
      )
  })
})

/** Tries to touch every row; answers whose were touched. Columns that may not be changed are passed over. */
async function updated(table: string): Promise<string[]> {
  const column = table === 'workspace' ? 'name' : tables.get(table)!.at(-1)!.name
  const sql = `update ${table} set ${column} = ${column} returning ${keyOf(table)} as id`
  const [rows] = await inOurs((m) => m.query<[{ id: string }[], number]>(sql))
  return rows.map(({ id }) => id)
}

function sample({ name, type }: Column): string {
  if (name === 'workspace_id') return `'${theirs}'::uuid`
  if (name === 'role') return `'viewer'`
  if (type === 'uuid') return `'${newId()}'::uuid`
  const samples: Record<string, string> = {
    text: `'x'`,
    boolean: 'false',
    jsonb: `'{}'`,
    bytea: `'\\x00'`,
  }
  if (type.endsWith('[]')) return `'{}'::${type}`
  return samples[type] ?? (/int|smallint|numeric/.test(type) ? '1' : `now()::${type}`)
}

describe('a table without a workspace', () => {
  it('is out of the reach of requests, but for what fellow members may see of people', () => {
    const reachable = [...tables]
      .filter(([table, columns]) => table !== 'workspace' && !hasWorkspace(columns))
      .filter(([table]) => rights.has(table) && !OF_NOBODY.includes(table))
      .map(([table]) => [table, rights.get(table)])
    expect(reachable).toEqual([['app_user', ['select']]])
  })
})

describe('without the second wall', () => {
  it('a query without a filter shows everything: the tests above would fail (negative control)', async () => {
    const seen = 'select workspace_id as id from api_token'
    await database.asOwner(async (runner) => {
      await runner.query('begin')
      const guarded = (await runner.query(seen)) as { id: string }[]
      await runner.query('alter table api_token no force row level security')
      const open = (await runner.query(seen)) as { id: string }[]
      await runner.query('rollback')
      expect(guarded).toEqual([])
      expect(open.map(({ id }) => id)).toContain(theirs)
    })
  })

  it('without a workspace nothing is seen at all', async () => {
    for (const table of scoped().filter((name) => may(name, 'select')))
      expect(await database.app.query(`select ${keyOf(table)} from ${table}`), table).toEqual([])
  })
})
