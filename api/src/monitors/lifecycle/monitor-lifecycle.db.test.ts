import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newWorkspace, sharedDatabase } from '../../../test/database.ts'
import { insertMonitor, logged, OWNER, stored, type TestMonitor } from '../../../test/monitors.ts'
import type { Database } from '../../db/index.ts'
import { EventHub } from '../../events/index.ts'
import { PartitionKeeper } from '../../history/index.ts'
import type { Actor } from '../../lib/actor.ts'
import { silentLog } from '../../lib/log.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import { MONITOR_STATUS } from '../../lib/status.ts'
import { storeBatch } from '../recording/store-batch.ts'
import { MonitorLifecycle } from './monitor-lifecycle.service.ts'
import { MonitorPurge } from './monitor-purge.job.ts'

const HOUR = 3_600_000
const { PENDING, UP, DOWN, PAUSED } = MONITOR_STATUS
const UNKNOWN_ID = '0190a000-0000-7000-8000-000000000000'

let database: Database
let actor: Actor
let clock: ManualClock
let lifecycle: MonitorLifecycle

beforeAll(async () => {
  database = await sharedDatabase()
  const keeper = new PartitionKeeper({ database, clock: new ManualClock(), log: silentLog })
  await keeper.runOnce()
  await keeper.ensureDays(Date.now(), Date.now())
})

beforeEach(async () => {
  clock = new ManualClock()
  actor = { kind: 'system', role: 'owner', workspaceId: await newWorkspace(database) }
  const hub = new EventHub({ database, clock, log: silentLog })
  lifecycle = new MonitorLifecycle({ database, hub, clock })
})

const monitors = (count: number): Promise<TestMonitor[]> =>
  Promise.all(Array.from({ length: count }, () => insertMonitor(database, actor.workspaceId)))

const ids = (list: TestMonitor[]): string[] => list.map((m) => m.monitorId)

/** A beat a minute, beginning now. */
async function beats(monitor: TestMonitor, ...verdicts: ('UP' | 'DOWN')[]): Promise<string[]> {
  const answers: string[] = []
  for (const verdict of verdicts) {
    clock.advance(60_000)
    const [row] = await database.worker.query('select version from monitor where id = $1', [
      monitor.monitorId,
    ])
    const outcome = {
      ...{ verdict, message: null, latencyUs: 1, timings: null, statusCode: null },
      ...{ certificate: null, conditions: [], evidence: null },
    }
    const place = { ...monitor, epoch: OWNER, version: row.version, slotUs: clock.now() * 1000 }
    const stored = await storeBatch(database, [{ kind: 'check', ...place, outcome }], clock.now())
    answers.push(stored.answers[0]!.outcome)
  }
  return answers
}

