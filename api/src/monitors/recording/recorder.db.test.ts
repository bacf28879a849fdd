import { beforeAll, describe, expect, it } from 'vitest'
import { insertMonitor, logged, OWNER, stored, type TestMonitor } from '../../../test/monitors.ts'
import { testDatabase } from '../../../test/database.ts'
import type { CheckOutcome } from '../../checks/index.ts'
import type { Database } from '../../db/index.ts'
import { PartitionKeeper } from '../../history/index.ts'
import { silentLog } from '../../lib/log.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import { MONITOR_STATUS } from '../../lib/status.ts'
import { newPushToken } from '../push/push-token.ts'
import { readRing } from '../state/ring.ts'
import type { CheckBeat, MissedBeat, PushBeat } from './new-beat.ts'
import { storeBatch } from './store-batch.ts'

const MINUTE_US = 60_000_000
const START_US = Date.UTC(2026, 0, 5, 12) * 1000
const { PENDING, UP, DOWN, UNKNOWN } = MONITOR_STATUS

let database: Database
let workspaceId: string

beforeAll(async () => {
  ;({ database, workspaceId } = await testDatabase())
  const clock = new ManualClock(START_US / 1000)
  const keeper = new PartitionKeeper({ database, clock, log: silentLog })
  await keeper.runOnce()
  await keeper.ensureDays(Date.now(), Date.now())
})

function outcome(
  verdict: CheckOutcome['verdict'],
  facts: Partial<CheckOutcome> = {},
): CheckOutcome {
  const message = verdict === 'UP' ? null : `It is ${verdict}`
  return {
    ...{ verdict, message, latencyUs: 1500, timings: null, statusCode: 200, certificate: null },
    ...{ conditions: [], evidence: null },
    ...facts,
  }
}

const EVIDENCE = {
  ...{ remoteAddress: '127.0.0.1', requestedUrl: 'http://x', statusLine: null, headers: [] },
  ...{ body: 'oops', isBodyTruncated: false, conditions: [], redirects: [] },
}

function check(
  monitor: TestMonitor,
  minute: number,
  verdict: CheckOutcome['verdict'],
  more: Partial<CheckBeat> & { facts?: Partial<CheckOutcome> } = {},
): CheckBeat {
  const { facts, ...rest } = more
  const slotUs = START_US + minute * MINUTE_US
  const about = { ...monitor, epoch: OWNER, version: 1, slotUs, outcome: outcome(verdict, facts) }
  return { kind: 'check', ...about, ...rest }
}

function push(monitor: TestMonitor, arrivedUs: number, isUp = true): PushBeat {
  return { kind: 'push', ...monitor, arrivedUs, isUp, message: 'OK', latencyUs: 7000 }
}

const store = (...beats: (CheckBeat | PushBeat | MissedBeat)[]) =>
  storeBatch(database, beats, START_US / 1000)

const outcomes = async (...beats: (CheckBeat | PushBeat | MissedBeat)[]): Promise<string[]> =>
  (await store(...beats)).answers.map((answer) => answer.outcome)

const spansOf = (spans: { fromMs: number; toMs: number | null; status: number }[]) =>
  spans.map((s) => [
    Math.round((s.fromMs - START_US / 1000) / 60_000),
    s.toMs && Math.round((s.toMs - START_US / 1000) / 60_000),
    s.status,
  ])

