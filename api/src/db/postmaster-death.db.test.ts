import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newWorkspace } from '../../test/database.ts'
import { madeFolder, removeFolders, until } from '../../test/server-process.ts'
import { AppError } from '../lib/app-error.ts'
import { silentLog } from '../lib/log.ts'
import type { Database } from './database.ts'
import { findPlaces } from './embedded/places.ts'
import { isAlive } from './embedded/processes.ts'
import { openDatabase } from './open-database.ts'

const PATIENCE_MS = 5_000

let database: Database
let folder: string
let workspaceId: string

beforeEach(async () => {
  folder = madeFolder()
  database = await openDatabase({
    config: { dataFolder: folder },
    entities: [],
    log: silentLog,
  })
  workspaceId = await newWorkspace(database)
})
afterEach(() => database.close())
afterAll(removeFolders)

const killPostmaster = (): void => void process.kill(database.embeddedPid!, 'SIGKILL')

async function canDoEverything(): Promise<boolean> {
  try {
    await (await database.openSnapshot(workspaceId)).close()
    await database.write(workspaceId, (manager) => manager.query('select 1'))
    await database.work((runner) => runner.query('select 1'))
    await database.asOwner((runner) => runner.query('select 1'))
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNAVAILABLE') return false
    throw error
  }
}

/** What a process has computed, in ticks of 10 ms. */
const ticksOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[11])

describe('when the postmaster alone is killed', () => {
  it('everything works again within 5 s, and nothing committed is lost', async () => {
    const before = database.embeddedPid!
    const heard: string[] = []
    const lost: string[] = []
    const unlisten = await database.listen(
      'anything',
      (payload) => heard.push(payload),
      () => lost.push('lost'),
    )
    const lock = await database.holdAdvisoryLock(7499, 1)
    await newWorkspace(database)
    const [{ count }] = (await database.worker.query('select count(*) from workspace')) as [
      { count: string },
    ]
    killPostmaster()
    await lock.lost
    await until(() => lost.length > 0, PATIENCE_MS)
    await until(canDoEverything, PATIENCE_MS)
    expect(database.embeddedPid).not.toBe(before)
    expect(await database.worker.query('select count(*) from workspace')).toEqual([{ count }])
    await until(() => heard.length === 2, PATIENCE_MS)
    await database.notify('anything', 'hello')
    await until(() => heard.includes('hello'), PATIENCE_MS)
    expect(heard).toEqual(['', '', 'hello'])
    await unlisten()
  })

  it('a session that computes does not hold it up', async () => {
    let pid = 0
    const computing = database
      .asOwner(async (runner) => {
        pid = ((await runner.query('select pg_backend_pid() as pid')) as [{ pid: number }])[0].pid
        await runner.query(
          'select count(*) from generate_series(1, 1e5) a, generate_series(1, 1e6) b',
        )
      })
      .catch((error: unknown) => error)
    const isComputing = (): boolean => pid > 0 && ticksOf(pid) > 5
    await until(isComputing)
    killPostmaster()
    await until(canDoEverything, PATIENCE_MS)
    expect(await computing).toBeInstanceOf(Error)
    expect(isAlive(pid)).toBe(false)
  })

  it('it is started again each time', async () => {
    for (let round = 0; round < 3; round++) {
      killPostmaster()
      await until(canDoEverything, PATIENCE_MS)
    }
  })

  it('callers hear meanwhile that the database is away', async () => {
    const answers: unknown[] = []
    killPostmaster()
    await until(async () => {
      const error = await database.openSnapshot(workspaceId).then(
        (snapshot) => snapshot.close(),
        (error: unknown) => error,
      )
      if (error) answers.push(error)
      return answers.length > 0 && !error
    }, PATIENCE_MS)
    for (const error of answers) expect(error).toMatchObject({ code: 'UNAVAILABLE' })
    expect(await database.isAlive()).toBe(true)
  })
})

describe('when only a session is killed', () => {
  it('the server ends all others by itself, and the pools recover', async () => {
    const before = database.embeddedPid
    const [{ pid }] = (await database.worker.query('select pg_backend_pid() as pid')) as [
      { pid: number },
    ]
    process.kill(pid, 'SIGKILL')
    await until(canDoEverything, PATIENCE_MS)
    expect(database.embeddedPid).toBe(before)
  })
})

describe('when somebody tidies the temporary folder', () => {
  it('the socket comes back', async () => {
    const { socket } = findPlaces(folder)
    rmSync(socket, { recursive: true })
    await until(() => existsSync(path.join(socket, '.s.PGSQL.5432')), 10_000)
    await until(canDoEverything, PATIENCE_MS)
  })
})

describe('a stop', () => {
  it('is not taken for a death', async () => {
    const pid = database.embeddedPid!
    await database.close()
    expect(isAlive(pid)).toBe(false)
    expect(existsSync(path.join(findPlaces(folder).cluster, 'postmaster.pid'))).toBe(false)
  })

  it('is not held up by a reader that forgot to end', async () => {
    await database.openSnapshot(workspaceId)
    const pid = database.embeddedPid!
    await database.close()
    expect(isAlive(pid)).toBe(false)
  })
})
