import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import {
  askOnce,
  madeFolder,
  removeFolders,
  ServerProcess,
  temporaryFolder,
  until,
} from '../../../test/server-process.ts'
import { silentLog } from '../../lib/log.ts'
import { EmbeddedServer } from './embedded-server.ts'
import { findPlaces } from './places.ts'
import { isAlive, isZombie } from './processes.ts'

const running: EmbeddedServer[] = []
async function start(dataFolder: string): Promise<EmbeddedServer> {
  const server = await EmbeddedServer.start({ dataFolder, log: silentLog })
  running.push(server)
  return server
}
const ask = <T extends object>(server: EmbeddedServer, sql: string): Promise<T[]> =>
  askOnce<T>(server.connectionOf('allswell', 'postgres'), sql)

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
})
afterAll(removeFolders)

describe('a first start', () => {
  it('makes a durable, closed database in a folder whose name has spaces and letters of any kind', async () => {
    const server = await start(path.join(temporaryFolder(), 'my data — Größe'))
    const [settings] = await ask(
      server,
      `select current_setting('data_checksums') checksums, current_setting('listen_addresses') tcp,
              current_setting('fsync') fsync, current_setting('synchronous_commit') commit,
              current_setting('full_page_writes') pages, current_setting('password_encryption') passwords,
              current_setting('server_encoding') encoding,
              (select datlocprovider::text || datlocale from pg_database where datname = 'template1') locale`,
    )
    expect(settings).toEqual({
      checksums: 'on',
      tcp: '',
      fsync: 'on',
      commit: 'on',
      pages: 'on',
      passwords: 'scram-sha-256',
      encoding: 'UTF8',
      locale: 'bC.UTF-8',
    })
  })

  it('leaves nothing that others can read', async () => {
    const folder = temporaryFolder()
    const server = await start(folder)
    const places = findPlaces(folder)
    const modeOf = (place: string): number => statSync(place).mode & 0o777
    expect(modeOf(places.secret)).toBe(0o600)
    expect(modeOf(places.log)).toBe(0o600)
    expect(modeOf(server.clusterFolder)).toBe(0o700)
    expect(modeOf(places.socket)).toBe(0o700)
    expect(readdirSync(places.socket)).not.toContain('password')
  })

  it('takes no half-made cluster for a whole one', async () => {
    const folder = temporaryFolder()
    const half = path.join(folder, 'pgdata.half-0')
    mkdirSync(half)
    writeFileSync(path.join(half, 'PG_VERSION'), '18\n')
    const server = await start(folder)
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(existsSync(half)).toBe(false)
  })
})

