import { expect, test } from 'vitest'
import { backoffMs } from './backoff.ts'

test('waits about twice as long after each failure, up to five seconds', () => {
  const longest = [0, 1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => backoffMs(attempt, () => 1))
  expect(longest).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000, 5000, 5000])
})

test('leaves half of each wait to chance, so that clients do not come back all at once', () => {
  expect(backoffMs(3, () => 0)).toBe(1000)
  expect(backoffMs(3, () => 0.5)).toBe(1500)
})
