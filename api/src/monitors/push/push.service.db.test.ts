import { createHash } from 'node:crypto'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sharedDatabase, newWorkspace } from '../../../test/database.ts'
import { insertMonitor, logged, stored, type TestMonitor } from '../../../test/monitors.ts'
import type { Database } from '../../db/index.ts'
import { EventHub } from '../../events/index.ts'
import { PartitionKeeper } from '../../history/index.ts'
import { silentLog } from '../../lib/log.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import { openRecorder } from '../recording/open-recorder.ts'
import type { Recorder } from '../recording/recorder.ts'
import { newPushToken } from './push-token.ts'
import { PushService } from './push.service.ts'

const UNKNOWN = { ok: false, msg: 'Monitor not found or not active.' }

let database: Database
let workspaceId: string
let clock: ManualClock
let recorder: Recorder
let push: PushService
let token: string
let monitor: TestMonitor

beforeAll(async () => {
  database = await sharedDatabase()
})

beforeEach(async () => {
  workspaceId = await newWorkspace(database)
  clock = new ManualClock()
  const hub = new EventHub({ database, clock, log: silentLog })
  const keeper = new PartitionKeeper({ database, clock, log: silentLog })
  const mend = (error: unknown): Promise<boolean> => keeper.mend(error)
  recorder = openRecorder({ database, hub, mend, clock, log: silentLog })
  push = new PushService({ database, recorder, clock })
  token = newPushToken()
  monitor = await insertMonitor(database, workspaceId, {
    ...{ kind: 'push', intervalSeconds: 60, timeoutMs: 30_000, failAfter: 1 },
    pushTokenHash: createHash('sha256').update(token).digest(),
  })
})

afterEach(() => recorder.close(0))

describe('a push', () => {
  it('is stored before it is acknowledged', async () => {
    expect(await push.receive(token, { status: 'up', msg: 'done', ping: '12.5' })).toEqual({
      ok: true,
    })
    const { state, beats } = await stored(database, monitor)
    expect(beats).toEqual([{ slotUs: clock.now() * 1000, status: 1, message: 'done' }])
    expect(state).toMatchObject({ status: 1, last_latency_us: 12_500 })
  })

  it('of a hundred in one moment is not lost: each has a time of its own', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => push.receive(token, {})))
    expect(answers.every((answer) => answer.ok)).toBe(true)
    const { beats } = await stored(database, monitor)
    expect(new Set(beats.map((b) => b.slotUs)).size).toBe(100)
    const events = await logged(database, workspaceId)
    const told = events.flatMap((e) => (e.body['monitorIds'] as string[] | undefined) ?? [])
    expect(told).toHaveLength(100)
  })

  it('finds a day without partition and has it made', async () => {
    clock.advance(200 * 86_400_000)
    expect(await push.receive(token, {})).toEqual({ ok: true })
    expect((await stored(database, monitor)).beats).toHaveLength(1)
  })

  it('to an unknown address is refused, and stores nothing', async () => {
    for (const wrong of [newPushToken(), '', 'x', `${token}x`, "' or 1=1", token.slice(0, -1)])
      expect(await push.receive(wrong, {})).toEqual(UNKNOWN)
    expect((await stored(database, monitor)).beats).toEqual([])
  })

  it('to a deleted or a paused monitor is refused, also when its address was known', async () => {
    await push.receive(token, {})
    const set = (what: string): Promise<unknown> =>
      database.worker.query(
        `update monitor_state set machine = jsonb_set(machine, '{isPaused}', '${what}')
          where monitor_id = $1`,
        [monitor.monitorId],
      )
    await set('true')
    expect(await push.receive(token, {})).toEqual(UNKNOWN)
    await set('false')
    expect(await push.receive(token, {})).toEqual({ ok: true })
    await database.worker.query('update monitor set deleted_at = now() where id = $1', [
      monitor.monitorId,
    ])
    expect(await push.receive(token, {})).toEqual(UNKNOWN)
    expect(await push.receive(token, {})).toEqual(UNKNOWN)
  })

  it('that cannot be read is refused in words', async () => {
    expect(await push.receive(token, { ping: 'fast' })).toEqual({
      ok: false,
      msg: 'Ping must be a number of milliseconds between 0 and 1e11.',
    })
  })

  it('is never earlier than the one before, when the clock is set back', async () => {
    await push.receive(token, { msg: 'first' })
    const earlier = new PushService({
      database,
      recorder,
      clock: new ManualClock(clock.now() - 1e6),
    })
    await earlier.receive(token, { msg: 'second' })
    const { beats } = await stored(database, monitor)
    expect(beats.map((b) => b.message)).toEqual(['first', 'second'])
  })
})