describe('pausing and resuming', () => {
  it('many monitors takes one call and tells each in the log', async () => {
    const three = await monitors(3)
    const found = await lifecycle.apply(actor, 'pause', ids(three))
    expect(found).toEqual(new Set(ids(three)))
    for (const monitor of three)
      expect((await stored(database, monitor)).state['status']).toBe(PAUSED)
    const kinds = (await logged(database, actor.workspaceId)).map((e) => e.kind)
    expect(kinds.filter((k) => k === 'monitor.updated')).toHaveLength(3)
    expect(kinds.filter((k) => k === 'monitor.statusChanged')).toHaveLength(3)
  })

  it('ends an outage, hears nothing, and starts afresh', async () => {
    const [monitor] = await monitors(1)
    await beats(monitor!, 'UP', 'DOWN', 'DOWN')
    clock.advance(1_000)
    await lifecycle.apply(actor, 'pause', ids([monitor!]))
    expect(await beats(monitor!, 'DOWN')).toEqual(['paused'])
    clock.advance(HOUR)
    await lifecycle.apply(actor, 'resume', ids([monitor!]))
    expect(await beats(monitor!, 'UP')).toEqual(['stored'])
    const { spans, state } = await stored(database, monitor!)
    expect(spans.map((s) => s.status)).toEqual([PENDING, UP, DOWN, PAUSED, PENDING, UP])
    expect(spans.every((s, n) => n === 0 || s.fromMs === spans[n - 1]!.toMs)).toBe(true)
    expect(state).toMatchObject({ status: UP, reason: null })
  })

  it('leaves what is so already as it is', async () => {
    const [monitor] = await monitors(1)
    await lifecycle.apply(actor, 'pause', ids([monitor!]))
    const before = await logged(database, actor.workspaceId)
    expect(await lifecycle.apply(actor, 'pause', ids([monitor!]))).toEqual(new Set(ids([monitor!])))
    expect(await logged(database, actor.workspaceId)).toEqual(before)
  })

  it('says which ids are unknown, and another workspace’s is one of them', async () => {
    const [monitor] = await monitors(1)
    const other = await insertMonitor(database, await newWorkspace(database))
    const asked = [monitor!.monitorId, UNKNOWN_ID, 'nonsense', other.monitorId]
    expect(await lifecycle.apply(actor, 'pause', asked)).toEqual(new Set([monitor!.monitorId]))
    expect((await stored(database, other)).state['status']).toBe(PENDING)
  })

  it('refuses more than 500 at once, and a read-only actor', async () => {
    const many = Array.from({ length: 501 }, () => UNKNOWN_ID)
    await expect(lifecycle.apply(actor, 'pause', many)).rejects.toMatchObject({ code: 'LIMIT' })
    for (const command of ['pause', 'resume', 'delete', 'restore'] as const) {
      const refused = lifecycle.apply({ ...actor, role: 'viewer' }, command, [UNKNOWN_ID])
      await expect(refused).rejects.toMatchObject({ code: 'FORBIDDEN' })
    }
  })

  it('survives being asked for the opposite at the same time', async () => {
    const three = await monitors(3)
    const calls = ['pause', 'resume', 'pause', 'resume', 'delete', 'restore'] as const
    await Promise.all(calls.map((command) => lifecycle.apply(actor, command, ids(three))))
    for (const monitor of three) {
      const { spans } = await stored(database, monitor)
      expect(spans.filter((s) => s.toMs === null)).toHaveLength(1)
    }
  })
})

describe('deleting', () => {
  it('ends checking, and a check that was on its way is dropped', async () => {
    const [monitor] = await monitors(1)
    await lifecycle.apply(actor, 'delete', ids([monitor!]))
    expect(await beats(monitor!, 'UP')).toEqual(['gone'])
    const events = await logged(database, actor.workspaceId)
    expect(events).toEqual([{ kind: 'monitor.deleted', body: { monitorId: monitor!.monitorId } }])
  })

  it('can be undone within a day, with the history', async () => {
    const [monitor] = await monitors(1)
    await beats(monitor!, 'UP')
    await lifecycle.apply(actor, 'delete', ids([monitor!]))
    clock.advance(23 * HOUR)
    const found = await lifecycle.apply(actor, 'restore', ids([monitor!]))
    expect(found.size).toBe(1)
    const { state, beats: kept } = await stored(database, monitor!)
    expect(kept).toHaveLength(1)
    expect(state).toMatchObject({ status: PENDING, owner_epoch: null })
  })

  it('cannot be undone after a day', async () => {
    const [monitor] = await monitors(1)
    await lifecycle.apply(actor, 'delete', ids([monitor!]))
    clock.advance(24 * HOUR)
    expect((await lifecycle.apply(actor, 'restore', ids([monitor!]))).size).toBe(0)
  })

  it('is for good after a day: the purge leaves nothing but the neighbours', async () => {
    const [gone, kept] = await monitors(2)
    await lifecycle.apply(actor, 'delete', ids([gone!]))
    const purge = new MonitorPurge({ database, clock, log: silentLog })
    clock.advance(23 * HOUR)
    await purge.runOnce(clock.now())
    expect((await stored(database, gone!)).spans.length).toBeGreaterThan(0)
    clock.advance(HOUR)
    expect(await purge.runOnce(clock.now())).toBeGreaterThanOrEqual(1)
    expect(await stored(database, gone!)).toMatchObject({ state: undefined, spans: [] })
    expect((await stored(database, kept!)).spans).toHaveLength(1)
  })
})
