import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { newPerson } from '../../../test/accounts.ts'
import { newWorkspace } from '../../../test/database.ts'
import { insertMonitor } from '../../../test/monitors.ts'
import {
  askOnce,
  madeFolder,
  removeFolders,
  temporaryFolder,
  until,
} from '../../../test/server-process.ts'
import { type Ran, runAllswell, spawnAllswell } from '../../../test/command-line.ts'
import { EmbeddedServer } from '../../db/embedded/embedded-server.ts'
import { type Database, openDatabase } from '../../db/index.ts'
import { entities } from '../../entities.ts'
import { PartitionKeeper } from '../../history/index.ts'
import { silentLog } from '../../lib/log.ts'
import { systemClock } from '../../lib/clock.ts'
import { SecretBox } from '../../lib/secret-box.ts'
import { checkBackup } from './read-backup.ts'
import { storedTables } from './stored-tables.ts'

const PASSPHRASE = 'a passphrase for the shelf'
const ODD = 'tab\t newline\n return\r backslash\\ quote" “ünïcödé” 🚀 \\N \\.'
const KEY = randomBytes(32).toString('base64')

let server: EmbeddedServer
let folder: string
let number = 0
const opened: Database[] = []

beforeAll(async () => {
  server = await EmbeddedServer.start({ dataFolder: madeFolder(), log: silentLog })
  folder = temporaryFolder('allswell-backup-')
})
afterAll(async () => {
  for (const database of opened) await database.close()
  await server.stop()
  removeFolders()
})

const asAdministrator = (name: string) => server.connectionOf('allswell', name)
const newFile = (): string => path.join(folder, `backup-${++number}`)

/** A database of its own, as DATABASE_URL names it; nothing is in it yet. */
async function newUrl(): Promise<string> {
  const name = `backup${++number}`
  await askOnce(asAdministrator('postgres'), `create database ${name}`)
  const { host, port, user, password } = asAdministrator(name)
  return `postgres://${user}:${String(password)}@${encodeURIComponent(host!)}:${port}/${name}`
}

async function open(databaseUrl: string): Promise<Database> {
  const config = { dataFolder: folder, databaseUrl }
  const database = await openDatabase({ config, entities, log: silentLog })
  opened.push(database)
  return database
}

const environment = (url: string, more: Record<string, string> = {}): Record<string, string> => ({
  ...{ DATABASE_URL: url, ALLSWELL_DATA: folder, ALLSWELL_MASTER_KEY: KEY, ...more },
})
const run = (url: string, args: string[], more?: Record<string, string>): Promise<Ran> =>
  runAllswell(args, { env: environment(url, more) })

interface House {
  url: string
  database: Database
  workspaceId: string
  monitorId: string
}

/** A house in which people live: monitors, a history of three days, events, somebody, a secret. */
async function furnished(beats = 3_000): Promise<House> {
  const url = await newUrl()
  const database = await open(url)
  const workspaceId = await newWorkspace(database)
  const keeper = new PartitionKeeper({ database, clock: systemClock, log: silentLog })
  await keeper.ensureDays(Date.now() - 3 * 86_400_000, Date.now() + 86_400_000)
  const { monitorId } = await insertMonitor(database, workspaceId, { ownerEpoch: 7 })
  const { userId } = await newPerson(database, { name: ODD })
  const box = new SecretBox(Buffer.from(KEY, 'base64'))
  const { worker } = database
  await worker.query('update monitor set secrets = $1, name = $2, conditions = $3', [
    { password: box.seal(ODD, `monitor.secrets/${monitorId}/password`) },
    ...[ODD, ['a', ODD]],
  ])
  await worker.query(
    `insert into heartbeat (workspace_id, monitor_id, slot, status, latency_us, message, timings)
     select $1, $2, now() - n * interval '60 seconds' * least(1, 4000.0 / $4), 1, n, $3, array[n, null]
       from generate_series(1, $4::int) n`,
    [workspaceId, monitorId, ODD, beats],
  )
  await worker.query(
    `insert into membership (workspace_id, user_id, role, created_at) values ($1, $2, 'owner', now())`,
    [workspaceId, userId],
  )
  await worker.query(
    `insert into event (workspace_id, day, position, kind, at, body)
     values ($1, (now() at time zone 'utc')::date, 1, 'monitor.created', now(), $2)`,
    [workspaceId, { text: ODD }],
  )
  await worker.query('update event_head set position = 1')
  await worker.query('insert into worker (epoch, started_at) values (7, now())')
  return { url, database, workspaceId, monitorId }
}

