import type { ClientConfig } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { askOnce, madeFolder, removeFolders } from '../../test/server-process.ts'
import { silentLog } from '../lib/log.ts'
import { newId } from '../lib/ids.ts'
import { urlConnections } from './connections.ts'
import type { Database } from './database.ts'
import { EmbeddedServer } from './embedded/embedded-server.ts'
import { openDatabase } from './open-database.ts'
import { setupSql } from './url-roles.ts'

let server: EmbeddedServer
let number = 0
const opened: Database[] = []

/** A PostgreSQL of somebody's own: no roles of ours in it. */
beforeAll(async () => {
  server = await EmbeddedServer.start({ dataFolder: madeFolder(), log: silentLog })
})
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close()
  await dropRoles()
})
afterAll(async () => {
  await server.stop()
  removeFolders()
})

const asAdministrator = (database: string): ClientConfig =>
  server.connectionOf('allswell', database)
const administer = (sql: string, database = 'postgres'): Promise<object[]> =>
  askOnce(asAdministrator(database), sql)

async function dropRoles(): Promise<void> {
  const databases = await askOnce<{ datname: string }>(
    asAdministrator('postgres'),
    `select datname from pg_database where datname like 'own%'`,
  )
  for (const { datname } of databases) await administer(`drop database ${datname} with (force)`)
  const roles = await askOnce<{ rolname: string }>(
    asAdministrator('postgres'),
    `select rolname from pg_roles where rolname like 'allswell\\_%' or rolname like 'login%'`,
  )
  for (const { rolname } of roles) await administer(`drop owned by ${rolname}`)
  for (const { rolname } of roles) await administer(`drop role ${rolname}`)
}

/** A database, and a login for it with these rights; answers its URL. */
async function ownDatabase(rights: string): Promise<{ url: string; name: string; login: string }> {
  const [name, login] = [`own${++number}`, `login${number}`]
  await administer(`create role ${login} login ${rights} password 'p@ss/word'`)
  await administer(
    `create database ${name} owner ${rights.includes('nothing') ? 'allswell' : login}`,
  )
  const { host, port } = asAdministrator(name)
  const place = `${encodeURIComponent(host!)}:${port}`
  return {
    name,
    login,
    url: `postgres://${login}:${encodeURIComponent('p@ss/word')}@${place}/${name}`,
  }
}

async function open(databaseUrl: string): Promise<Database> {
  const database = await openDatabase({
    config: { dataFolder: '/nowhere', databaseUrl },
    entities: [],
    log: silentLog,
  })
  opened.push(database)
  return database
}

const whoAmI = 'select current_user::text as role, current_schema() as schema'

describe('DATABASE_URL with a login that may create roles', () => {
  it.each(['createrole', 'superuser'])(
    '(%s) makes the three roles and acts as each',
    async (rights) => {
      const database = await open((await ownDatabase(rights)).url)
      const schema = 'allswell'
      expect(await database.app.query(whoAmI)).toEqual([{ role: 'allswell_app', schema }])
      expect(await database.worker.query(whoAmI)).toEqual([{ role: 'allswell_worker', schema }])
      expect(await database.asOwner((runner) => runner.query(whoAmI))).toEqual([
        { role: 'allswell_owner', schema },
      ])
      expect(database.embeddedPid).toBeUndefined()
    },
  )

  it('holds row-level security even for a superuser', async () => {
    const database = await open((await ownDatabase('superuser')).url)
    await database.worker.query(
      `insert into workspace values ('${newId()}', 'Other', now(), 'other')`,
    )
    expect(await database.app.query('select * from workspace')).toEqual([])
  })

  it('is prepared and migrated once by three processes that start at once', async () => {
    const { url } = await ownDatabase('createrole')
    const databases = await Promise.all([open(url), open(url), open(url)])
    for (const database of databases) expect(await database.isAlive()).toBe(true)
    const [ran] = (await databases[0].worker.query(
      'select count(*)::int - count(distinct name)::int as twice, count(*)::int as all from migrations',
    )) as [{ twice: number; all: number }]
    expect(ran.twice).toBe(0)
    expect(ran.all).toBeGreaterThan(0)
  })

  it('keeps options that stand in the URL, and does not lose ours to them', async () => {
    const { url } = await ownDatabase('createrole')
    const database = await open(`${url}?options=-c%20work_mem%3D9MB&application_name=mine`)
    expect(
      await database.app.query(
        `select current_user::text as role, current_setting('work_mem') as mem`,
      ),
    ).toEqual([{ role: 'allswell_app', mem: '9MB' }])
  })
})