describe('a flush', () => {
  it('stores beat, state and event in one go', async () => {
    const monitor = await insertMonitor(database, workspaceId)
    const timings = { dns: 1, connect: 2, tls: null, firstByte: 3, download: 4, total: 10 }
    const { answers, commits } = await store(check(monitor, 0, 'UP', { facts: { timings } }))
    expect(answers).toEqual([
      { outcome: 'stored', shown: 'UP', isSuspect: false, fenceUs: START_US, version: 1 },
    ])
    const { state, beats, spans } = await stored(database, monitor)
    expect(beats).toEqual([{ slotUs: START_US, status: UP, message: null }])
    expect(state).toMatchObject({
      status: UP,
      last_status: UP,
      last_latency_us: 1500,
      last_status_code: 200,
      last_timings: [1, 2, null, 3, 4, 10],
    })
    expect(readRing(state['recent'] as Buffer)).toEqual([
      { atMs: START_US / 1000, status: UP, latencyUs: 1500 },
    ])
    const due = (state['next_due_at'] as Date).getTime() - START_US / 1000
    expect(due).toBeGreaterThan(0)
    expect(due).toBeLessThanOrEqual(60_000)
    expect(spansOf(spans)).toEqual([
      [-60, 0, PENDING],
      [0, null, UP],
    ])
    expect(commits[0]?.events.map((e) => e.kind)).toEqual([
      'heartbeats.recorded',
      'monitor.statusChanged',
    ])
  })

  it('tells all beats of a workspace as one event, and each change as one of its own', async () => {
    const { workspaceId: own } = await testDatabase()
    const monitors = [await insertMonitor(database, own), await insertMonitor(database, own)]
    await store(...monitors.map((m) => check(m, 0, 'UP')))
    await store(...monitors.map((m) => check(m, 1, 'UP')))
    const events = await logged(database, own)
    expect(events.map((e) => e.kind)).toEqual([
      'heartbeats.recorded',
      'monitor.statusChanged',
      'monitor.statusChanged',
      'heartbeats.recorded',
    ])
    expect(events[3]!.body).toEqual({
      monitorIds: expect.arrayContaining(monitors.map((m) => m.monitorId)),
      slots: [START_US / 1000 + 60_000, START_US / 1000 + 60_000],
      statuses: [UP, UP],
      latenciesUs: [1500, 1500],
    })
    expect(events[1]!.body).toMatchObject({ from: 'PENDING', to: 'UP', since: START_US / 1000 })
  })

  it('confirms a failure after the rules and dates it back to the first bad check', async () => {
    const monitor = await insertMonitor(database, workspaceId)
    await store(check(monitor, 0, 'UP'))
    const first = await store(check(monitor, 1, 'DOWN'))
    expect(first.answers[0]).toMatchObject({ shown: 'UP', isSuspect: true })
    await store(check(monitor, 2, 'DOWN'))
    await store(check(monitor, 3, 'UP'))
    const { spans, state } = await stored(database, monitor)
    expect(spansOf(spans)).toEqual([
      [-60, 0, PENDING],
      [0, 1, UP],
      [1, 3, DOWN],
      [3, null, UP],
    ])
    expect(state).toMatchObject({ status: UP, reason: null })
  })

  it('keeps the reason and the beginning of a failure', async () => {
    const monitor = await insertMonitor(database, workspaceId)
    await store(check(monitor, 0, 'UP'), check(monitor, 1, 'DOWN'), check(monitor, 2, 'DOWN'))
    const { state } = await stored(database, monitor)
    expect(state).toMatchObject({ status: DOWN, reason: 'It is DOWN' })
    expect(state['status_since']).toEqual(new Date(START_US / 1000 + 60_000))
    await store(check(monitor, 3, 'DOWN', { facts: { message: 'another' } }))
    const later = (await stored(database, monitor)).state
    expect(later).toMatchObject({ reason: 'It is DOWN', last_message: 'another' })
    expect(later['status_since']).toEqual(state['status_since'])
  })

  it('shows a fault of ours as unknown and a gap as unknown time', async () => {
    const monitor = await insertMonitor(database, workspaceId)
    for (const [minute, verdict] of [
      [0, 'UP'],
      [1, 'UNKNOWN'],
      [2, 'UP'],
      [10, 'UP'],
    ] as const)
      await store(check(monitor, minute, verdict))
    expect(spansOf((await stored(database, monitor)).spans)).toEqual([
      [-60, 0, PENDING],
      [0, 1, UP],
      [1, 2, UNKNOWN],
      [2, 3, UP],
      [3, 10, UNKNOWN],
      [10, null, UP],
    ])
  })

  it('keeps evidence of the first bad check of a run and when the complaint changes', async () => {
    const monitor = await insertMonitor(database, workspaceId)
    const evidence = EVIDENCE
    const bad = (minute: number, message: string): CheckBeat =>
      check(monitor, minute, 'DOWN', { facts: { evidence, message } })
    await store(check(monitor, 0, 'UP', { facts: { evidence } }))
    await store(bad(1, 'refused'), bad(2, 'refused'))
    await store(bad(3, 'refused'))
    await store(bad(4, 'timed out'))
    await store(check(monitor, 5, 'UP'))
    await store(bad(6, 'timed out'))
    const { evidenceUs } = await stored(database, monitor)
    expect(evidenceUs.map((us) => (us - START_US) / MINUTE_US)).toEqual([1, 4, 6])
  })

  it('keeps the last fifty beats in the ring', async () => {
    const monitor = await insertMonitor(database, workspaceId)
    for (let minute = 0; minute < 60; minute += 20)
      await store(...Array.from({ length: 20 }, (_, n) => check(monitor, minute + n, 'UP')))
    const ring = readRing((await stored(database, monitor)).state['recent'] as Buffer)
    expect(ring.map((b) => (b.atMs * 1000 - START_US) / MINUTE_US)).toEqual(
      Array.from({ length: 50 }, (_, n) => n + 10),
    )
  })

  it('remembers the certificate until another is seen', async () => {
    const monitor = await insertMonitor(database, workspaceId)
    const certificate = { subject: 'CN=x' } as CheckOutcome['certificate']
    await store(check(monitor, 0, 'UP', { facts: { certificate } }))
    await store(check(monitor, 1, 'UP'))
    expect((await stored(database, monitor)).state['certificate']).toEqual({ subject: 'CN=x' })
  })
})

