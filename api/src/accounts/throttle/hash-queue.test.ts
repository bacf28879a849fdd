import { expect, it } from 'vitest'
import { HashQueue } from './hash-queue.ts'

it('two at once, in the order in which they came, 32 wait, and who comes then is refused', async () => {
  const queue = new HashQueue()
  let running = 0
  let most = 0
  const ended: number[] = []
  const hash = (id: number) => async (): Promise<void> => {
    most = Math.max(most, ++running)
    await new Promise((done) => setImmediate(done))
    running--
    ended.push(id)
  }
  const all = Array.from({ length: 34 }, (_, id) => queue.run(hash(id)))
  await expect(queue.run(hash(99))).rejects.toMatchObject({
    code: 'LIMIT',
    details: { retryAfterSeconds: 2 },
  })
  await Promise.all(all)
  expect(most).toBe(2)
  expect(ended).toEqual(Array.from({ length: 34 }, (_, id) => id))
})

it('a hash that fails gives its place on', async () => {
  const queue = new HashQueue()
  const fail = (): Promise<void> => Promise.reject(new Error('no memory'))
  for (let i = 0; i < 40; i++) await expect(queue.run(fail)).rejects.toThrow('no memory')
  expect(await queue.run(() => Promise.resolve(1))).toBe(1)
})
