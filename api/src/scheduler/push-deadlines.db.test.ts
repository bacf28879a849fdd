import { describe, expect, it } from 'vitest'
import { FreezableClock } from '../../test/freezable-clock.ts'
import { stored, type TestMonitor } from '../../test/monitors.ts'
import {
  beatsOf,
  monitorIn,
  ownDatabase,
  ownWorkspace,
  pass,
  soon,
  START,
  startWorker,
  type Worker,
} from '../../test/worker.ts'
import { MONITOR_STATUS } from '../lib/status.ts'
import type { PushBeat } from '../monitors/index.ts'

const { UP, DOWN } = MONITOR_STATUS

interface Watched {
  clock: FreezableClock
  worker: Worker
  monitor: TestMonitor
}

/** A job that is watched from `startMs` on. */
async function watched(settings: object, startMs = START): Promise<Watched> {
  const monitor = await monitorIn(await ownWorkspace(), 'push', {
    ...{ kind: 'push', intervalSeconds: 600, timeoutMs: 30_000, failAfter: 1 },
    settings: { periodSeconds: 600, graceSeconds: 30, ...settings },
    pushTokenHash: Buffer.from(crypto.getRandomValues(new Uint8Array(32))),
  })
  const clock = new FreezableClock(startMs)
  const worker = await startWorker(clock)
  await soon(() => expect(worker.scheduler.figures.owned).toBe(1))
  return { clock, worker, monitor }
}

type Signal = NonNullable<PushBeat['job']>['signal']

async function tell({ clock, worker, monitor }: Watched, signal: Signal): Promise<void> {
  const words = { rid: null, exitStatus: null, durationMs: null, body: null, method: 'POST' }
  await worker.recorder.push({
    ...{
      kind: 'push',
      ...monitor,
      arrivedUs: clock.now() * 1000,
      message: signal,
      latencyUs: null,
    },
    isUp: signal !== 'fail',
    job: { signal, isKeptWhenPaused: true, ...words },
  })
}

const statuses = async ({ monitor }: Watched): Promise<number[]> =>
  (await beatsOf(monitor)).map((beat) => beat.status)

describe('a run that told its start', () => {
  it('is down a grace after it, long before the next is due by the schedule', async () => {
    const job = await watched({})
    await tell(job, 'success')
    await pass(job.clock, 10_000, 1_000)
    await tell(job, 'start')
    await soon(async () => {
      const { state } = await stored(await ownDatabase(), job.monitor)
      expect(state['next_due_at']).toEqual(new Date(START + 40_000))
    })
    await pass(job.clock, 29_000, 1_000)
    expect(await statuses(job)).toEqual([UP])
    await pass(job.clock, 2_000, 1_000)
    await soon(async () => expect(await statuses(job)).toEqual([UP, DOWN]))
    expect((await beatsOf(job.monitor))[1]!.atMs).toBe(START + 40_000)
    const { state } = await stored(await ownDatabase(), job.monitor)
    expect(state['reason']).toBe('The job began and did not end within 30 s.')
  })

  it('is fine when it finishes in time, and the schedule counts again', async () => {
    const job = await watched({})
    await tell(job, 'start')
    await pass(job.clock, 20_000, 1_000)
    await tell(job, 'success')
    await pass(job.clock, 600_000, 5_000)
    expect(await statuses(job)).toEqual([UP])
    await pass(job.clock, 40_000, 5_000)
    await soon(async () => expect(await statuses(job)).toEqual([UP, DOWN]))
    expect((await beatsOf(job.monitor))[1]!.atMs).toBe(START + 650_000)
  })

  it('is down though it is the very first', async () => {
    const job = await watched({})
    await tell(job, 'start')
    await pass(job.clock, 40_000, 1_000)
    await soon(async () => expect(await statuses(job)).toEqual([DOWN]))
  })

  it('is down though it logs', async () => {
    const job = await watched({})
    await tell(job, 'start')
    await pass(job.clock, 20_000, 1_000)
    await tell(job, 'log')
    await pass(job.clock, 15_000, 1_000)
    await soon(async () => expect(await statuses(job)).toEqual([DOWN]))
  })
})

describe('a job by a cron expression', () => {
  const berlin = { cron: '*/10 2-3 * * *', timeZone: 'Europe/Berlin', graceSeconds: 60 }

  it('is down a grace after its next time, not before', async () => {
    const startMs = Date.parse('2026-01-05T01:04:00Z')
    const job = await watched(berlin, startMs)
    await tell(job, 'success')
    await pass(job.clock, 6 * 60_000 + 55_000, 5_000)
    expect(await statuses(job)).toEqual([UP])
    await pass(job.clock, 10_000, 5_000)
    await soon(async () => expect(await statuses(job)).toEqual([UP, DOWN]))
    expect((await beatsOf(job.monitor))[1]!.atMs).toBe(Date.parse('2026-01-05T01:11:00Z'))
    const { state } = await stored(await ownDatabase(), job.monitor)
    expect(state['reason']).toContain('expected by */10 2-3 * * * (Europe/Berlin)')
  })

  it('rests over the night, and over the hour that a spring night lacks', async () => {
    const nightly = { cron: '30 2 * * *', timeZone: 'Europe/Berlin', graceSeconds: 60 }
    const job = await watched(nightly, Date.parse('2026-03-28T01:30:00Z'))
    await tell(job, 'success')
    // 02:30 does not exist on 29 March: it is expected at 03:00 there, 01:00 UTC.
    await pass(job.clock, 23 * 3_600_000, 300_000)
    await pass(job.clock, 30 * 60_000 + 50_000, 5_000)
    expect(await statuses(job)).toEqual([UP])
    await pass(job.clock, 20_000, 5_000)
    await soon(async () => expect((await statuses(job))[1]).toBe(DOWN))
    expect((await beatsOf(job.monitor))[1]!.atMs).toBe(Date.parse('2026-03-29T01:01:00Z'))
  })
})
