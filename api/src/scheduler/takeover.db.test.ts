import { describe, expect, it } from 'vitest'
import { FreezableClock } from '../../test/freezable-clock.ts'
import { stored } from '../../test/monitors.ts'
import {
  beatsOf,
  monitorIn,
  ownDatabase,
  openSecond,
  ownWorkspace,
  pass,
  soon,
  START,
  startWorker,
  undo,
} from '../../test/worker.ts'
import { appendEvents } from '../events/index.ts'
import { systemClock } from '../lib/clock.ts'
import { LIVENESS_LOCK } from './seat.ts'

describe('several workers', () => {
  it('share the monitors, each of which is checked once a slot', async () => {
    const workspaceId = await ownWorkspace()
    const monitors = await Promise.all(
      Array.from({ length: 40 }, (_, n) => monitorIn(workspaceId, `${n}`, { intervalSeconds: 2 })),
    )
    const clock = new FreezableClock(START)
    const other = await openSecond()
    undo.push(() => other.close())
    const first = await startWorker(clock)
    await soon(() => expect(first.asked.length).toBe(40))
    const second = await startWorker(clock, { database: other })
    await soon(async () => {
      await pass(clock, 500)
      const shares = [first, second].map((w) => w.scheduler.figures.owned)
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(19)
      expect(shares[0]! + shares[1]!).toBe(40)
    })
    await pass(clock, 4_000)
    expect(second.asked.length).toBeGreaterThan(0)
    for (const monitor of monitors) {
      const at = (await beatsOf(monitor)).map((b) => b.atMs)
      expect(new Set(at).size).toBe(at.length)
    }
  })

  it('check monitors of workspaces that another process makes later, and hear their edits', async () => {
    const [known, clock] = [await ownWorkspace(), new FreezableClock(START)]
    const worker = await startWorker(clock, { workspaceIds: [known] })
    await monitorIn(known, 'old', { intervalSeconds: 60 })
    await soon(async () => {
      await pass(clock, 500)
      expect(worker.asked.map(({ target }) => target)).toContain('old')
    })
    const later = await ownWorkspace()
    const monitor = await monitorIn(later, 'new', { intervalSeconds: 3600 })
    const targets = (): string[] => worker.asked.map(({ target }) => target)
    await soon(async () => {
      await pass(clock, 500)
      expect(targets()).toContain('new')
    })
    // With an hour to the next check, the log alone can tell of the edit in time.
    const other = await openSecond()
    undo.push(() => other.close())
    const { monitorId } = monitor
    await other.work(async (runner) => {
      await runner.query(
        `update monitor set settings = '{"target":"edited"}', interval_seconds = 1, version = version + 1 where id = $1`,
        [monitorId],
      )
      const events = [{ kind: 'monitor.updated' as const, at: new Date(), body: { monitorId } }]
      await appendEvents(runner, [{ workspaceId: later, events }])
    })
    await soon(async () => {
      await pass(clock, 500)
      expect(targets()).toContain('edited')
    })
  })

  it('take over within a second what a dead one leaves', async () => {
    const workspaceId = await ownWorkspace()
    const doomed = await openSecond()
    const monitor = await monitorIn(workspaceId, 'a', { intervalSeconds: 1 })
    // The clock of the doomed one stands still: after its death it does nothing any more.
    const first = await startWorker(new FreezableClock(Date.now()), { database: doomed })
    await soon(() => expect(first.scheduler.figures.owned).toBe(1))
    const database = await ownDatabase()
    const second = await startWorker(systemClock)
    await soon(() => expect(second.scheduler.isHealthy).toBe(true))
    expect(second.scheduler.figures.owned).toBe(0)
    await doomed.close()
    const diedAt = performance.now()
    const [{ epoch }] = await database.worker.query(
      'select owner_epoch as epoch from monitor_state where monitor_id = $1',
      [monitor.monitorId],
    )
    await database.worker.query(
      `select pg_terminate_backend(pid) from pg_locks
        where locktype = 'advisory' and classid = $1 and objid = $2`,
      [LIVENESS_LOCK, epoch],
    )
    await soon(() => expect(second.asked.length).toBeGreaterThan(0))
    expect(performance.now() - diedAt).toBeLessThan(1_000)
  })

  it('take a new seat when the old one is lost', async () => {
    const workspaceId = await ownWorkspace()
    const monitor = await monitorIn(workspaceId, 'a', { intervalSeconds: 1 })
    const { scheduler, asked, database } = await startWorker(systemClock)
    await soon(() => expect(asked.length).toBe(1))
    const epochOf = async (): Promise<number> => {
      const { state } = await stored(database, monitor)
      return state['owner_epoch'] as number
    }
    const before = await epochOf()
    await database.worker.query(
      `select pg_terminate_backend(pid) from pg_locks
        where locktype = 'advisory' and classid = $1 and objid = $2`,
      [LIVENESS_LOCK, before],
    )
    await soon(async () => expect(await epochOf()).toBeGreaterThan(before))
    const count = asked.length
    await soon(() => expect(asked.length).toBeGreaterThan(count))
    expect(scheduler.isHealthy).toBe(true)
  })
})