/** What is in each table, without what a restore changes on purpose. */
async function contents({ worker }: Database): Promise<Record<string, string>> {
  const told: Record<string, string> = {}
  const kept: Record<string, string> = {
    event_head: 'jsonb_build_array(t.workspace_id, t.position)',
    monitor_state: `to_jsonb(t) - 'owner_epoch'`,
  }
  for (const { name } of await storedTables(worker)) {
    const [row] = (await worker.query(
      `select count(*) || ' ' || coalesce(md5(string_agg(x, ';' order by x)), '') as sum
         from (select (${kept[name] ?? 'to_jsonb(t)'})::text as x from ${name} t) s`,
    )) as { sum: string }[]
    told[name] = row!.sum
  }
  return told
}

const epochOf = async ({ worker }: Database): Promise<number> =>
  ((await worker.query('select epoch from event_head')) as { epoch: number }[])[0]!.epoch

// Each command is a process that reads the whole server first: seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

describe('a back-up', () => {
  let house: House
  let file: string
  let before: Record<string, string>

  beforeAll(async () => {
    house = await furnished()
    file = newFile()
    before = await contents(house.database)
    const ran = await run(house.url, ['backup', file])
    expect(ran).toMatchObject({ code: 0, output: `${file}\n` })
    expect(ran.said).toContain('The master key is not in it.')
  })

  it('is one file that its owner alone reads, with every table in it', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'latin1')).toMatch(/^ALLSWELL BACKUP 1\n/)
    const all = await askOnce<{ name: string }>(
      asAdministrator(new URL(house.url).pathname.slice(1)),
      `select relname as name from pg_class where relnamespace = 'allswell'::regnamespace
          and relkind in ('r', 'p') and not relispartition order by 1`,
    )
    const names = all.map(({ name }) => name).filter((name) => !/^(migrations|worker)$/.test(name))
    expect(Object.keys(before).sort()).toEqual(names)
    expect(before['heartbeat']).toMatch(/^3000 /)
  })

  it('puts everything into an empty database, to the last letter, and cursors of before get a resync', async () => {
    const url = await newUrl()
    const ran = await run(url, ['restore', file])
    expect(ran).toMatchObject({ code: 0, said: expect.stringContaining('are restored') })
    const database = await open(url)
    expect(await contents(database)).toEqual(before)
    const epoch = await epochOf(database)
    expect(epoch).toBeGreaterThan(await epochOf(house.database))
    // It works as any other: what is new gets numbers of its own, and rows are bound to their workspaces.
    const forced = (await database.worker.query(
      `select relname from pg_class where relnamespace = 'allswell'::regnamespace
          and relkind in ('r', 'p') and not relispartition and not relforcerowsecurity`,
    )) as { relname: string }[]
    expect(forced.map(({ relname }) => relname).sort()).toEqual(['migrations', 'worker'])
    const [seat] = (await database.worker.query(
      'insert into worker (started_at) values (now()) returning epoch',
    )) as { epoch: number }[]
    expect(seat!.epoch).toBe(1)
    const owned = await database.worker.query(
      'select from monitor_state where owner_epoch is not null',
    )
    expect(owned).toEqual([])
  })

  it('refuses a database in which something is, and replaces it when it is told to', async () => {
    const other = await furnished(10)
    const there = await contents(other.database)
    const refused = await run(other.url, ['restore', file])
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('is not empty') })
    expect(await contents(other.database)).toEqual(there)
    expect((await run(other.url, ['restore', file, '--force'])).code).toBe(0)
    expect(await contents(other.database)).toEqual(before)
    const first = await epochOf(other.database)
    await until(() => Math.floor(Date.now() / 1000) - Date.UTC(2026, 0, 1) / 1000 > first)
    expect((await run(other.url, ['restore', file, '--force'])).code).toBe(0)
    expect(await epochOf(other.database)).toBeGreaterThan(first)
  })

  it('refuses a file that is cut off, changed or none, and touches nothing', async () => {
    const url = await newUrl()
    const whole = readFileSync(file)
    const changed = (at: number): Buffer => {
      const copy = Buffer.from(whole)
      copy[at] = copy[at]! ^ 0x40
      return copy
    }
    const bad = [
      ...[whole.subarray(0, 100), whole.subarray(0, whole.length - 9), Buffer.alloc(0)],
      ...[changed(40), changed(Math.floor(whole.length / 2)), changed(whole.length - 5)],
      ...[Buffer.from('ALLSWELL BACKUP 1\n'), Buffer.from('PK\u0003\u0004 something else')],
    ]
    for (const content of bad) {
      const damaged = newFile()
      writeFileSync(damaged, content)
      await expect(checkBackup(damaged)).rejects.toThrow(/is damaged|is no back-up of Allswell/)
    }
    // The command looks before it opens the database.
    const ran = await run(url, ['restore', path.join(folder, `backup-${number}`)])
    expect(ran).toMatchObject({ code: 1, said: expect.stringContaining('is no back-up') })
    const tables = await askOnce(
      asAdministrator(new URL(url).pathname.slice(1)),
      `select from pg_class where relnamespace = to_regnamespace('allswell')`,
    )
    expect(tables).toEqual([])
  })

  it('refuses a file of a newer version', async () => {
    const newer = newFile()
    writeFileSync(newer, readFileSync(file, 'latin1').replace('BACKUP 1\n', 'BACKUP 2\n'), 'latin1')
    await expect(checkBackup(newer)).rejects.toThrow('by a newer version')
  })

  it('is never written over, nor into nothing', async () => {
    const again = await run(house.url, ['backup', file])
    expect(again).toMatchObject({ code: 1, said: expect.stringContaining('exists') })
    const nowhere = await run(house.url, ['backup', path.join(folder, 'no/such/folder')])
    expect(nowhere).toMatchObject({ code: 1, said: expect.stringContaining("can't be written") })
  })
})