describe('a later start', () => {
  it('finds what was stored', async () => {
    const folder = madeFolder()
    const before = await start(folder)
    await ask(before, 'create table kept as select 42 as answer')
    await before.stop()
    const after = await start(folder)
    expect(await ask(after, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  it('refuses a folder that this process owns already', async () => {
    const folder = madeFolder()
    await start(folder)
    await expect(start(folder)).rejects.toThrow(`Another Allswell (process ${process.pid})`)
  })

  it('refuses a folder that another living process owns, and leaves that one alone', async () => {
    const folder = madeFolder()
    const owner = await ServerProcess.start(folder)
    await expect(start(folder)).rejects.toThrow(`Another Allswell (process ${owner.pid})`)
    expect(isAlive(owner.ready.postmaster)).toBe(true)
    await owner.end()
  })

  it('lets one of several that start at once have the folder', async () => {
    const folder = madeFolder()
    const starting = [1, 2, 3].map(() => ServerProcess.spawn(folder))
    await Promise.all(starting.map((one) => one.settled()))
    const winners = starting.filter((one) => one.ready)
    const refusals = starting.flatMap((one) => one.facts.flatMap((fact) => fact.error ?? []))
    for (const one of winners) await one.end()
    expect(winners).toHaveLength(1)
    expect(refusals).toHaveLength(2)
    for (const refusal of refusals) expect(refusal).toMatch(/Another Allswell|being taken/)
  })

  it('does its work with NODE_ENV=production', async () => {
    const server = await ServerProcess.start(madeFolder(), {
      env: { NODE_ENV: 'production' },
    })
    expect(await askOnce(server.ready.connection, 'select 1 as one')).toEqual([{ one: 1 }])
    await server.end()
    expect(isAlive(server.ready.postmaster)).toBe(false)
  })

  it('gives PostgreSQL nothing of our environment', async () => {
    const server = await ServerProcess.start(madeFolder(), {
      env: { PGDATA: '/nowhere', PGPORT: '1', ALLSWELL_MASTER_KEY: 'secret' },
    })
    const environment = readFileSync(`/proc/${server.ready.postmaster}/environ`, 'utf8')
    expect(environment).not.toMatch(/PGDATA|PGPORT|ALLSWELL|secret/)
    await server.end()
  })
})

describe('a lock that was left behind', () => {
  const lockWith = (content: string): string => {
    const folder = madeFolder()
    writeFileSync(path.join(folder, 'pgdata', 'postmaster.pid'), content)
    const { account } = findPlaces(folder)
    if (account) chmodSync(path.join(folder, 'pgdata', 'postmaster.pid'), 0o666)
    return folder
  }

  it('of a process that is dead does not hinder', async () => {
    const gone = spawn('true')
    await new Promise((resolve) => gone.once('exit', resolve))
    const server = await start(lockWith(`${gone.pid}\n`))
    expect(isAlive(server.pid!)).toBe(true)
  })

  it("that names a stranger's living process does not hinder, and the stranger lives on", async () => {
    const stranger = spawn('sleep', ['600'])
    const server = await start(lockWith(`${stranger.pid}\n`))
    expect(isAlive(server.pid!)).toBe(true)
    expect(isAlive(stranger.pid!)).toBe(true)
    stranger.kill()
  })

  it('of a zombie does not hinder', async () => {
    // The shell becomes a process that never notices the end of its child. The child ends after
    // that: while the shell is still itself, it may clear it away.
    const parent = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 600'])
    const zombie = await new Promise<string>((resolve) =>
      parent.stdout.once('data', (data: Buffer) => resolve(data.toString().trim())),
    )
    await until(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8').trim() === 'sleep')
    process.kill(Number(zombie), 'SIGKILL')
    await until(() => isZombie(Number(zombie)))
    const server = await start(lockWith(`${zombie}\n`))
    expect(isAlive(server.pid!)).toBe(true)
    parent.kill()
  })

  it('without a pid in it, from a power cut, does not hinder', async () => {
    const server = await start(lockWith(''))
    expect(isAlive(server.pid!)).toBe(true)
  })
})

describe('a start that can not succeed says what to do', () => {
  it('when the secret is missing', async () => {
    const folder = madeFolder()
    rmSync(path.join(folder, 'database.secret'))
    await expect(start(folder)).rejects.toThrow('is missing. Restore it from a back-up')
    expect(existsSync(path.join(folder, 'database.secret'))).toBe(false)
  })

  it('when the secret is not the one that the database was made with', async () => {
    const folder = madeFolder()
    writeFileSync(path.join(folder, 'database.secret'), 'another')
    await expect(start(folder)).rejects.toThrow('does not open the database')
    expect(existsSync(path.join(folder, 'pgdata', 'postmaster.pid'))).toBe(false)
  })

  it('when the cluster is of another major version', async () => {
    const folder = madeFolder()
    writeFileSync(path.join(folder, 'pgdata', 'PG_VERSION'), '17\n')
    await expect(start(folder)).rejects.toThrow('is of PostgreSQL 17')
  })

  it('when the cluster is damaged, with the end of its log', async () => {
    const folder = madeFolder()
    rmSync(path.join(folder, 'pgdata', 'global', 'pg_control'))
    await expect(start(folder)).rejects.toThrow('pg_control')
  })

  it('and the folder is free again afterwards', async () => {
    const folder = madeFolder()
    const secret = path.join(folder, 'database.secret')
    const right = readFileSync(secret)
    writeFileSync(secret, 'another')
    await expect(start(folder)).rejects.toThrow()
    writeFileSync(secret, right)
    expect(isAlive((await start(folder)).pid!)).toBe(true)
  })
})

describe('a tool', () => {
  it('uses the server of the process that owns the folder, and leaves it running', async () => {
    const folder = madeFolder()
    const owner = await ServerProcess.start(folder)
    const attached = await EmbeddedServer.attach({ dataFolder: folder, log: silentLog })
    expect(await ask(attached!, 'select 1 as one')).toEqual([{ one: 1 }])
    await attached!.stop()
    expect(isAlive(owner.ready.postmaster)).toBe(true)
    await owner.end()
  })

  it('finds none where none runs', async () => {
    const dataFolder = madeFolder()
    expect(await EmbeddedServer.attach({ dataFolder, log: silentLog })).toBeUndefined()
  })
})
