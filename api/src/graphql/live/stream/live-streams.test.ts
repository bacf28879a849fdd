import { beforeEach, describe, expect, it } from 'vitest'
import type { LogHead } from '../../../db/read-scope.ts'
import { EventHub, type NewEvent } from '../../../events/index.ts'
import { MemoryLog, beats, updated } from '../../../../test/memory-log.ts'
import { newId } from '../../../lib/ids.ts'
import { silentLog } from '../../../lib/log.ts'
import { ManualClock } from '../../../lib/manual-clock.ts'
import { type EventFilter, byMonitors, byTopics } from './event-filter.ts'
import type { LiveSource } from './live-source.ts'
import { type LiveSubscription, LiveStreams } from './live-streams.ts'
import { Notebook, settled } from '../../../../test/notebook.ts'

const WORKSPACE = newId()

let clock: ManualClock
let log: MemoryLog
let hub: EventHub
let streams: LiveStreams<LiveSource>
/** Every source that was worded, in order. */
let worded: LiveSource[]
let wording: (source: LiveSource) => Promise<LiveSource>

beforeEach(async () => {
  clock = new ManualClock()
  log = new MemoryLog(WORKSPACE)
  hub = new EventHub({ database: log, clock, log: silentLog })
  streams = new LiveStreams({ hub, clock, log: silentLog })
  worded = []
  wording = (source) => Promise.resolve(source)
  await hub.start()
})

const commit = (...events: NewEvent[]): void => hub.committed([log.append(...events)])
const at = (position: number, epoch = 1): LogHead => ({ epoch, position })

function follow(
  after?: LogHead,
  filter: EventFilter = byTopics(undefined),
  key = 'all',
): { notebook: Notebook; subscription: LiveSubscription } {
  const notebook = new Notebook()
  const render = (source: LiveSource): Promise<LiveSource> => {
    worded.push(source)
    return wording(source)
  }
  const view = { key, workspaceId: WORKSPACE, filter, render }
  return { notebook, subscription: streams.subscribe(view, notebook, after) }
}

describe('a subscriber', () => {
  it('without a cursor begins at now, with the present cursor in its first batch', async () => {
    commit(updated(), updated())
    log.append(updated())
    const { notebook } = follow()
    await settled()
    expect(notebook.batches).toMatchObject([{ head: at(3), resync: false, events: [] }])
    commit(updated())
    await settled()
    expect(notebook.positions).toEqual([4])
  })

  it('with a cursor is told everything since, in order, and then what is live', async () => {
    for (let n = 0; n < 1_234; n++) log.append(updated())
    const { notebook } = follow(at(34))
    await settled()
    commit(updated())
    await settled()
    expect(notebook.positions).toEqual(Array.from({ length: 1_201 }, (_, n) => 35 + n))
    expect(notebook.last.head).toEqual(at(1_235))
  })

  it('that has missed nothing is told so at once', async () => {
    commit(updated())
    const { notebook } = follow(at(0))
    const { notebook: fresh } = follow(at(1))
    await settled()
    expect(notebook.positions).toEqual([1])
    expect(fresh.batches).toMatchObject([{ head: at(1), resync: false, events: [] }])
  })

  it('whose cursor is ahead of what this process has delivered is told nothing twice', async () => {
    const early = follow()
    await settled()
    log.append(updated(), updated())
    const ahead = follow(at(2))
    await settled()
    commit(updated())
    await settled()
    expect(early.notebook.positions).toEqual([1, 2, 3])
    expect(ahead.notebook.positions).toEqual([3])
    expect(ahead.notebook.batches.some((batch) => batch.resync)).toBe(false)
  })

  it('whose cursor lies within beats that wait for their turn makes them leave first', async () => {
    const early = follow()
    await settled()
    commit(beats())
    await settled()
    commit(beats())
    commit(beats())
    const joiner = follow(at(2))
    await settled()
    expect(early.notebook.positions).toEqual([1, 2, 3])
    expect(joiner.notebook.positions).toEqual([3])
  })

  it('that comes while a batch is being worded is not told it twice', async () => {
    const monitorsOnly = byTopics(['MONITOR'])
    follow(undefined, monitorsOnly, 'monitors')
    await settled()
    let finish = (): void => {}
    wording = (source) => new Promise((done) => (finish = () => done(source)))
    commit(updated())
    commit(beats())
    wording = (source) => Promise.resolve(source)
    const { notebook } = follow(at(0), monitorsOnly, 'monitors')
    await settled()
    finish()
    await settled()
    expect(notebook.positions).toEqual([1])
  })

  it('that is closed is told nothing more, and the view ends with its last reader', async () => {
    const { notebook, subscription } = follow()
    await settled()
    expect(streams.size).toBe(1)
    subscription.close()
    await subscription.done
    commit(updated())
    await settled()
    expect(notebook.positions).toEqual([])
    expect(streams.size).toBe(0)
  })

  it('that is closed before it has begun leaves nothing behind', async () => {
    const { notebook, subscription } = follow()
    subscription.close()
    await subscription.done
    expect(streams.size).toBe(0)
    expect(notebook.batches).toEqual([])
  })

  it('learns when the log can not be read', async () => {
    log.failure = new Error('gone')
    await expect(follow(at(0)).subscription.done).rejects.toThrow('gone')
  })
})

