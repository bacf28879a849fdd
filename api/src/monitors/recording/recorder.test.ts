import { describe, expect, it } from 'vitest'
import type { AppError } from '../../lib/app-error.ts'
import { silentLog } from '../../lib/log.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import { GONE, type CheckBeat, type NewBeat, type PushBeat, type Recorded } from './new-beat.ts'
import { Recorder } from './recorder.ts'
import { CommitInDoubt, type StoredBatch } from './stored-batch.ts'

const STORED: Recorded = { ...GONE, outcome: 'stored' }

function check(slotUs: number): CheckBeat {
  const outcome = { verdict: 'UP' } as CheckBeat['outcome']
  return { kind: 'check', workspaceId: 'w', monitorId: 'm', epoch: 1, version: 1, slotUs, outcome }
}

function push(arrivedUs: number): PushBeat {
  const [isUp, message, latencyUs] = [true, 'OK', null]
  return { kind: 'push', workspaceId: 'w', monitorId: 'm', arrivedUs, isUp, message, latencyUs }
}

const timeOf = (beat: NewBeat): number => (beat.kind === 'push' ? beat.arrivedUs : beat.slotUs)

/** A recorder over a store that notes its batches; `answerWith` decides what each attempt does. */
function setUp(
  answerWith: (beats: readonly NewBeat[], attempt: number) => Promise<void> = async () => {},
) {
  const clock = new ManualClock()
  const batches: number[][] = []
  const told: unknown[] = []
  const recorder = new Recorder({
    clock,
    log: silentLog,
    committed: (commits) => void told.push(...commits),
    store: async (beats): Promise<StoredBatch> => {
      batches.push(beats.map(timeOf))
      await answerWith(beats, batches.length)
      return { answers: beats.map(() => STORED), commits: [] }
    },
  })
  return { recorder, clock, batches }
}

async function settled(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1000 && !condition(); turn++)
    await new Promise((resolve) => setImmediate(resolve))
  expect(condition()).toBe(true)
}

function away(): Error {
  return Object.assign(new Error('terminating connection'), { code: '57P01' })
}

describe('the recorder', () => {
  it('lets plain beats gather and stores them together', async () => {
    const { recorder, clock, batches } = setUp()
    const answers = [recorder.record(check(1), false), recorder.record(check(2), false)]
    clock.advance(249)
    await settled(() => true)
    expect(batches).toEqual([])
    clock.advance(1)
    expect(await Promise.all(answers)).toEqual([STORED, STORED])
    expect(batches).toEqual([[1, 2]])
  })

  it('stores a push at once, and takes along what waits', async () => {
    const { recorder, batches } = setUp()
    const plain = recorder.record(check(1), false)
    await recorder.push(push(2))
    await plain
    expect(batches).toEqual([[1, 2]])
  })

  it('answers only after the commit', async () => {
    let commit = (): void => undefined
    const { recorder } = setUp(() => new Promise((resolve) => (commit = resolve)))
    let isAnswered = false
    const answer = recorder.push(push(1)).then(() => (isAnswered = true))
    await new Promise((resolve) => setImmediate(resolve))
    expect(isAnswered).toBe(false)
    commit()
    await answer
    expect(isAnswered).toBe(true)
  })

  it('flushes one batch at a time; what comes meanwhile travels in the next', async () => {
    let running = 0
    const { recorder, batches } = setUp(async () => {
      expect(++running).toBe(1)
      await new Promise((resolve) => setImmediate(resolve))
      running--
    })
    const first = recorder.push(push(1))
    await settled(() => batches.length === 1)
    await Promise.all([first, ...[2, 3, 4].map((n) => recorder.push(push(n)))])
    expect(batches).toEqual([[1], [2, 3, 4]])
  })

  it('keeps beats over an absence of the database', async () => {
    const { recorder, clock, batches } = setUp(async (_, attempt) => {
      if (attempt < 3) throw away()
    })
    const answer = recorder.record(check(1), true)
    for (let attempt = 1; attempt < 3; attempt++) {
      await settled(() => batches.length === attempt)
      await settled(() => true)
      clock.advance(1000)
    }
    expect((await answer).outcome).toBe('stored')
    expect(batches).toEqual([[1], [1], [1]])
  })

  it('sends a push away when the database stays away', async () => {
    const { recorder, clock, batches } = setUp(async () => {
      throw away()
    })
    const answer = recorder.push(push(1)).catch((error: AppError) => error.code)
    let code: unknown
    void answer.then((c) => (code = c))
    for (let second = 0; second < 20 && !code; second++) {
      await new Promise((resolve) => setImmediate(resolve))
      await new Promise((resolve) => setImmediate(resolve))
      clock.advance(500)
    }
    expect(await answer).toBe('UNAVAILABLE')
    expect(batches.length).toBeGreaterThan(2)
  })

  it('stores checks of a doubtful commit again, and leaves a doubtful push to its sender', async () => {
    const { recorder, clock, batches } = setUp(async (_, attempt) => {
      if (attempt === 1) throw new CommitInDoubt('broken')
    })
    const plain = recorder.record(check(1), false)
    const refused = recorder.push(push(2)).catch((error: AppError) => error.code)
    expect(await refused).toBe('UNAVAILABLE')
    await settled(() => true)
    clock.advance(1000)
    expect((await plain).outcome).toBe('stored')
    expect(batches).toEqual([[1, 2], [1]])
  })

  it('finds the one beat that the database refuses, and stores the others', async () => {
    const { recorder } = setUp(async (beats) => {
      if (beats.some((b) => timeOf(b) === 3))
        throw Object.assign(new Error('bad'), { code: '22P05' })
    })
    const answers = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => recorder.push(push(n))))
    expect(answers.map((a) => a.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ])
  })

  it('refuses pushes beyond its bound, and takes them again afterwards', async () => {
    let open = (): void => undefined
    const gate = new Promise<void>((resolve) => (open = resolve))
    const { recorder } = setUp(() => gate)
    const answers = Array.from({ length: 10_000 }, (_, n) => recorder.push(push(n)))
    await expect(recorder.push(push(1))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    open()
    await Promise.all(answers)
    expect((await recorder.push(push(2))).outcome).toBe('stored')
  })

  it('stores what waits when it closes, and then takes no push', async () => {
    const { recorder, batches } = setUp()
    const plain = recorder.record(check(1), false)
    await recorder.close(1000)
    expect((await plain).outcome).toBe('stored')
    expect(batches).toEqual([[1]])
    await expect(recorder.push(push(2))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})
