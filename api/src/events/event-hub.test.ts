import { beforeEach, describe, expect, it } from 'vitest'
import { MemoryLog, beats, updated } from '../../test/memory-log.ts'
import { newId } from '../lib/ids.ts'
import { silentLog } from '../lib/log.ts'
import { ManualClock } from '../lib/manual-clock.ts'
import { EventHub } from './event-hub.ts'
import type { LogListener } from './feed.ts'

const WORKSPACE = newId()

class Notes implements LogListener {
  readonly heardPositions: number[] = []
  readonly jumps: number[] = []
  heard(events: { position: number }[]): void {
    this.heardPositions.push(...events.map((event) => event.position))
  }
  jumped(head: { position: number }): void {
    this.jumps.push(head.position)
  }
}

let clock: ManualClock
let log: MemoryLog
let hub: EventHub
let notes: Notes

beforeEach(async () => {
  clock = new ManualClock()
  log = new MemoryLog(WORKSPACE)
  hub = new EventHub({ database: log, clock, log: silentLog })
  notes = new Notes()
  await hub.start()
  await hub.catchUp(WORKSPACE)
  await settled()
  hub.watch(WORKSPACE, notes)
})

/** Lets everything that waits for an answered promise go on. */
const settled = (): Promise<void> => new Promise((done) => setImmediate(done))

describe('the hub, within one process', () => {
  it('delivers a commit at once, without reading the log', () => {
    const reads = log.reads
    hub.committed([log.append(updated(), updated())])
    expect(notes.heardPositions).toEqual([1, 2])
    expect(log.reads).toBe(reads)
  })

  it('puts commits that are reported out of order into the order of the log', () => {
    const [first, second, third] = [
      log.append(updated()),
      log.append(beats()),
      log.append(updated()),
    ]
    hub.committed([third!])
    hub.committed([second!])
    expect(notes.heardPositions).toEqual([])
    hub.committed([first!])
    expect(notes.heardPositions).toEqual([1, 2, 3])
  })

  it('reads from the log what another process committed in between', async () => {
    log.append(updated())
    hub.committed([log.append(updated())])
    expect(notes.heardPositions).toEqual([])
    clock.advance(5)
    await settled()
    expect(notes.heardPositions).toEqual([1, 2])
  })

  it('delivers nothing twice when a commit is reported again', () => {
    const commit = log.append(updated())
    hub.committed([commit])
    hub.committed([commit])
    expect(notes.heardPositions).toEqual([1])
  })

  it('answers reads of the recent past from memory', async () => {
    for (let n = 0; n < 10; n++) hub.committed([log.append(updated())])
    const reads = log.reads
    const page = await hub.read(WORKSPACE, 4, 3)
    expect(page.events.map((event) => event.position)).toEqual([5, 6, 7])
    expect(log.reads).toBe(reads)
  })

  it('reads once for all who ask for the same stretch at the same time', async () => {
    for (let n = 0; n < 600; n++) hub.committed([log.append(updated())])
    const reads = log.reads
    const pages = await Promise.all([1, 2, 3].map(() => hub.read(WORKSPACE, 0, 50)))
    expect(log.reads).toBe(reads + 1)
    expect(pages.map((page) => page.events.length)).toEqual([50, 50, 50])
  })
})

describe('the hub, between processes', () => {
  it('reads the log when woken', async () => {
    log.append(updated())
    await log.notify('', `${WORKSPACE}:1`)
    await settled()
    expect(notes.heardPositions).toEqual([1])
  })

  it('finds within a second what nobody announced', async () => {
    log.append(updated())
    clock.advance(1_000)
    await settled()
    expect(notes.heardPositions).toEqual([1])
  })

  it('goes on after a failure of the database', async () => {
    log.failure = new Error('gone')
    log.append(updated())
    clock.advance(1_000)
    await settled()
    expect(notes.heardPositions).toEqual([])
    expect(hub.isHealthy).toBe(false)
    log.failure = undefined
    clock.advance(1_000)
    await settled()
    expect(hub.isHealthy).toBe(true)
    expect(notes.heardPositions).toEqual([1])
  })

  it('announces a burst of commits in few messages, the first of them at once', async () => {
    for (let n = 0; n < 500; n++) hub.committed([log.append(updated())])
    expect(log.notified).toEqual([`${WORKSPACE}:1`])
    await settled()
    clock.advance(20)
    await settled()
    clock.advance(100)
    expect(log.notified).toEqual([`${WORKSPACE}:1`, `${WORKSPACE}:500`])
  })

  it('catches up to a position that it has not been told of', async () => {
    log.append(updated(), updated())
    expect(await hub.catchUp(WORKSPACE, { epoch: 1, position: 2 })).toEqual({
      epoch: 1,
      position: 2,
    })
    expect(notes.heardPositions).toEqual([1, 2])
  })

  it('says how far the log reaches when asked for more', async () => {
    log.append(updated())
    expect((await hub.catchUp(WORKSPACE, { epoch: 1, position: 99 })).position).toBe(1)
  })
})

describe('the hub, when the log breaks', () => {
  it('says so when a restored backup has begun a new epoch', async () => {
    hub.committed([log.append(updated(), updated())])
    log.epoch = 2
    log.events.length = 1
    clock.advance(1_000)
    await settled()
    expect(notes.jumps).toEqual([1])
    hub.committed([log.append(updated())])
    expect(notes.heardPositions).toEqual([1, 2, 2])
  })

  it('says so when the log has gone back without saying so', async () => {
    hub.committed([log.append(updated(), updated())])
    log.events.length = 1
    clock.advance(1_000)
    await settled()
    expect(notes.jumps).toEqual([1])
  })

  it('says so when events between are beyond retention', async () => {
    for (let n = 0; n < 10; n++) log.append(updated())
    log.droppedTo = 5
    clock.advance(1_000)
    await settled()
    expect(notes.jumps).toEqual([10])
    expect(notes.heardPositions).toEqual([])
  })

  it('refuses an unknown workspace', async () => {
    await expect(hub.catchUp(newId())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
