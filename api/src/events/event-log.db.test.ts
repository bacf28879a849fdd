import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newWorkspace, sharedDatabase } from '../../test/database.ts'
import { makeEventPartitions } from '../../test/event-partitions.ts'
import { beats, updated } from '../../test/memory-log.ts'
import type { Database } from '../db/index.ts'
import { newId } from '../lib/ids.ts'
import { type CommittedEvents, appendEvents, readHeads, readLog } from './event-log.ts'

let database: Database
let here: string
let elsewhere: string

beforeAll(async () => {
  database = await sharedDatabase()
  await makeEventPartitions(database)
})
afterAll(() => database.close())
beforeEach(async () => {
  here = await newWorkspace(database)
  elsewhere = await newWorkspace(database)
})

const append = (workspaceId: string, count = 1): Promise<CommittedEvents[]> =>
  database.work((runner) =>
    appendEvents(runner, [{ workspaceId, events: Array.from({ length: count }, () => updated()) }]),
  )

const positions = async (workspaceId: string, after = 0, limit = 1_000): Promise<number[]> => {
  const page = await readLog(database.worker, workspaceId, after, limit)
  return page!.events.map((event) => event.position)
}

describe('the event log', () => {
  it('numbers the events of a workspace densely, and tells the writer their places', async () => {
    await append(here, 2)
    const [commit] = await append(here, 3)
    expect(commit).toMatchObject({ workspaceId: here, epoch: 1 })
    expect(commit!.events.map((event) => event.position)).toEqual([3, 4, 5])
    expect(await positions(here)).toEqual([1, 2, 3, 4, 5])
  })

  it('gives back what was written', async () => {
    const at = new Date('2026-02-28T23:59:59.123Z')
    const event = { ...beats('m1', 'm2'), at }
    await database.work((runner) => appendEvents(runner, [{ workspaceId: here, events: [event] }]))
    const page = await readLog(database.worker, here, 0, 10)
    expect(page).toEqual({
      head: { epoch: 1, position: 1 },
      events: [{ ...event, position: 1 }],
      isBroken: false,
    })
  })

  it('takes events of several workspaces in one statement, each in its own order', async () => {
    const commits = await database.work((runner) =>
      appendEvents(runner, [
        { workspaceId: elsewhere, events: [updated('e1')] },
        { workspaceId: here, events: [updated('h1'), beats('h2')] },
        { workspaceId: elsewhere, events: [updated('e2')] },
      ]),
    )
    expect(commits.map((commit) => commit.events.map((event) => event.position))).toEqual([
      [1, 2],
      [1, 2],
    ])
    const page = await readLog(database.worker, elsewhere, 0, 10)
    expect(page!.events.map((event) => event.body)).toEqual([
      { monitorId: 'e1' },
      { monitorId: 'e2' },
    ])
  })

  it('keeps no place for a transaction that is rolled back', async () => {
    const failing = database.work(async (runner) => {
      await appendEvents(runner, [{ workspaceId: here, events: [updated()] }])
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    await append(here)
    expect(await positions(here)).toEqual([1])
  })

  it('does nothing for no events, and refuses a workspace that has no log', async () => {
    expect(await appendEvents(database.worker, [])).toEqual([])
    await expect(append(newId())).rejects.toThrow('has no event log')
    expect(await readLog(database.worker, newId(), 0, 1)).toBeUndefined()
  })

  it('does not deadlock writers that name workspaces in opposite orders', async () => {
    const both = [here, elsewhere].map((workspaceId) => ({ workspaceId, events: [updated()] }))
    const write = (isReversed: boolean): Promise<unknown> =>
      database.work((runner) => appendEvents(runner, isReversed ? [...both].reverse() : both))
    await Promise.all(Array.from({ length: 60 }, (_, n) => write(n % 2 === 0)))
    expect(await positions(here)).toHaveLength(60)
    expect(await positions(elsewhere)).toHaveLength(60)
  })

  it('serves a request in its own workspace only', async () => {
    await append(elsewhere, 3)
    await database.write(here, (manager) =>
      appendEvents(manager, [{ workspaceId: here, events: [updated()] }]),
    )
    const foreign = database.write(here, (manager) =>
      appendEvents(manager, [{ workspaceId: elsewhere, events: [updated()] }]),
    )
    await expect(foreign).rejects.toThrow()
    const snapshot = await database.openSnapshot(here)
    expect(await readLog(snapshot.manager, elsewhere, 0, 10)).toBeUndefined()
    expect((await readLog(snapshot.manager, here, 0, 10))!.events).toHaveLength(1)
    await snapshot.close()
    expect(await positions(elsewhere)).toHaveLength(3)
  })

  it('reads in pages', async () => {
    await append(here, 5)
    expect(await positions(here, 0, 2)).toEqual([1, 2])
    expect(await positions(here, 4, 2)).toEqual([5])
    expect(await positions(here, 5, 2)).toEqual([])
  })

  it('says when events are gone, and when it ends before the place asked for', async () => {
    await append(here, 5)
    await database.worker.query('delete from event where workspace_id = $1 and position <= 2', [
      here,
    ])
    const isBroken = async (after: number): Promise<boolean> =>
      (await readLog(database.worker, here, after, 10))!.isBroken
    expect(await Promise.all([0, 1, 2, 5, 6].map(isBroken))).toEqual([
      true,
      true,
      false,
      false,
      true,
    ])
  })

  it('tells several heads at once', async () => {
    await append(here, 2)
    const heads = await readHeads(database.worker, [here, elsewhere, newId()])
    expect(heads).toEqual(
      new Map([
        [here, { epoch: 1, position: 2 }],
        [elsewhere, { epoch: 1, position: 0 }],
      ]),
    )
  })
})
