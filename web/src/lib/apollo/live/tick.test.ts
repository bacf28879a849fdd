import { expect, test } from 'vitest'
import { ManualTimers } from './manual-timers.ts'
import { Tick } from './tick.ts'

function setUp() {
  const timers = new ManualTimers()
  const flushes: number[][] = []
  return { timers, flushes, tick: new Tick<number>((items) => flushes.push(items), 250, timers) }
}

test('hands over the first items after a rest at once', () => {
  const { timers, flushes, tick } = setUp()
  tick.add([1, 2])
  timers.pass(0)
  expect(flushes).toEqual([[1, 2]])
})

test('gathers what follows until the tick is over', () => {
  const { timers, flushes, tick } = setUp()
  tick.add([1])
  timers.pass(10)
  tick.add([2])
  tick.add([3])
  timers.pass(239)
  expect(flushes).toEqual([[1]])
  timers.pass(1)
  expect(flushes).toEqual([[1], [2, 3]])
})

test('hands over at most four times a second under a steady stream', () => {
  const { timers, flushes, tick } = setUp()
  for (let i = 0; i < 200; i++) {
    tick.add([i])
    timers.pass(10)
  }
  timers.pass(250)
  expect(flushes.length).toBeLessThanOrEqual(9)
  expect(flushes.flat()).toHaveLength(200)
})

test('forgets what it holds when it is stopped', () => {
  const { timers, flushes, tick } = setUp()
  tick.add([1])
  tick.stop()
  timers.pass(1000)
  expect(flushes).toEqual([])
})
