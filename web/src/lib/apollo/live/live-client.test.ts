import { InMemoryCache } from '@apollo/client'
import { expect, test } from 'vitest'
import { LiveClient, type LiveBatch } from './live-client.ts'
import { ManualTimers } from './manual-timers.ts'
import type { StreamSink } from './resumable-stream.ts'

function setUp(refetch: () => Promise<unknown> = () => Promise.resolve()) {
  const timers = new ManualTimers()
  const connections: { after: string | null; sink: StreamSink<LiveBatch<string>> }[] = []
  const written: { events: string[]; isAgain: boolean }[] = []
  const told: [string, number | null][] = []
  let [refetches, forgets] = [0, 0]
  const live = new LiveClient<string>({
    open(after, sink) {
      connections.push({ after, sink })
      return () => {}
    },
    cache: new InMemoryCache(),
    rooms: [
      {
        apply: (events, _cache, isAgain) => written.push({ events: [...events], isAgain }),
        forget: () => forgets++,
      },
    ],
    refetch: () => {
      refetches++
      return refetch()
    },
    tell: (phase, asOfMs) => told.push([phase, asOfMs]),
    isCursorRefused: (problem) => problem === 'bad cursor',
    timers,
    random: () => 1,
  })
  live.start()
  const sink = () => connections.at(-1)!.sink
  const batch = (cursor: string, ...events: string[]) => ({ cursor, resync: false, events })
  return {
    live,
    timers,
    connections,
    written,
    told,
    sink,
    batch,
    refetches: () => refetches,
    forgets: () => forgets,
  }
}

function beginAt(test: ReturnType<typeof setUp>, cursor: string) {
  const mark = test.live.coverage.sent()
  expect(test.live.answered(mark, cursor)).toBe(false)
  test.live.finished(mark)
  test.sink().opened()
}

test('subscribes from the cursor of the first snapshot', () => {
  const t = setUp()
  expect(t.connections).toEqual([])
  beginAt(t, 'c1')
  expect(t.connections.map(({ after }) => after)).toEqual(['c1'])
})

test('begins at now when no snapshot comes', () => {
  const t = setUp()
  t.timers.pass(3000)
  expect(t.connections.map(({ after }) => after)).toEqual([null])
})

test('waits for a snapshot that is still under way', () => {
  const t = setUp()
  t.live.coverage.sent()
  t.timers.pass(10_000)
  expect(t.connections).toEqual([])
})

test('goes back to the snapshot when it comes after the stream began at now', () => {
  const t = setUp()
  t.timers.pass(3000)
  const mark = t.live.coverage.sent()
  t.live.answered(mark, 'c1')
  expect(t.connections.map(({ after }) => after)).toEqual([null, 'c1'])
})

test('writes the events of one tick in one go', () => {
  const t = setUp()
  beginAt(t, 'c1')
  t.sink().next(t.batch('c2', 'a'))
  t.timers.pass(0)
  t.sink().next(t.batch('c3', 'b'))
  t.sink().next(t.batch('c4', 'c'))
  t.timers.pass(250)
  expect(t.written).toEqual([
    { events: ['a'], isAgain: false },
    { events: ['b', 'c'], isAgain: false },
  ])
})

test('goes on from its cursor after a cut and sends no query', () => {
  const t = setUp()
  beginAt(t, 'c1')
  t.sink().next(t.batch('c2', 'a'))
  t.sink().closed('cut')
  t.timers.pass(250)
  t.sink().opened()
  t.sink().next(t.batch('c3', 'b'))
  t.timers.pass(250)
  expect(t.connections.map(({ after }) => after)).toEqual(['c1', 'c2'])
  expect(t.written.flatMap(({ events }) => events)).toEqual(['a', 'b'])
  expect(t.refetches()).toBe(0)
})

test('says up to when the screen is right while it reconnects', () => {
  const t = setUp()
  beginAt(t, 'c1')
  t.timers.pass(4000)
  t.sink().alive()
  const seenAt = t.timers.now()
  t.timers.pass(2000)
  t.sink().closed('cut')
  expect(t.told.at(-1)).toEqual(['reconnecting', seenAt])
})

test('reads everything anew on a resync and goes on from its cursor', async () => {
  const t = setUp()
  beginAt(t, 'c1')
  t.sink().next({ cursor: 'c9', resync: true, events: [] })
  await Promise.resolve()
  expect([t.refetches(), t.forgets()]).toEqual([1, 1])
  t.sink().closed('cut')
  t.timers.pass(250)
  expect(t.connections.at(-1)?.after).toBe('c9')
})

test('reads anew after the stream has begun again when its cursor is refused, not before', () => {
  const t = setUp()
  beginAt(t, 'c1')
  t.sink().closed('bad cursor')
  t.timers.pass(250)
  t.sink().opened()
  expect(t.connections.at(-1)?.after).toBeNull()
  expect(t.refetches()).toBe(0)
  t.sink().next(t.batch('d1'))
  expect(t.refetches()).toBe(1)
})

test('tries a reading anew again that failed', async () => {
  let fails = true
  const t = setUp(() => (fails ? Promise.reject(new Error('away')) : Promise.resolve()))
  beginAt(t, 'c1')
  t.sink().next({ cursor: 'c9', resync: true, events: [] })
  await new Promise((done) => setTimeout(done))
  fails = false
  t.timers.pass(3000)
  expect(t.refetches()).toBe(2)
})

test('tells the events again that came while a question was under way', () => {
  const t = setUp()
  beginAt(t, 'c1')
  const mark = t.live.coverage.sent()
  t.sink().next(t.batch('c2', 'down'))
  t.timers.pass(300)
  t.live.answered(mark, 'c1')
  t.live.finished(mark)
  t.timers.pass(300)
  expect(t.written).toEqual([
    { events: ['down'], isAgain: false },
    { events: ['down'], isAgain: true },
  ])
})
