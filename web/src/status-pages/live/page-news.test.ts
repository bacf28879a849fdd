import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, type EffectScope } from 'vue'
import { statusPageRoom, useRereadOnNews } from './page-news.ts'

let scope: EffectScope
let reread: ReturnType<typeof vi.fn<() => Promise<void>>>

const tell = async (...names: string[]) => {
  statusPageRoom.apply(
    names.map((__typename) => ({ __typename })),
    undefined as never,
    false,
  )
  await nextTick()
}

beforeEach(() => {
  vi.useFakeTimers()
  reread = vi.fn(() => Promise.resolve())
  scope = effectScope()
  scope.run(() => useRereadOnNews(reread))
})

afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

test.each(['PageCreated', 'PageUpdated', 'PageDeleted', 'MonitorStatusChanged'])(
  '%s has the pages read again',
  async (name) => {
    await tell('HeartbeatsRecorded', name)
    expect(reread).toHaveBeenCalledTimes(1)
  },
)

test('beats alone change no page', async () => {
  await tell('HeartbeatsRecorded')
  expect(reread).not.toHaveBeenCalled()
})

test('a gap in the stream has the pages read again', async () => {
  statusPageRoom.forget?.()
  await nextTick()
  expect(reread).toHaveBeenCalledTimes(1)
})

test('much news at once is one more reading, a second later', async () => {
  await tell('PageUpdated')
  await tell('PageUpdated')
  await tell('MonitorStatusChanged')
  await vi.advanceTimersByTimeAsync(999)
  expect(reread).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(reread).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(reread).toHaveBeenCalledTimes(2)
})

test('a view that is gone reads nothing', async () => {
  await tell('PageUpdated')
  await tell('PageUpdated')
  scope.stop()
  await tell('PageUpdated')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(reread).toHaveBeenCalledTimes(1)
})
