import { describe, expect, it } from 'vitest'
import { FreezableClock } from '../../test/freezable-clock.ts'
import { stored, type TestMonitor } from '../../test/monitors.ts'
import {
  bad,
  beatsOf,
  good,
  monitorIn,
  ownDatabase,
  ownWorkspace,
  pass,
  soon,
  START,
  startWorker,
  type Worker,
} from '../../test/worker.ts'
import type { CheckOutcome } from '../checks/index.ts'
import { appendEvents } from '../events/index.ts'
import { MONITOR_STATUS } from '../lib/status.ts'
import { slotAfter } from '../monitors/index.ts'

const { UP, DOWN, UNKNOWN } = MONITOR_STATUS

describe('a worker', () => {
  it('checks a new monitor at once, and then on the grid of its own', async () => {
    const workspaceId = await ownWorkspace()
    const monitor = await monitorIn(workspaceId, 'a', { intervalSeconds: 20 })
    const clock = new FreezableClock(START)
    await startWorker(clock)
    await soon(async () => expect(await beatsOf(monitor)).toEqual([{ atMs: START, status: UP }]))
    await pass(clock, 41_000)
    await soon(async () => expect((await beatsOf(monitor)).length).toBeGreaterThanOrEqual(3))
    const [, second, third] = await beatsOf(monitor)
    const grid = { monitorId: monitor.monitorId, intervalMs: 20_000 }
    expect(second!.atMs).toBe(slotAfter(grid, START))
    expect(third!.atMs).toBe(second!.atMs + 20_000)
  })

  it('asks again sooner while something is suspected, until it is sure', async () => {
    const workspaceId = await ownWorkspace()
    const wishes = { intervalSeconds: 3600, retryIntervalSeconds: 5, failAfter: 3 }
    const monitor = await monitorIn(workspaceId, 'a', wishes)
    const clock = new FreezableClock(START)
    await startWorker(clock, { check: async () => bad })
    await soon(async () => expect(await beatsOf(monitor)).toHaveLength(1))
    await pass(clock, 11_000)
    await soon(async () => expect(await beatsOf(monitor)).toHaveLength(3))
    const { state } = await stored(await ownDatabase(), monitor)
    expect(state).toMatchObject({ status: DOWN, reason: 'refused' })
    expect((state['status_since'] as Date).getTime()).toBe(START)
  })

  it('runs a late monitor once, and skips what it missed', async () => {
    const workspaceId = await ownWorkspace()
    const ends: (() => void)[] = []
    const check = (): Promise<CheckOutcome> =>
      new Promise((resolve) => ends.push(() => resolve(good)))
    const [first, second] = [
      await monitorIn(workspaceId, 'a', { intervalSeconds: 1 }),
      await monitorIn(workspaceId, 'b', { intervalSeconds: 1 }),
    ]
    const clock = new FreezableClock(START)
    const { asked } = await startWorker(clock, { check, concurrency: 1 })
    await soon(() => expect(ends).toHaveLength(1))
    await pass(clock, 5_000)
    expect(asked).toHaveLength(1)
    ends[0]!()
    await soon(() => expect(ends).toHaveLength(2))
    ends[1]!()
    await soon(async () => {
      expect([...(await beatsOf(first)), ...(await beatsOf(second))]).toHaveLength(2)
    })
    expect(asked).toHaveLength(2)
    await pass(clock, 1_100)
    await soon(() => expect(asked).toHaveLength(3))
  })

  it('hears of an edit and checks at once; pauses and forgets as it is told', async () => {
    const workspaceId = await ownWorkspace()
    const monitor = await monitorIn(workspaceId, 'old', { intervalSeconds: 60 })
    const clock = new FreezableClock(START)
    const worker = await startWorker(clock, { workspaceIds: [workspaceId] })
    await soon(() => expect(worker.asked.map((a) => a.target)).toEqual(['old']))
    await soon(async () => expect(await beatsOf(monitor)).toHaveLength(1))
    clock.advance(1_000)
    await edit(worker, monitor, `update monitor set settings = '{"target":"new"}',`)
    await soon(() => expect(worker.asked.map((a) => a.target)).toEqual(['old', 'new']))
    await pass(clock, 300)
    await soon(async () => expect(await beatsOf(monitor)).toHaveLength(2))
    await (
      await ownDatabase()
    ).worker.query(
      `update monitor_state set machine = jsonb_set(machine, '{isPaused}', 'true')
        where monitor_id = $1`,
      [monitor.monitorId],
    )
    await edit(worker, monitor, 'update monitor set is_paused = true,')
    await pass(clock, 150_000, 1_000)
    // One check may have begun before the pause was heard of; its result is refused.
    expect(worker.asked.length).toBeLessThanOrEqual(3)
    expect(await beatsOf(monitor)).toHaveLength(2)
    expect(worker.scheduler.figures.owned).toBe(1)
  })

  it('takes a monitor that is created while it runs', async () => {
    const workspaceId = await ownWorkspace()
    const clock = new FreezableClock(START)
    const worker = await startWorker(clock, { workspaceIds: [workspaceId] })
    await soon(() => expect(worker.scheduler.isHealthy).toBe(true))
    await soon(() => expect(worker.hub.position(workspaceId)).toBeDefined())
    const monitor = await monitorIn(workspaceId, 'a')
    await tell(worker, monitor, 'monitor.created')
    await soon(async () => expect(await beatsOf(monitor)).toHaveLength(1))
  })

  it('lets running checks end when it stops, and begins none', async () => {
    const workspaceId = await ownWorkspace()
    const ends: (() => void)[] = []
    const check = (): Promise<CheckOutcome> =>
      new Promise((resolve) => ends.push(() => resolve(good)))
    const monitor = await monitorIn(workspaceId, 'a', { intervalSeconds: 1 })
    const clock = new FreezableClock(START)
    const { scheduler, asked } = await startWorker(clock, { check })
    await soon(() => expect(ends).toHaveLength(1))
    const stopped = scheduler.stop(5_000)
    clock.advance(2_000)
    ends[0]!()
    await stopped
    expect(await beatsOf(monitor)).toEqual([{ atMs: START, status: UP }])
    expect(asked).toHaveLength(1)
  })
})

