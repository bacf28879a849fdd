import { afterEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { useNow } from './now.ts'

afterEach(() => vi.useRealTimers())

it('ticks once a second for everybody and stops with the last', () => {
  vi.useFakeTimers({ now: 1_000_000 })
  const [first, second] = [effectScope(), effectScope()]
  const now = first.run(() => useNow())
  second.run(() => useNow())
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(2000)
  expect(now?.value).toBe(1_002_000)
  first.stop()
  expect(vi.getTimerCount()).toBe(1)
  second.stop()
  expect(vi.getTimerCount()).toBe(0)
})
