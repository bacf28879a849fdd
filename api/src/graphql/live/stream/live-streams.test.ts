import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { LogHead } from '../../../db/read-scope.ts'
import { EventHub, type NewEvent } from '../../../events/index.ts'
import { MemoryLog, beats, updated } from '../../../events/memory-log.ts'
import { newId } from '../../../lib/ids.ts'
import { silentLog } from '../../../lib/log.ts'
import { ManualClock } from '../../../lib/manual-clock.ts'
import { type EventFilter, byMonitors, byTopics } from './event-filter.ts'
import type { LiveSource } from './live-source.ts'
import { type LiveSubscription, LiveStreams } from './live-streams.ts'
import type { Outlet } from './subscriber.ts'

const WORKSPACE = newId()

/** Lets everything that waits for an answered promise go on. */
const settled = (): Promise<void> => new Promise((done) => setImmediate(done))

class Notebook implements Outlet<LiveSource> {
  readonly batches: LiveSource[] = []
  isFull = false
  private waiting: (() => void)[] = []

  send(batch: LiveSource): void {
    this.batches.push(batch)
  }

  whenRoom(): Promise<void> {
    return new Promise((done) => this.waiting.push(done))
  }

  drain(): void {
    this.isFull = false
    for (const done of this.waiting.splice(0)) done()
  }

  get positions(): number[] {
    return this.batches.flatMap((batch) => batch.events.map((event) => event.position))
  }

  get last(): LiveSource {
    return this.batches.at(-1)!
  }
}

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

describe('whatever happens', () => {
  type Step =
    | { do: 'commit'; count: number; isBeat: boolean }
    | { do: 'elsewhere'; count: number }
    | { do: 'time'; ms: number }
    | { do: 'settle' }
    | { do: 'cut'; reader: number }
    | { do: 'slow'; isSlow: boolean }

  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({
      do: fc.constant('commit' as const),
      count: fc.integer({ min: 1, max: 3 }),
      isBeat: fc.boolean(),
    }),
    fc.record({ do: fc.constant('elsewhere' as const), count: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ do: fc.constant('time' as const), ms: fc.integer({ min: 1, max: 1_200 }) }),
    fc.record({ do: fc.constant('settle' as const) }),
    fc.record({ do: fc.constant('cut' as const), reader: fc.nat(3) }),
    fc.record({ do: fc.constant('slow' as const), isSlow: fc.boolean() }),
  )

  class Reader {
    readonly positions: number[] = []
    private cursor: LogHead | undefined = at(0)
    private current: ReturnType<typeof follow>
    private taken = 0

    constructor(readonly isForAll: boolean) {
      this.current = this.open()
    }

    private open(): ReturnType<typeof follow> {
      if (this.isForAll) return follow(this.cursor)
      return follow(this.cursor, byTopics(['MONITOR']), 'monitors')
    }

    /** Reads what has come, and comes back from its cursor after a cut. */
    read(isCut: boolean): void {
      for (const batch of this.current.notebook.batches.slice(this.taken)) {
        if (batch.resync) throw new Error('resync without need')
        this.positions.push(...batch.events.map((event) => event.position))
        this.cursor = batch.head
        this.taken++
      }
      if (!isCut) return
      this.current.subscription.close()
      this.current = this.open()
      this.taken = 0
    }
  }

  const rest = async (): Promise<void> => {
    for (let n = 0; n < 12; n++) {
      clock.advance(300)
      await settled()
    }
  }

  it('every reader is told the log, in order, nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        clock = new ManualClock()
        log = new MemoryLog(WORKSPACE)
        hub = new EventHub({ database: log, clock, log: silentLog })
        streams = new LiveStreams({ hub, clock, log: silentLog })
        await hub.start()
        let isSlow = false
        wording = async (source) => {
          if (isSlow) await new Promise<void>((done) => clock.after(400, done))
          return source
        }
        const readers = [true, true, false, false].map((isForAll) => new Reader(isForAll))
        for (const one of steps) {
          if (one.do === 'commit')
            for (let n = 0; n < one.count; n++) commit(one.isBeat ? beats() : updated())
          if (one.do === 'elsewhere') for (let n = 0; n < one.count; n++) log.append(updated())
          if (one.do === 'time') clock.advance(one.ms)
          if (one.do === 'settle') await settled()
          if (one.do === 'slow') isSlow = one.isSlow
          if (one.do === 'cut') readers[one.reader]!.read(true)
        }
        isSlow = false
        await rest()
        for (const reader of readers) {
          reader.read(false)
          const shown = log.events.filter((e) => reader.isForAll || e.kind === 'monitor.updated')
          expect(reader.positions).toEqual(shown.map((event) => event.position))
        }
        await hub.stop()
      }),
      { numRuns: 1000 },
    )
  })
})
