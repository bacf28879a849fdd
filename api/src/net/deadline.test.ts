import { describe, expect, it } from 'vitest'
import { Deadline, DeadlineExceeded } from './deadline.ts'

const thing = (log: string[], name: string) => ({ destroy: () => void log.push(name) })
const never = new Promise<never>(() => undefined)

describe('a deadline', () => {
  it('destroys all that it holds when it falls, and rejects whoever waits', async () => {
    const log: string[] = []
    const deadline = new Deadline(20)
    deadline.hold(thing(log, 'a'))
    deadline.hold(thing(log, 'b'))
    await expect(deadline.race(never)).rejects.toBeInstanceOf(DeadlineExceeded)
    expect(log).toEqual(['a', 'b'])
    expect(deadline.hasFallen).toBe(true)
  })

  it('destroys at once what comes too late', async () => {
    const log: string[] = []
    const deadline = new Deadline(10_000)
    deadline.callOff()
    deadline.hold(thing(log, 'late'))
    expect(log).toEqual(['late'])
    await expect(deadline.race(Promise.resolve(1))).rejects.toBeInstanceOf(DeadlineExceeded)
  })

  it('lets answers and failures through before it falls', async () => {
    const deadline = new Deadline(10_000)
    expect(await deadline.race(Promise.resolve('yes'))).toBe('yes')
    await expect(deadline.race(Promise.reject(new Error('no')))).rejects.toThrow('no')
    deadline.end()
  })

  it('leaves nothing open when the check ends, and does not fall afterwards', () => {
    const log: string[] = []
    const deadline = new Deadline(10_000)
    deadline.hold(thing(log, 'socket'))
    deadline.onFall(() => log.push('fell'))
    deadline.end()
    deadline.callOff()
    expect(log).toEqual(['socket'])
    expect(deadline.hasFallen).toBe(false)
  })

  it('tells when it fell by our will, and when it was missed', () => {
    const deadline = new Deadline(10_000)
    expect(deadline.wasCalledOff).toBe(false)
    deadline.callOff()
    expect(deadline).toMatchObject({
      wasCalledOff: true,
      wasMissed: false,
      patience: 'within 10 s',
    })
  })
})
