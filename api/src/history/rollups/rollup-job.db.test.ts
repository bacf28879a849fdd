import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../db/index.ts'
import { silentLog } from '../../lib/log.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import { MONITOR_STATUS } from '../../lib/status.ts'
import { ownDatabase } from '../../../test/own-database.ts'
import { WatchedWorkspace } from '../../../test/watched-workspace.ts'
import { insertHeartbeats } from '../heartbeats/heartbeat-writer.ts'
import { PartitionKeeper } from '../partitions/partition-keeper.ts'
import { DAY_MS, HOUR_MS } from '../time-windows.ts'
import { RollupJob } from './rollup-job.ts'

const log = silentLog
const START = Date.UTC(2026, 0, 5)
const { UP, DOWN } = MONITOR_STATUS
let database: Database
let close: () => Promise<void>
let job: RollupJob

beforeAll(async () => {
  ;({ database, close } = await ownDatabase())
  const clock = new ManualClock(START)
  await new PartitionKeeper({ database, clock, log }).runOnce()
  job = new RollupJob({ database, clock, log })
})

afterAll(() => close())

describe('the rollup job', () => {
  it('rolls up hours a minute after their end, and days when they are whole', async () => {
    const workspace = await WatchedWorkspace.make(database)
    await workspace.change(START + HOUR_MS / 2, UP)
    await workspace.insert(
      workspace.beat(START + HOUR_MS / 2),
      workspace.beat(START + HOUR_MS / 2 + 1, { latencyUs: 3_000 }),
    )
    await job.runOnce(START + HOUR_MS + 59_000)
    expect(await workspace.rows('rollup_hour')).toEqual([])
    await job.runOnce(START + HOUR_MS + 61_000)
    expect(await workspace.rows('rollup_hour')).toMatchObject([
      { count: 2, up_ms: HOUR_MS / 2, latency_sum_us: '4000', latency_max_us: 3_000 },
    ])
    expect(await workspace.rows('rollup_day')).toEqual([])
    await job.runOnce(START + DAY_MS + 60_000)
    expect(await workspace.rows('rollup_day')).toMatchObject([
      { count: 2, up_ms: DAY_MS - HOUR_MS / 2, latency_count: 2 },
    ])
    expect(await workspace.differences()).toEqual([])
  })

  it('changes nothing when it runs again', async () => {
    const workspace = await WatchedWorkspace.make(database)
    await workspace.change(START, UP)
    await job.runOnce(START + DAY_MS + 60_000)
    const before = [await workspace.rows('rollup_hour'), await workspace.rows('rollup_day')]
    expect(await job.runOnce(START + DAY_MS + 60_000)).toBe(0)
    expect([await workspace.rows('rollup_hour'), await workspace.rows('rollup_day')]).toEqual(
      before,
    )
  })

  it('computes sealed hours and their day again when a transition is backdated into them', async () => {
    const workspace = await WatchedWorkspace.make(database)
    await workspace.change(START, UP)
    await job.runOnce(START + DAY_MS + 60_000)
    await workspace.change(START + DAY_MS + 70_000, DOWN, START + DAY_MS - 1_000)
    expect(await job.runOnce(START + DAY_MS + 80_000)).toBe(1)
    expect(await workspace.rows('rollup_day')).toMatchObject([{ down_ms: 1_000 }])
    expect(await workspace.differences()).toEqual([])
  })

  it('counts a check that is recorded late', async () => {
    const workspace = await WatchedWorkspace.make(database)
    await workspace.change(START, UP)
    await job.runOnce(START + 2 * HOUR_MS)
    await workspace.insert(workspace.beat(START + 5))
    expect(await job.runOnce(START + 2 * HOUR_MS)).toBe(1)
    expect(await workspace.rows('rollup_hour')).toMatchObject([{ count: 1 }])
  })

  it('does not seal an hour under a writer who is still at it', async () => {
    const workspace = await WatchedWorkspace.make(database)
    await workspace.change(START, UP)
    let finish = (): void => undefined
    const pause = new Promise<void>((resolve) => (finish = resolve))
    let isWritten = (): void => undefined
    const written = new Promise<void>((resolve) => (isWritten = resolve))
    const writer = database.work(async (runner) => {
      await insertHeartbeats(runner, [workspace.beat(START + 5)])
      isWritten()
      await pause
    })
    await written
    const running = job.runOnce(START + HOUR_MS + 60_000)
    await expect
      .poll(
        () =>
          database.worker.query(
            `select 1 from pg_locks where locktype = 'advisory' and not granted`,
          ),
        { timeout: 10_000 },
      )
      .toHaveLength(1)
    expect(await workspace.rows('rollup_hour')).toEqual([])
    finish()
    await Promise.all([writer, running])
    expect(await workspace.rows('rollup_hour')).toMatchObject([{ count: 1 }])
  })

  it('agrees with a recomputation after writers and two processes have worked at the same time', async () => {
    const workspace = await WatchedWorkspace.make(database, 5)
    for (let n = 0; n < 5; n++) await workspace.change(START, UP, START, n)
    const other = new RollupJob({ database, clock: new ManualClock(START), log })
    let now = START
    const write = async (n: number): Promise<void> => {
      for (let turn = 1; turn <= 30; turn++) {
        const late = now - ((turn * 37 + n * 11) % 300) * 60_000
        const at = Math.max(START, late)
        const monitorId = workspace.monitorIds[n]!
        await workspace.insert(workspace.beat(at, { latencyUs: turn * 1_000, monitorId }))
        await workspace.change(now + n, turn % 2 ? DOWN : UP, at, n)
      }
    }
    const roll = async (one: RollupJob): Promise<void> => {
      for (let turn = 1; turn <= 30; turn++) {
        now = Math.max(now, START + turn * HOUR_MS)
        await one.runOnce(now)
      }
    }
    await Promise.all([0, 1, 2, 3, 4].map(write).concat(roll(job), roll(other)))
    await job.runOnce(START + 40 * HOUR_MS)
    expect(await workspace.rows('rollup_hour')).toHaveLength(5 * 39)
    expect(await workspace.rows('rollup_day')).toHaveLength(5)
    expect(await workspace.differences()).toEqual([])
  })

  it('finds a rollup that was tampered with', async () => {
    const workspace = await WatchedWorkspace.make(database)
    await workspace.change(START, UP)
    await job.runOnce(START + DAY_MS + 60_000)
    await database.worker.query(
      'update rollup_hour set down_ms = 1 where workspace_id = $1 and hour = $2',
      [workspace.id, new Date(START)],
    )
    const found = await workspace.differences()
    expect(found.map((difference) => difference.table)).toEqual(['rollup_hour', 'rollup_day'])
  })
})
