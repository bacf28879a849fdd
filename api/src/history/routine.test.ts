import { describe, expect, it } from 'vitest'
import type { Log } from '../lib/log.ts'
import { silentLog } from '../lib/log.ts'
import { ManualClock } from '../lib/manual-clock.ts'
import { Routine } from './routine.ts'

function setUp(run: () => Promise<void>, log: Log = silentLog) {
  const clock = new ManualClock()
  return { clock, routine: new Routine({ name: 'Work', clock, log, everyMs: 10, run }) }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('a routine', () => {
  it('begins when told, and again a while after each end, never twice at once', async () => {
    let begun = 0
    let end = (): void => undefined
    const { clock, routine } = setUp(() => {
      begun++
      return new Promise((resolve) => (end = resolve))
    })
    routine.start(5)
    clock.advance(4)
    expect(begun).toBe(0)
    clock.advance(100)
    expect(begun).toBe(1)
    end()
    await turn()
    clock.advance(9)
    expect(begun).toBe(1)
    clock.advance(1)
    expect(begun).toBe(2)
  })

  it('goes on after a failure, and tells the log', async () => {
    const errors: string[] = []
    const log = { ...silentLog, error: (_: object, message: string) => void errors.push(message) }
    let begun = 0
    const { clock, routine } = setUp(() => Promise.reject(new Error(`no. ${++begun}`)), log)
    routine.start(0)
    clock.advance(0)
    await turn()
    clock.advance(10)
    expect(begun).toBe(2)
    await turn()
    expect(errors).toEqual(Array(2).fill('Work failed; it will be tried again'))
  })

  it('ends when the run in progress has ended, and does not come back', async () => {
    let begun = 0
    let end = (): void => undefined
    const { clock, routine } = setUp(() => {
      begun++
      return new Promise((resolve) => (end = resolve))
    })
    routine.start(0)
    clock.advance(0)
    let isStopped = false
    const stopped = routine.stop().then(() => (isStopped = true))
    await turn()
    expect(isStopped).toBe(false)
    end()
    await stopped
    clock.advance(1_000)
    expect(begun).toBe(1)
  })
})
