import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { createCache } from '../../lib/apollo/cache.ts'
import { BeatRings } from './beats.ts'
import { useRereadOnRuns } from './job-news.ts'
import { monitorEvents } from './monitor-events.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const room = monitorEvents({ rings: new BeatRings(), changed: () => undefined })

async function start(monitorId: string) {
  const at = '2027-01-01T00:00:00.000Z'
  room.apply([{ __typename: 'JobStarted', id: 'e', at, monitorId }], createCache(), false)
  await nextTick()
}

function look(monitorId: string) {
  const lastBeatAt = ref<string | null>(null)
  const reread = vi.fn(() => Promise.resolve())
  const scope = effectScope()
  scope.run(() =>
    useRereadOnRuns(
      () => monitorId,
      () => lastBeatAt.value,
      reread,
    ),
  )
  return { lastBeatAt, reread, scope }
}

test('the runs are read again as soon as the job starts, and those of other jobs are not', async () => {
  const { reread } = look('a')
  await start('b')
  expect(reread).not.toHaveBeenCalled()
  await start('a')
  expect(reread).toHaveBeenCalledTimes(1)
})

test('the runs are read again when the job has finished', async () => {
  const { reread, lastBeatAt } = look('c')
  lastBeatAt.value = '2027-01-01T00:00:01.000Z'
  await nextTick()
  expect(reread).toHaveBeenCalledTimes(1)
})

test('a job that starts many times a second is read once a second, and its last news at the end', async () => {
  const { reread } = look('d')
  for (let i = 0; i < 20; i++) await start('d')
  expect(reread).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(reread).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(reread).toHaveBeenCalledTimes(2)
})

test('nobody reads for a view that is gone', async () => {
  const { reread, scope } = look('e')
  await start('e')
  await start('e')
  scope.stop()
  await vi.advanceTimersByTimeAsync(5_000)
  await start('e')
  expect(reread).toHaveBeenCalledTimes(1)
})