describe('what must not count', () => {
  it('changes nothing: the same slot twice, also within one flush', async () => {
    const monitor = await insertMonitor(database, workspaceId)
    const beat = check(monitor, 0, 'UP')
    expect(await outcomes(beat, { ...beat, outcome: outcome('DOWN') })).toEqual(['stored', 'stale'])
    expect(await outcomes({ ...beat, outcome: outcome('DOWN') })).toEqual(['stale'])
    const { beats, state } = await stored(database, monitor)
    expect(beats).toHaveLength(1)
    expect(state).toMatchObject({ status: UP, last_status: UP })
  })

  it('is refused: the result of a worker that no longer owns the monitor', async () => {
    const monitor = await insertMonitor(database, workspaceId, { ownerEpoch: -2 })
    expect(await outcomes(check(monitor, 0, 'DOWN', { epoch: -1 }))).toEqual(['fenced'])
    expect(await outcomes(check(monitor, 0, 'UP', { epoch: -2 }))).toEqual(['stored'])
    expect((await stored(database, monitor)).beats).toEqual([
      { slotUs: START_US, status: UP, message: null },
    ])
  })

  it('is refused: the result of settings that were edited meanwhile', async () => {
    const monitor = await insertMonitor(database, workspaceId)
    await database.worker.query('update monitor set version = 2 where id = $1', [monitor.monitorId])
    const { answers } = await store(check(monitor, 0, 'DOWN'))
    expect(answers[0]).toMatchObject({ outcome: 'stale', version: 2 })
    expect((await stored(database, monitor)).beats).toEqual([])
  })

  it('is refused: the result for a deleted, a paused or an unknown monitor', async () => {
    const deleted = await insertMonitor(database, workspaceId)
    const paused = await insertMonitor(database, workspaceId)
    const unknown = { workspaceId, monitorId: '0190a000-0000-7000-8000-000000000000' }
    await database.worker.query('update monitor set deleted_at = now() where id = $1', [
      deleted.monitorId,
    ])
    await database.worker.query(
      `update monitor_state set machine = jsonb_set(machine, '{isPaused}', 'true')
        where monitor_id = $1`,
      [paused.monitorId],
    )
    const all = [deleted, paused, unknown]
    expect(await outcomes(...all.map((m) => check(m, 0, 'DOWN')))).toEqual([
      'gone',
      'paused',
      'gone',
    ])
    expect(await outcomes(...all.map((m) => push(m, START_US)))).toEqual(['gone', 'paused', 'gone'])
    for (const monitor of [deleted, paused])
      expect((await stored(database, monitor)).beats).toEqual([])
  })

  it('never reaches another workspace: a right id under a wrong workspace is unknown', async () => {
    const { workspaceId: other } = await testDatabase()
    const { monitorId } = await insertMonitor(database, workspaceId)
    expect(await outcomes(check({ workspaceId: other, monitorId }, 0, 'UP'))).toEqual(['gone'])
  })
})

describe('pushes', () => {
  const passive = (wishes: object = {}): Promise<TestMonitor> =>
    insertMonitor(database, workspaceId, {
      ...{ kind: 'push', intervalSeconds: 60, timeoutMs: 30_000, failAfter: 1 },
      ...{ pushTokenHash: Buffer.from(newPushToken()) },
      ...wishes,
    })

  it('that come in the same microsecond are all kept', async () => {
    const monitor = await passive()
    expect(await outcomes(...[1, 2, 3].map(() => push(monitor, START_US)))).toEqual([
      'stored',
      'stored',
      'stored',
    ])
    await store(push(monitor, START_US - MINUTE_US))
    const { beats } = await stored(database, monitor)
    expect(beats.map((b) => b.slotUs - START_US)).toEqual([0, 1, 2, 3])
  })

  it('move the deadline to a period and its grace later', async () => {
    const monitor = await passive()
    await store(push(monitor, START_US))
    const { state } = await stored(database, monitor)
    expect(state['next_due_at']).toEqual(new Date(START_US / 1000 + 90_000))
  })

  it('that did not come make a monitor down, at the deadline', async () => {
    const monitor = await passive()
    await store(push(monitor, START_US))
    const missed = missedBeat(monitor, START_US + 90_000_000, START_US)
    expect(await outcomes(missed)).toEqual(['stored'])
    const { state } = await stored(database, monitor)
    expect(state).toMatchObject({ status: DOWN, reason: 'No push came.' })
    await store(push(monitor, START_US + 100_000_000))
    expect((await stored(database, monitor)).state).toMatchObject({ status: UP })
  })

  it('are not missed when one came meanwhile, or when none ever came', async () => {
    const monitor = await passive()
    expect(await outcomes(missedBeat(monitor, START_US, 0))).toEqual(['notMissed'])
    await store(push(monitor, START_US + 5))
    expect(await outcomes(missedBeat(monitor, START_US + 10, START_US))).toEqual(['notMissed'])
  })

  it('that say down are down', async () => {
    const monitor = await passive()
    await store(push(monitor, START_US, false))
    expect((await stored(database, monitor)).state).toMatchObject({ status: DOWN, reason: 'OK' })
  })

  function missedBeat(monitor: TestMonitor, slotUs: number, unlessAfterUs: number): MissedBeat {
    return {
      ...{ kind: 'missed', ...monitor, epoch: OWNER, slotUs, unlessAfterUs },
      message: 'No push came.',
    }
  }
})
