import { describe, expect, it } from 'vitest'
import { CheckQueue } from './check-queue.ts'

describe('the queue of checks', () => {
  it('runs at most so many at once, in order, and all of them', async () => {
    const ends: (() => void)[] = []
    const begun: number[] = []
    const queue = new CheckQueue<number>(2, (n) => {
      begun.push(n)
      return new Promise((resolve) => ends.push(resolve))
    })
    for (const n of [1, 2, 3, 4]) queue.add(n)
    expect([begun, queue.running, queue.queued]).toEqual([[1, 2], 2, 2])
    const idle = queue.idle()
    for (let n = 0; n < 4; n++) {
      ends[n]!()
      await new Promise((resolve) => setImmediate(resolve))
    }
    await idle
    expect([begun, queue.running, queue.queued]).toEqual([[1, 2, 3, 4], 0, 0])
  })

  it('forgets what has not begun', async () => {
    const begun: number[] = []
    const queue = new CheckQueue<number>(1, async (n) => void begun.push(n))
    for (const n of [1, 2, 3]) queue.add(n)
    expect(queue.clear()).toEqual([2, 3])
    await queue.idle()
    expect(begun).toEqual([1])
  })
})
