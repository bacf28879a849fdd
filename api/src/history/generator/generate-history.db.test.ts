import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../db/index.ts'
import { silentLog as log } from '../../lib/log.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import { MONITOR_STATUS } from '../../lib/status.ts'
import { ownDatabase } from '../../../test/own-database.ts'
import { WatchedWorkspace } from '../../../test/watched-workspace.ts'
import { PartitionKeeper } from '../partitions/partition-keeper.ts'
import { RollupJob } from '../rollups/rollup-job.ts'
import { readSeries } from '../series/series-reader.ts'
import { readSpansSince } from '../spans/span-reader.ts'
import { DAY_MS, HOUR_MS } from '../time-windows.ts'
import { readUptimes } from '../uptime/uptime.service.ts'
import { generateHistory } from './generate-history.ts'

const NOW = Date.UTC(2026, 0, 5, 13, 37)
let database: Database
let close: () => Promise<void>

beforeAll(async () => {
  ;({ database, close } = await ownDatabase())
  await new PartitionKeeper({ database, clock: new ManualClock(NOW), log }).runOnce()
})

afterAll(() => close())

async function invent(workspace: WatchedWorkspace, days = 90): Promise<void> {
  await generateHistory(database, {
    workspaceId: workspace.id,
    monitors: workspace.monitorIds.map((monitorId) => ({ monitorId, intervalSeconds: 30 })),
    days,
    now: NOW,
    seed: 7,
  })
}

describe('an invented history', () => {
  it('fills 90 days of six monitors in less than 10 s, and a recomputation agrees with it', async () => {
    const workspace = await WatchedWorkspace.make(database, 6, 30)
    const begin = performance.now()
    await invent(workspace)
    expect(performance.now() - begin).toBeLessThan(10_000)
    expect(await workspace.differences()).toEqual([])
    expect(await workspace.rows('rollup_day')).toHaveLength(6 * 90)
    const coverage = workspace.monitorIds.map((monitorId) => ({ monitorId }))
    const uptimes = await readUptimes(database.worker, workspace.id, coverage, 'QUARTER', NOW)
    expect(uptimes.filter(({ ratio }) => ratio! < 1).length).toBeGreaterThan(3)
    for (const { ratio, unknownMs } of uptimes) {
      expect(ratio).toBeGreaterThan(0.9)
      expect(unknownMs).toBeGreaterThan(0)
    }
    for (const window of ['HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER'] as const) {
      const series = await readSeries(database.worker, workspace.id, coverage, window, NOW)
      for (const { points } of series) {
        expect(points.length).toBeGreaterThan(50)
        expect(points.filter((point) => point.p95Ms !== null).length).toBeGreaterThan(
          points.length * 0.9,
        )
      }
    }
  })

  it('goes over into what the monitor has seen itself', async () => {
    const workspace = await WatchedWorkspace.make(database, 1, 30)
    await workspace.change(NOW - 90_000, MONITOR_STATUS.PENDING)
    await invent(workspace, 3)
    const id = workspace.monitorIds[0]!
    const spans = (
      await readSpansSince(database.worker, workspace.id, [{ monitorId: id, fromMs: 0 }])
    ).get(id)!
    spans.forEach((span, n) => expect(span.toMs).toBe(spans[n + 1]?.fromMs ?? null))
    expect(spans.at(-1)).toMatchObject({ fromMs: NOW - 90_000, status: MONITOR_STATUS.PENDING })
    await new RollupJob({ database, clock: new ManualClock(NOW), log }).runOnce(NOW + HOUR_MS)
    expect(await workspace.differences()).toEqual([])
    expect(await workspace.rows('rollup_hour')).toHaveLength(3 * 24 + 14)
  })

  it('is the same for the same seed', async () => {
    const workspace = await WatchedWorkspace.make(database, 2, 30)
    await invent(workspace, 5)
    const first = await workspace.rows('rollup_hour')
    for (const table of [
      'state_span',
      'rollup_hour',
      'rollup_day',
      'heartbeat',
      'rollup_watermark',
    ])
      await database.worker.query(`delete from ${table} where workspace_id = $1`, [workspace.id])
    await invent(workspace, 5)
    expect(await workspace.rows('rollup_hour')).toEqual(first)
    expect(first.length).toBeGreaterThan((5 * 2 * DAY_MS) / HOUR_MS)
  })
})