describe('the master key', () => {
  const without = { ALLSWELL_MASTER_KEY: '' }
  let house: House

  beforeAll(async () => {
    house = await furnished(10)
  })

  it('must be the one that the secrets are sealed with', async () => {
    const file = newFile()
    await run(house.url, ['backup', file])
    const data = temporaryFolder()
    const ran = await run(await newUrl(), ['restore', file], { ...without, ALLSWELL_DATA: data })
    expect(ran).toMatchObject({ code: 1, said: expect.stringContaining('another master key') })
    expect(readdirSync(data)).toEqual([])
  })

  it('travels in the file when it is told to, and opens by its passphrase alone', async () => {
    const file = newFile()
    const args = ['backup', file, '--passphrase-stdin']
    const short = await runAllswell(args, { env: environment(house.url), input: 'short' })
    expect(short).toMatchObject({ code: 1, said: expect.stringContaining('at least 12') })
    const made = await runAllswell(args, { env: environment(house.url), input: PASSPHRASE })
    expect(made).toMatchObject({ code: 0, said: expect.stringContaining('is in it, closed') })

    const [url, data] = [await newUrl(), temporaryFolder()]
    const env = environment(url, { ...without, ALLSWELL_DATA: data })
    const restore = (input: string): Promise<Ran> =>
      runAllswell(['restore', file, '--passphrase-stdin'], { env, input })
    expect((await runAllswell(['restore', file], { env })).said).toContain('add --passphrase-stdin')
    expect((await restore('another passphrase')).said).toContain('not the passphrase')
    expect((await restore(PASSPHRASE)).code).toBe(0)
    expect(readFileSync(path.join(data, 'master.key'), 'utf8')).toBe(KEY)
    expect(readdirSync(data)).toEqual(['master.key'])
  })
})