describe('DATABASE_URL with a login that may not create roles', () => {
  it('prints the SQL for an administrator, which helps', async () => {
    const { url, name, login } = await ownDatabase('nocreaterole')
    const refusal = await open(url).catch((error: Error) => error.message)
    expect(refusal).toContain(`The login ${login} of DATABASE_URL can't act as the three roles`)
    expect(refusal).toContain(setupSql(login))
    await administer(setupSql(login), name)
    expect(await (await open(url)).app.query(whoAmI)).toMatchObject([{ role: 'allswell_app' }])
  })

  it('refuses a role that it is a member of, but can not act as', async () => {
    const { url, name, login } = await ownDatabase('nocreaterole')
    await administer(setupSql(login), name)
    await administer(`grant allswell_worker to ${login} with set false`)
    await expect(open(url)).rejects.toThrow("can't act as the three roles")
  })

  it('refuses a role that row-level security does not hold', async () => {
    const { url, name, login } = await ownDatabase('nocreaterole')
    await administer(setupSql(login), name)
    await administer('alter role allswell_app bypassrls')
    await expect(open(url)).rejects.toThrow('alter role allswell_app nosuperuser nobypassrls;')
  })
})

describe('DATABASE_URL that can not be used says why', () => {
  const refusal = (url: string): Promise<string> =>
    open(url).then(
      () => 'no refusal',
      (error: Error & { code?: string }) => `${error.code} ${error.message}`,
    )

  it('when nobody listens', async () => {
    expect(await refusal('postgres://me@localhost:1/x')).toMatch(
      /^UNAVAILABLE DATABASE_URL can't be used: .*ECONNREFUSED/,
    )
  })

  it('when the database does not exist', async () => {
    const { url, name } = await ownDatabase('createrole')
    expect(await refusal(url.replace(name, 'nosuch'))).toContain('database "nosuch" does not exist')
  })

  it('when the password is wrong, without showing it', async () => {
    const { url, login } = await ownDatabase('createrole')
    const message = await refusal(url.replace(encodeURIComponent('p@ss/word'), 'guessed'))
    expect(message).toContain(`password authentication failed for user "${login}"`)
    expect(message).not.toContain('guessed')
  })

  it.each(['synchronous_commit'])('when %s is off', async (setting) => {
    const { url, login } = await ownDatabase('createrole')
    await administer(`alter role ${login} set ${setting} = off`)
    expect(await refusal(url)).toContain(`The database has ${setting} = off`)
  })
})

describe('the connections of a role', () => {
  it('end what was forgotten in mid-transaction, or asks too much', async () => {
    const database = await open((await ownDatabase('createrole')).url)
    const settings = `select current_setting('idle_in_transaction_session_timeout') as idle,
                             current_setting('statement_timeout') as statement`
    expect(await database.app.query(settings)).toEqual([{ idle: '30s', statement: '30s' }])
    expect(await database.worker.query(settings)).toEqual([{ idle: '30s', statement: '0' }])
  })

  it('are three for one URL', () => {
    const url = 'postgres://me@db/x?sslmode=require'
    expect(urlConnections(url).worker).toEqual({
      connectionString: url,
      options:
        '-c idle_in_transaction_session_timeout=30s -c role=allswell_worker -c search_path=allswell',
    })
  })
})
