import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newWorkspace, openAnother, sharedDatabase } from '../../test/database.ts'
import { makeEventPartitions } from '../../test/event-partitions.ts'
import { beats, updated } from '../../test/memory-log.ts'
import type { Database } from '../db/index.ts'
import { systemClock } from '../lib/clock.ts'
import { silentLog } from '../lib/log.ts'
import { EventHub, type HubDatabase } from './event-hub.ts'
import { appendEvents } from './event-log.ts'

const WRITERS = 8
const COMMITS_EACH = 40

let database: Database
let workspaceId: string
const stops: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  database = await sharedDatabase()
  await makeEventPartitions(database)
})
afterAll(() => database.close())
beforeEach(async () => (workspaceId = await newWorkspace(database)))
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function hubOn(source: HubDatabase): Promise<EventHub> {
  const hub = new EventHub({ database: source, clock: systemClock, log: silentLog })
  await hub.start()
  stops.push(() => hub.stop())
  return hub
}

/** Everything a subscriber of a hub hears from now on. */
async function follow(hub: EventHub): Promise<number[]> {
  await hub.catchUp(workspaceId)
  const heard: number[] = []
  const stop = hub.watch(workspaceId, {
    heard: (events) => heard.push(...events.map((event) => event.position)),
    jumped: () => heard.push(-1),
  })
  stops.push(() => Promise.resolve(stop()))
  return heard
}

/** A writer whose commits are held back for up to 8 ms, and reported up to some turns late. */
async function write(source: Database, hub: EventHub): Promise<void> {
  for (let n = 0; n < COMMITS_EACH; n++) {
    const committed = await source.work(async (runner) => {
      const events = Math.random() < 0.5 ? [updated()] : [beats(), updated()]
      const appended = await appendEvents(runner, [{ workspaceId, events }])
      await runner.query('select pg_sleep(random() * 0.008)')
      return appended
    })
    for (let turns = Math.random() * 5; turns > 1; turns--)
      await new Promise((go) => setImmediate(go))
    hub.committed(committed)
  }
}

const headNow = async (): Promise<number> => {
  const [row] = (await database.worker.query(
    'select position from event_head where workspace_id = $1',
    [workspaceId],
  )) as { position: string }[]
  return Number(row!.position)
}

const wholeLog = (head: number): number[] => Array.from({ length: head }, (_, n) => n + 1)

describe('with 8 writers whose commits are held back at random', () => {
  it('every subscriber hears the whole log, in order, nothing twice', async () => {
    const hub = await hubOn(database)
    const subscribers = await Promise.all(Array.from({ length: 20 }, () => follow(hub)))
    await Promise.all(Array.from({ length: WRITERS }, () => write(database, hub)))
    const head = await headNow()
    expect(head).toBeGreaterThanOrEqual(WRITERS * COMMITS_EACH)
    await expect.poll(() => subscribers[0]!.length, { timeout: 5_000 }).toBe(head)
    for (const heard of subscribers) expect(heard).toEqual(wholeLog(head))
  })

  it('two processes on one database hear the same, each its own and the other’s commits', async () => {
    const other = await openAnother()
    stops.push(() => other.close())
    const [hub, otherHub] = [await hubOn(database), await hubOn(other)]
    const subscribers = await Promise.all([follow(hub), follow(otherHub), follow(otherHub)])
    await Promise.all(
      Array.from({ length: WRITERS }, (_, n) =>
        n % 2 ? write(database, hub) : write(other, otherHub),
      ),
    )
    const head = await headNow()
    for (const heard of subscribers) {
      await expect.poll(() => heard.length, { timeout: 5_000 }).toBe(head)
      expect(heard).toEqual(wholeLog(head))
    }
  })

  it('a process that no wake-up reaches hears everything within a second', async () => {
    const deaf: HubDatabase = {
      worker: database.worker,
      listen: () => Promise.resolve(() => Promise.resolve()),
      notify: () => Promise.resolve(),
    }
    const [hub, deafHub] = [await hubOn(database), await hubOn(deaf)]
    const heard = await follow(deafHub)
    await write(database, hub)
    const head = await headNow()
    const since = performance.now()
    await expect.poll(() => heard.length, { timeout: 5_000 }).toBe(head)
    expect(performance.now() - since).toBeLessThan(1_000)
    expect(heard).toEqual(wholeLog(head))
  })

  it('nothing is lost when the connections that wait for wake-ups are cut', async () => {
    const other = await openAnother()
    stops.push(() => other.close())
    const [hub, otherHub] = [await hubOn(database), await hubOn(other)]
    const heard = await follow(otherHub)
    let isWriting = true
    let cuts = 0
    const cutting = (async () => {
      while (isWriting) {
        const cut = (await database.worker.query(
          `select pg_terminate_backend(pid), pg_sleep(0.05) from pg_stat_activity
            where query ilike 'listen%' and usename = current_user`,
        )) as object[]
        cuts += cut.length
      }
    })()
    await Promise.all([write(database, hub), write(database, hub)])
    isWriting = false
    await cutting
    expect(cuts).toBeGreaterThan(5)
    const head = await headNow()
    await expect.poll(() => heard.length, { timeout: 5_000 }).toBe(head)
    expect(heard).toEqual(wholeLog(head))
  })

  it('is no small thing: a reader of `id > last` over a sequence loses events (negative control)', async () => {
    const table = `naive_${workspaceId.replaceAll('-', '')}`
    await database.asOwner(async (runner) => {
      await runner.query(`create table ${table} (id bigint generated always as identity)`)
      await runner.query(`grant select, insert on ${table} to allswell_worker`)
    })
    const heard: number[] = []
    const read = async (): Promise<void> => {
      const rows = (await database.worker.query(
        `select id from ${table} where id > $1 order by id`,
        [heard.at(-1) ?? 0],
      )) as { id: string }[]
      heard.push(...rows.map((row) => Number(row.id)))
    }
    const writeNaively = async (): Promise<void> => {
      for (let n = 0; n < COMMITS_EACH; n++)
        await database.work(async (runner) => {
          await runner.query(`insert into ${table} default values`)
          await runner.query('select pg_sleep(random() * 0.008)')
        })
    }
    let isWriting = true
    const reading = (async () => {
      while (isWriting) await read()
      await read()
    })()
    await Promise.all(Array.from({ length: 7 }, () => writeNaively()))
    isWriting = false
    await reading
    await database.asOwner((runner) => runner.query(`drop table ${table}`))
    expect(heard.length).toBeLessThan(7 * COMMITS_EACH)
  })
})
