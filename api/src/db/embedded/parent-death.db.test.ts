import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  askOnce,
  madeFolder,
  removeFolders,
  ServerProcess,
  temporaryFolder,
  until,
  watchdogOf,
} from '../../../test/server-process.ts'
import { silentLog } from '../../lib/log.ts'
import { nativeFolder } from './binaries.ts'
import { EmbeddedServer } from './embedded-server.ts'
import { findPlaces } from './places.ts'
import { startPostmaster } from './postmaster.ts'
import { isAlive } from './processes.ts'
import { makeSocketFolder } from './socket-folder.ts'

afterAll(removeFolders)

/** A server whose parent and watchdog were killed: nobody looks after it. */
async function makeOrphan(
  folder: string,
): Promise<ServerProcess & { ready: { postmaster: number } }> {
  const parent = await ServerProcess.start(folder)
  const { postmaster } = parent.ready
  process.kill(watchdogOf(postmaster)!, 'SIGKILL')
  await parent.end('SIGKILL')
  expect(isAlive(postmaster)).toBe(true)
  return parent
}

describe('when the parent is killed', () => {
  it('the watchdog stops the database, cleanly', async () => {
    const folder = madeFolder()
    const parent = await ServerProcess.start(folder)
    await parent.end('SIGKILL')
    await until(() => !isAlive(parent.ready.postmaster))
    const server = await EmbeddedServer.start({ dataFolder: folder, log: silentLog })
    await server.stop()
    expect(readFileSync(findPlaces(folder).log, 'utf8')).not.toContain('not properly shut down')
  })

  it('at once with its watchdog, the next start adopts the database, and stops it in the end', async () => {
    const folder = madeFolder()
    const orphan = await makeOrphan(folder)
    const next = await ServerProcess.start(folder)
    expect(next.ready.postmaster).toBe(orphan.ready.postmaster)
    expect(next.logged).toContain('Took over the database of a process that died')
    await next.end()
    expect(isAlive(orphan.ready.postmaster)).toBe(false)
  })

  it('an adopted database is watched again: it does not outlive its new parent', async () => {
    const folder = madeFolder()
    const { postmaster } = (await makeOrphan(folder)).ready
    const next = await ServerProcess.start(folder)
    await next.end('SIGKILL')
    await until(() => !isAlive(postmaster))
  })

  it('an adopted database that dies is started again', async () => {
    const folder = madeFolder()
    const { postmaster } = (await makeOrphan(folder)).ready
    const next = await ServerProcess.start(folder)
    process.kill(postmaster, 'SIGKILL')
    await until(() => next.logged.includes('The database runs again'), 5_000)
    expect(await askOnce(next.ready.connection, 'select 1 as one')).toEqual([{ one: 1 }])
    await next.end()
  })

  it('an orphan of other programs or settings is replaced, not adopted', async () => {
    const folder = madeFolder()
    const places = findPlaces(folder)
    makeSocketFolder(places.socket, places.account)
    const otherPrograms = path.join(folder, 'other')
    symlinkSync(path.join(nativeFolder(), 'bin'), otherPrograms)
    const password = readFileSync(places.secret, 'utf8')
    const old = await startPostmaster({ places, programs: otherPrograms, password })
    const server = await EmbeddedServer.start({ dataFolder: folder, log: silentLog })
    expect(isAlive(old.pid)).toBe(false)
    expect(server.pid).not.toBe(old.pid)
    await server.stop()
  })

  it('again and again, with the database, in mid-work: every start finds all that was committed', async () => {
    const folder = madeFolder()
    let committed = 0
    for (let round = 0; round < 5; round++) {
      const server = await ServerProcess.start(folder)
      const ask = (sql: string): Promise<{ count: number }[]> =>
        askOnce(server.ready.connection, sql)
      if (round === 0) await ask('create table kept (n int)')
      expect(await ask('select count(*)::int from kept')).toEqual([{ count: committed }])
      for (; committed < (round + 1) * 3; committed++) await ask('insert into kept values (1)')
      if (round % 2) process.kill(server.ready.postmaster, 'SIGKILL')
      await server.end('SIGKILL')
    }
    const last = await ServerProcess.start(folder)
    expect(await askOnce(last.ready.connection, 'select count(*)::int from kept')).toEqual([
      { count: committed },
    ])
    await last.end()
  })

  it('while the database is being made, the next start makes it', async () => {
    const folder = temporaryFolder()
    const first = ServerProcess.spawn(folder)
    const isHalfMade = (): boolean =>
      readdirSync(folder).some((name) => existsSync(path.join(folder, name, 'base')))
    await until(isHalfMade, 30_000)
    await first.end('SIGKILL')
    expect(existsSync(path.join(folder, 'pgdata'))).toBe(false)
    const next = await ServerProcess.start(folder)
    expect(await askOnce(next.ready.connection, 'select 1 as one')).toEqual([{ one: 1 }])
    await next.end()
  })
})