describe('a worker that stood still', () => {
  it('blames nobody: what it was checking is unknown', async () => {
    const workspaceId = await ownWorkspace()
    const ends: ((outcome: CheckOutcome) => void)[] = []
    const check = (): Promise<CheckOutcome> => new Promise((resolve) => ends.push(resolve))
    const wishes = { intervalSeconds: 60, failAfter: 1 }
    const monitor = await monitorIn(workspaceId, 'a', wishes)
    const clock = new FreezableClock(START)
    await startWorker(clock, { check })
    await soon(() => expect(ends).toHaveLength(1))
    clock.freeze(120_000)
    ends[0]!(bad)
    await soon(async () =>
      expect(await beatsOf(monitor)).toEqual([{ atMs: START, status: UNKNOWN }]),
    )
    const { state } = await stored(await ownDatabase(), monitor)
    expect(state).toMatchObject({ status: UNKNOWN })
  })

  it('gives no blame for a failure while it was too busy to look, and praise all the same', async () => {
    const workspaceId = await ownWorkspace()
    const ends: ((outcome: CheckOutcome) => void)[] = []
    const check = (): Promise<CheckOutcome> => new Promise((resolve) => ends.push(resolve))
    const wishes = { intervalSeconds: 60, timeoutMs: 4_000, failAfter: 1 }
    const monitors = [
      await monitorIn(workspaceId, 'a', wishes),
      await monitorIn(workspaceId, 'b', wishes),
    ]
    const clock = new FreezableClock(START)
    const { asked } = await startWorker(clock, { check })
    await soon(() => expect(ends).toHaveLength(2))
    clock.freeze(2_000)
    ends[0]!(bad)
    ends[1]!(good)
    const first = monitors[asked[0]!.target === 'a' ? 0 : 1]!
    const second = monitors[asked[0]!.target === 'a' ? 1 : 0]!
    await soon(async () => expect((await beatsOf(first))[0]?.status).toBe(UNKNOWN))
    await soon(async () => expect((await beatsOf(second))[0]?.status).toBe(UP))
  })

  it('does not make up for what it missed in a burst, and shows the time as unknown', async () => {
    const workspaceId = await ownWorkspace()
    const monitors = await Promise.all(
      Array.from({ length: 40 }, (_, n) => monitorIn(workspaceId, `${n}`, { intervalSeconds: 20 })),
    )
    const clock = new FreezableClock(START)
    const { asked } = await startWorker(clock)
    await soon(() => expect(asked).toHaveLength(40))
    await pass(clock, 25_000)
    const before = asked.length
    clock.freeze(120_000)
    await pass(clock, 1_000)
    expect(asked.length - before).toBeLessThan(15)
    await pass(clock, 20_000)
    await soon(() => expect(asked.length - before).toBeGreaterThanOrEqual(40))
    expect(asked.length - before).toBeLessThan(60)
    const { spans } = await stored(await ownDatabase(), monitors[0]!)
    expect(spans.map((s) => s.status)).toEqual([0, UP, UNKNOWN, UP])
  })
})