describe('a subscriber is told to read afresh, with the new cursor,', () => {
  const resynced = async (after: LogHead): Promise<void> => {
    const { notebook } = follow(after)
    await settled()
    expect(notebook.batches).toMatchObject([{ head: at(log.position), resync: true, events: [] }])
    commit(updated())
    await settled()
    expect(notebook.positions).toEqual([log.position])
  }

  it('when its cursor is ahead of the head of the log', async () => {
    log.append(updated())
    await resynced(at(2))
  })

  it('when its cursor is of an earlier epoch', async () => {
    log.append(updated())
    await resynced(at(1, 0))
  })

  it('when its cursor is older than retention', async () => {
    for (let n = 0; n < 20; n++) log.append(updated())
    log.droppedTo = 10
    await resynced(at(9))
  })

  it('but not when its cursor is the oldest that retention kept', async () => {
    for (let n = 0; n < 20; n++) log.append(updated())
    log.droppedTo = 10
    const { notebook } = follow(at(10))
    await settled()
    expect(notebook.positions).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20])
  })

  it('when it is more than 10,000 events behind', async () => {
    for (let n = 0; n < 10_001; n++) log.append(updated())
    await resynced(at(0))
  })

  it('but not when it is exactly 10,000 events behind', async () => {
    for (let n = 0; n < 10_001; n++) log.append(updated())
    const { notebook } = follow(at(1))
    await settled()
    expect(notebook.positions).toHaveLength(10_000)
  })

  it('when the log begins a new epoch while it follows', async () => {
    const { notebook } = follow()
    await settled()
    log.epoch = 2
    clock.advance(1_000)
    await settled()
    expect(notebook.last).toMatchObject({ head: at(0, 2), resync: true, events: [] })
  })

  it('when its outlet has overflowed, once there is room, and never before', async () => {
    const { notebook } = follow()
    const other = follow()
    await settled()
    notebook.isFull = true
    commit(updated())
    await settled()
    commit(updated())
    await settled()
    expect(notebook.batches).toHaveLength(1)
    notebook.drain()
    await settled()
    expect(notebook.last).toMatchObject({ head: at(2), resync: true, events: [] })
    commit(updated())
    await settled()
    expect(notebook.positions).toEqual([3])
    expect(other.notebook.positions).toEqual([1, 2, 3])
  })

  it('when a batch could not be worded', async () => {
    const { notebook } = follow()
    await settled()
    wording = () => Promise.reject(new Error('no words'))
    commit(updated())
    await settled()
    wording = (source) => Promise.resolve(source)
    clock.advance(1_000)
    await settled()
    expect(notebook.last).toMatchObject({ head: at(1), resync: true })
    commit(updated())
    await settled()
    expect(notebook.positions).toEqual([2])
  })
})

describe('a replay', () => {
  it('goes at the pace of its outlet', async () => {
    for (let n = 0; n < 1_600; n++) log.append(updated())
    const { notebook } = follow(at(0))
    const send = notebook.send.bind(notebook)
    notebook.send = (batch) => {
      send(batch)
      notebook.isFull = true
    }
    await settled()
    expect(notebook.positions).toHaveLength(500)
    for (let n = 0; n < 6; n++) {
      notebook.drain()
      await settled()
    }
    expect(notebook.positions).toEqual(Array.from({ length: 1_600 }, (_, n) => n + 1))
  })

  it('is read and worded once for all who come back with the same cursor', async () => {
    for (let n = 0; n < 900; n++) log.append(updated())
    const readers = Array.from({ length: 100 }, () => follow(at(0)))
    await settled()
    expect(readers.every(({ notebook }) => notebook.positions.length === 900)).toBe(true)
    expect(worded).toHaveLength(2)
  })
})

