import { expect, test } from 'vitest'
import { ManualTimers } from './manual-timers.ts'
import { ResumableStream, type StreamPhase, type StreamSink } from './resumable-stream.ts'

interface Batch {
  cursor: string
}

function setUp() {
  const timers = new ManualTimers()
  const opened: { after: string | null; sink: StreamSink<Batch>; isClosed: boolean }[] = []
  const heard: Batch[] = []
  const phases: StreamPhase[] = []
  let losses = 0
  const stream = new ResumableStream<Batch>({
    open(after, sink) {
      const connection = { after, sink, isClosed: false }
      opened.push(connection)
      return () => (connection.isClosed = true)
    },
    cursorOf: ({ cursor }) => cursor,
    hear: (batch) => heard.push(batch),
    tell: (phase) => phases.push(phase),
    isCursorRefused: (problem) => problem === 'bad cursor',
    lost: () => losses++,
    timers,
    random: () => 1,
  })
  return { timers, opened, heard, phases, stream, losses: () => losses, last: () => opened.at(-1)! }
}

test('opens at the cursor it is started with', () => {
  const { stream, opened, phases } = setUp()
  stream.start('c1')
  expect(opened.map(({ after }) => after)).toEqual(['c1'])
  expect(phases).toEqual(['connecting'])
})

test('goes on from the last batch after a cut', () => {
  const { stream, opened, heard, timers, last, phases } = setUp()
  stream.start('c1')
  last().sink.opened()
  last().sink.next({ cursor: 'c2' })
  last().sink.next({ cursor: 'c3' })
  last().sink.closed('cut')
  timers.pass(250)
  expect(opened.map(({ after }) => after)).toEqual(['c1', 'c3'])
  expect(heard).toHaveLength(2)
  expect(phases).toEqual(['connecting', 'live', 'reconnecting'])
})

test('waits longer after each failure in a row, and starts over after a batch', () => {
  const { stream, opened, timers, last } = setUp()
  stream.start(null)
  last().sink.closed('refused')
  timers.pass(249)
  expect(opened).toHaveLength(1)
  timers.pass(1)
  last().sink.closed('refused')
  timers.pass(499)
  expect(opened).toHaveLength(2)
  timers.pass(1)
  last().sink.opened()
  last().sink.next({ cursor: 'c1' })
  last().sink.closed('cut')
  timers.pass(250)
  expect(opened).toHaveLength(4)
})

test('tries at once when woken while it waits', () => {
  const { stream, opened, timers, last } = setUp()
  stream.start(null)
  for (let i = 0; i < 8; i++) {
    last().sink.closed('refused')
    timers.pass(5_000)
  }
  last().sink.closed('refused')
  const before = opened.length
  stream.wake()
  expect(opened).toHaveLength(before + 1)
})

test('leaves a connection alone that has just shown life when woken', () => {
  const { stream, opened, last } = setUp()
  stream.start(null)
  last().sink.opened()
  stream.wake()
  expect(opened).toHaveLength(1)
})

test('replaces a connection that fell silent, without a second wait', () => {
  const { stream, opened, timers, last } = setUp()
  stream.start('c1')
  const first = last()
  first.sink.opened()
  timers.pass(39_000)
  first.sink.alive()
  timers.pass(39_000)
  expect(first.isClosed).toBe(false)
  timers.pass(1_000)
  expect(first.isClosed).toBe(true)
  timers.pass(250)
  expect(opened).toHaveLength(2)
})

test('hears nothing more from a connection it has given up', () => {
  const { stream, heard, timers, opened, last } = setUp()
  stream.start('c1')
  const old = last()
  old.sink.closed('cut')
  timers.pass(250)
  old.sink.next({ cursor: 'old' })
  expect(heard).toEqual([])
  expect(opened.at(-1)?.after).toBe('c1')
})

test('goes on from now when its cursor is refused, and says that something is lost', () => {
  const { stream, opened, timers, last, losses } = setUp()
  stream.start('c1')
  last().sink.closed('bad cursor')
  timers.pass(250)
  expect(losses()).toBe(1)
  expect(opened.map(({ after }) => after)).toEqual(['c1', null])
})

test('opens nothing more after it was stopped', () => {
  const { stream, opened, timers, last } = setUp()
  stream.start(null)
  last().sink.closed('cut')
  stream.stop()
  timers.pass(60_000)
  expect(opened).toHaveLength(1)
})