describe('pushes that do not come', () => {
  const passive = (workspaceId: string, wishes: object = {}): Promise<TestMonitor> =>
    monitorIn(workspaceId, 'push', {
      ...{ intervalSeconds: 60, timeoutMs: 30_000, failAfter: 1 },
      ...{ pushTokenHash: Buffer.from(crypto.getRandomValues(new Uint8Array(32))) },
      ...wishes,
    })

  async function pushed(monitor: TestMonitor, atMs: number): Promise<void> {
    const machine = { fenceUs: atMs * 1000, lastBeat: { slotUs: atMs * 1000, intervalMs: 90_000 } }
    await (
      await ownDatabase()
    ).worker.query(
      `update monitor_state set status = 1, machine = machine || $2::jsonb, next_due_at = $3
        where monitor_id = $1`,
      [
        monitor.monitorId,
        JSON.stringify({ ...machine, confirmed: 'UP' }),
        new Date(atMs + 90_000).toISOString(),
      ],
    )
  }

  it('are waited for a whole period after our own start, and then reported once', async () => {
    const workspaceId = await ownWorkspace()
    const monitor = await passive(workspaceId)
    await pushed(monitor, START - 600_000)
    const clock = new FreezableClock(START)
    const { scheduler } = await startWorker(clock)
    await soon(() => expect(scheduler.figures.owned).toBe(1))
    await pass(clock, 89_000)
    expect(await beatsOf(monitor)).toEqual([])
    await pass(clock, 2_000)
    await soon(async () => expect(await beatsOf(monitor)).toHaveLength(1))
    expect((await beatsOf(monitor))[0]!.status).toBe(DOWN)
    expect((await stored(await ownDatabase(), monitor)).state).toMatchObject({
      reason: 'No push came within 1 min 30 s.',
    })
  })

  it('are not excused again and again by restarts', async () => {
    const workspaceId = await ownWorkspace()
    const monitor = await passive(workspaceId)
    await pushed(monitor, START - 50_000)
    const clock = new FreezableClock(START)
    const first = await startWorker(clock)
    await soon(() => expect(first.scheduler.figures.owned).toBe(1))
    await pass(clock, 60_000)
    await first.scheduler.stop(0)
    const second = await startWorker(clock)
    await soon(() => expect(second.scheduler.figures.owned).toBe(1))
    await pass(clock, 31_000)
    await soon(async () => expect(await beatsOf(monitor)).toHaveLength(1))
  })

  it('are waited for without end before the first', async () => {
    const workspaceId = await ownWorkspace()
    const monitor = await passive(workspaceId)
    const clock = new FreezableClock(START)
    const { scheduler } = await startWorker(clock)
    await soon(() => expect(scheduler.figures.owned).toBe(1))
    await pass(clock, 300_000, 1_000)
    expect(await beatsOf(monitor)).toEqual([])
  })
})

async function edit(worker: Worker, monitor: TestMonitor, update: string): Promise<void> {
  await worker.database.worker.query(
    `${update} version = version + 1 where workspace_id = $1 and id = $2`,
    [monitor.workspaceId, monitor.monitorId],
  )
  await tell(worker, monitor, 'monitor.updated')
}

async function tell(
  worker: Worker,
  { workspaceId, monitorId }: TestMonitor,
  kind: 'monitor.created' | 'monitor.updated',
): Promise<void> {
  const events = [{ kind, at: new Date(), body: { monitorId } }]
  const commits = await worker.database.work((runner) =>
    appendEvents(runner, [{ workspaceId, events }]),
  )
  worker.hub.committed(commits)
}