describe('a back-up of a house that is busy', () => {
  it('is one picture: what was written together is there together', async () => {
    const house = await furnished(60_000)
    let isBusy = true
    let writes = 0
    const { worker } = house.database
    const writing = (async () => {
      while (isBusy) {
        await house.database.work(async (runner) => {
          const id = (await newPersonIn(runner)) as string
          await runner.query(
            `insert into membership (workspace_id, user_id, role, created_at) values ($1, $2, 'viewer', now())`,
            [house.workspaceId, id],
          )
        })
        writes++
      }
    })()
    await until(() => writes > 5)
    const file = newFile()
    const ran = await run(house.url, ['backup', file])
    isBusy = false
    await writing
    expect(ran.code).toBe(0)
    const url = await newUrl()
    expect((await run(url, ['restore', file])).code).toBe(0)
    const restored = await open(url)
    const [counts] = (await restored.worker.query(
      `select (select count(*) from app_user)::int as users, (select count(*) from membership)::int as members`,
    )) as { users: number; members: number }[]
    expect(counts!.users).toBe(counts!.members)
    const [all] = (await worker.query('select count(*)::int as users from app_user')) as {
      users: number
    }[]
    expect(counts!.users).toBeLessThan(all!.users)
  })
})

describe('killed in the middle', () => {
  it('a back-up leaves no file that looks like one, and a restore leaves what was there', async () => {
    const house = await furnished(100_000)
    const cut = newFile()
    const names = (): string[] => readdirSync(folder)
    const child = spawnAllswell(['backup', cut], { env: environment(house.url) })
    const draft = (): string | undefined =>
      names().find((name) => name.startsWith(`${path.basename(cut)}.`) && sizeOf(name) > 200_000)
    await until(() => draft() !== undefined, 30_000)
    child.kill('SIGKILL')
    await child.ended
    expect(names()).not.toContain(path.basename(cut))
    expect((await run(house.url, ['restore', path.join(folder, draft()!)])).said).toContain(
      'damaged',
    )

    const file = newFile()
    expect((await run(house.url, ['backup', file])).code).toBe(0)
    const other = await furnished(10)
    const there = await contents(other.database)
    const restoring = spawnAllswell(['restore', file, '--force'], { env: environment(other.url) })
    const name = new URL(other.url).pathname.slice(1)
    const copying = `select from pg_stat_activity where datname = '${name}' and query like 'copy "heartbeat"%'`
    await until(async () => (await askOnce(asAdministrator(name), copying)).length > 0, 30_000)
    restoring.kill('SIGKILL')
    await restoring.ended
    expect(await contents(other.database)).toEqual(there)
    expect((await run(other.url, ['restore', file, '--force'])).code).toBe(0)
    expect(await contents(other.database)).toEqual(await contents(house.database))
  })

  const sizeOf = (name: string): number =>
    statSync(path.join(folder, name), { throwIfNoEntry: false })?.size ?? 0
})

async function newPersonIn(runner: {
  query(sql: string, values?: unknown[]): Promise<unknown>
}): Promise<unknown> {
  const [row] = (await runner.query(
    `insert into app_user (id, email, email_key, name, created_at, updated_at)
     select id, id || '@example.com', id || '@example.com', 'Busy', now(), now()
       from (select gen_random_uuid() as id) g returning id`,
  )) as { id: string }[]
  return row!.id
}