describe('a shared view', () => {
  it('is worded once for all its readers, who get the very same object', async () => {
    const readers = Array.from({ length: 50 }, () => follow())
    await settled()
    worded = []
    commit(updated())
    await settled()
    expect(worded).toHaveLength(1)
    expect(new Set(readers.map(({ notebook }) => notebook.last)).size).toBe(1)
  })

  it('sends beats alone at most four times a second', async () => {
    const { notebook } = follow()
    await settled()
    for (let n = 0; n < 100; n++) {
      commit(beats())
      await settled()
      clock.advance(10)
      await settled()
    }
    clock.advance(250)
    await settled()
    expect(notebook.positions).toHaveLength(100)
    expect(notebook.batches.length - 1).toBeLessThanOrEqual(5)
    expect(notebook.batches.length - 1).toBeGreaterThanOrEqual(4)
  })

  it('takes waiting beats along at once when anything else happens, in order', async () => {
    const { notebook } = follow()
    await settled()
    commit(beats())
    await settled()
    commit(beats())
    commit(beats())
    await settled()
    expect(notebook.positions).toEqual([1])
    commit(updated())
    await settled()
    expect(notebook.positions).toEqual([1, 2, 3, 4])
    expect(notebook.last.events.map((event) => event.kind)).toEqual([
      'heartbeats.recorded',
      'heartbeats.recorded',
      'monitor.updated',
    ])
  })

  it('words one batch at a time, so that a slow one is not overtaken', async () => {
    const { notebook } = follow()
    await settled()
    const finish: (() => void)[] = []
    wording = (source) => new Promise((done) => finish.push(() => done(source)))
    commit(updated())
    commit(updated())
    commit(updated())
    await settled()
    expect(finish).toHaveLength(1)
    finish[0]!()
    await settled()
    finish[1]!()
    await settled()
    expect(notebook.batches.slice(1).map((batch) => batch.events.length)).toEqual([1, 2])
  })

  it('cuts what is too long for one batch, each part with the cursor of its own end', async () => {
    const { notebook } = follow()
    await settled()
    commit(...Array.from({ length: 1_100 }, () => updated()))
    await settled()
    const told = notebook.batches
      .slice(1)
      .map((batch) => [batch.head.position, batch.events.length])
    expect(told).toEqual([
      [500, 500],
      [1_000, 500],
      [1_100, 100],
    ])
  })

  it('in which nothing happens sends its cursor every 15 s', async () => {
    const { notebook } = follow(undefined, byMonitors(['m2']), 'm2')
    await settled()
    commit(updated('m1'), updated('m1'))
    clock.advance(14_999)
    await settled()
    expect(notebook.batches).toHaveLength(1)
    clock.advance(1)
    await settled()
    expect(notebook.last).toMatchObject({ head: at(2), resync: false, events: [] })
    clock.advance(15_000)
    await settled()
    expect(notebook.batches).toHaveLength(3)
  })

  it('shows of packed beats only those of its monitors', async () => {
    const { notebook } = follow(undefined, byMonitors(['m2', 'm4']), 'some')
    await settled()
    commit(beats('m1', 'm2', 'm3', 'm4'))
    commit(beats('m1'))
    await settled()
    clock.advance(250)
    await settled()
    expect(notebook.batches.flatMap((batch) => batch.events.map((event) => event.body))).toEqual([
      { monitorIds: ['m2', 'm4'], slots: [1, 3], statuses: [1, 1], latenciesUs: [null, null] },
    ])
  })

  it('can be narrowed to topics', async () => {
    const { notebook } = follow(undefined, byTopics(['MONITOR']), 'monitors')
    const none = follow(undefined, byTopics([]), 'none')
    await settled()
    commit(beats(), updated())
    await settled()
    expect(notebook.positions).toEqual([2])
    expect(none.notebook.positions).toEqual([])
  })
})
