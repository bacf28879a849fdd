import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../db/index.ts'
import { silentLog as log } from '../lib/log.ts'
import { ManualClock } from '../lib/manual-clock.ts'
import { HEARTBEAT_STATUS, MONITOR_STATUS } from '../lib/status.ts'
import { ownDatabase } from '../../test/own-database.ts'
import { WatchedWorkspace } from '../../test/watched-workspace.ts'
import { PartitionKeeper } from './partitions/partition-keeper.ts'
import { QUANTILE_ERROR } from './rollups/latency-tally.ts'
import { RollupJob } from './rollups/rollup-job.ts'
import { bucketsOf } from './series/buckets.ts'
import { readSeries } from './series/series-reader.ts'
import { durationsIn, worstOf } from './spans/durations.ts'
import { changeSpans, type Span } from './spans/span.ts'
import { DAY_MS, HOUR_MS, UptimeWindow, WINDOW_MS } from './time-windows.ts'
import { readUptimes } from './uptime/uptime.service.ts'

const NOW = Date.UTC(2026, 0, 5, 13, 37, 11)
const windows = Object.keys(UptimeWindow) as UptimeWindow[]
const { UP, DEGRADED, DOWN, PAUSED } = MONITOR_STATUS
let database: Database
let close: () => Promise<void>
let job: RollupJob

beforeAll(async () => {
  ;({ database, close } = await ownDatabase())
  const clock = new ManualClock(NOW)
  const keeper = new PartitionKeeper({ database, clock, log })
  await keeper.ensureDays(NOW - 12 * DAY_MS, NOW + DAY_MS, ['heartbeat', 'evidence'])
  job = new RollupJob({ database, clock, log })
})

afterAll(() => close())

const minutes = (max: number) => fc.integer({ min: 0, max })

/** Changes in minutes before now, as they came: the job runs somewhere in between. */
const histories = fc.record({
  changes: fc.array(
    fc.record({
      ago: minutes(11 * 24 * 60),
      status: fc.integer({ min: 0, max: 6 }),
      back: minutes(200),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  rolledUpAgo: minutes(8 * 24 * 60),
  coveredAgo: fc.option(minutes(3 * 24 * 60), { nil: undefined }),
})

interface Lived {
  workspace: WatchedWorkspace
  spans: Span[]
  coverage: { monitorId: string; coveredUntil?: number }
}

async function live(history: {
  changes: { ago: number; status: number; back: number }[]
  rolledUpAgo: number
  coveredAgo?: number
}): Promise<Lived> {
  const workspace = await WatchedWorkspace.make(database)
  const changes = [...history.changes].sort((a, b) => b.ago - a.ago)
  let spans: Span[] = []
  let isRolledUp = false
  for (const { ago, status, back } of changes) {
    if (!isRolledUp && ago <= history.rolledUpAgo) {
      await job.runOnce(NOW - history.rolledUpAgo * 60_000)
      isRolledUp = true
    }
    const at = NOW - ago * 60_000
    const backdatedTo = at - back * 60_000
    spans = changeSpans(spans, { at, status, reason: null, backdatedTo })
    await workspace.change(at, status, backdatedTo)
  }
  const { coveredAgo } = history
  const coveredUntil = coveredAgo === undefined ? {} : { coveredUntil: NOW - coveredAgo * 60_000 }
  return { workspace, spans, coverage: { monitorId: workspace.monitorIds[0]!, ...coveredUntil } }
}

describe('uptime', () => {
  it('is what the spans say, however much of it is rolled up, stale or not watched', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { workspace, spans, coverage } = await live(history)
        for (const window of windows) {
          const read = readUptimes(database.worker, workspace.id, [coverage], window, NOW)
          const [uptime] = await read
          const from = NOW - WINDOW_MS[window]
          const { pendingMs, unknownMs, ...time } = durationsIn(
            spans,
            from,
            NOW,
            coverage.coveredUntil,
          )
          expect(uptime).toMatchObject({ ...time, unknownMs: unknownMs + pendingMs })
        }
      }),
      { numRuns: 12 },
    )
  })

  it('counts degraded as good, and neither unknown nor paused time at all', async () => {
    const workspace = await WatchedWorkspace.make(database)
    const at = (minute: number): number => NOW - HOUR_MS + minute * 60_000
    await workspace.change(at(0), UP)
    await workspace.change(at(10), DEGRADED)
    await workspace.change(at(20), DOWN)
    await workspace.change(at(30), PAUSED)
    await workspace.change(at(50), UP)
    const coverage = { monitorId: workspace.monitorIds[0]!, coveredUntil: at(50) }
    const [uptime] = await readUptimes(database.worker, workspace.id, [coverage], 'HOUR', NOW)
    expect(uptime).toMatchObject({ ratio: 2 / 3, unknownMs: 600_000, pausedMs: 1_200_000 })
  })

  it('is null of a monitor without history', async () => {
    const workspace = await WatchedWorkspace.make(database)
    const coverage = { monitorId: workspace.monitorIds[0]! }
    const [uptime] = await readUptimes(database.worker, workspace.id, [coverage], 'MONTH', NOW)
    expect(uptime).toMatchObject({ ratio: null, upMs: 0, unknownMs: 0 })
  })
})

describe('a series', () => {
  it('shows the worst status of each bucket, however much is rolled up, stale or not watched', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { workspace, spans, coverage } = await live(history)
        for (const window of windows) {
          const [series] = await readSeries(database.worker, workspace.id, [coverage], window, NOW)
          const { lengthMs } = bucketsOf(window, NOW, 60)
          for (const point of series!.points) {
            const at = point.at.getTime()
            const end = Math.min(NOW, at + lengthMs)
            const time = durationsIn(spans, at, end, coverage.coveredUntil)
            const { pendingMs, unknownMs } = time
            // A stored rollup no longer tells pending from unknown.
            const stored = { ...time, pendingMs: 0, unknownMs: unknownMs + pendingMs }
            const mayBe = [time, ...(series!.source === 'RAW' ? [] : [stored])].map(worstOf)
            expect(mayBe).toContain(point.status)
          }
          const begins = Math.max(NOW - WINDOW_MS[window] + lengthMs, spans[0]!.fromMs)
          const buckets = Math.floor(NOW / lengthMs) - Math.floor(begins / lengthMs) + 1
          expect(series!.points).toHaveLength(buckets)
        }
      }),
      { numRuns: 12 },
    )
  })

  it('tells of every check once and of their latencies, from every source', async () => {
    const workspace = await WatchedWorkspace.make(database)
    const monitorId = workspace.monitorIds[0]!
    const first = NOW - 10 * DAY_MS
    await workspace.change(first, UP)
    const beats = Array.from({ length: 10 * 24 * 4 }, (_, n) =>
      workspace.beat(first + n * 15 * 60_000 + 7_000, {
        latencyUs: 20_000 + ((n * 7919) % 1000) * 100,
        ...(n % 50 === 0 ? { status: HEARTBEAT_STATUS.DOWN } : {}),
      }),
    )
    await workspace.insert(...beats)
    await job.runOnce(NOW - 5 * HOUR_MS)
    await workspace.insert(workspace.beat(NOW - 2 * DAY_MS + 1, { latencyUs: 1 }))
    beats.push(workspace.beat(NOW - 2 * DAY_MS + 1, { latencyUs: 1 }))
    for (const window of windows) {
      const [series] = await readSeries(database.worker, workspace.id, [{ monitorId }], window, NOW)
      for (const point of series!.points) {
        const at = point.at.getTime() * 1000
        const end = at + series!.bucketSeconds * 1_000_000
        const own = beats.filter((beat) => beat.slotUs >= at && beat.slotUs < end)
        const good = own.filter((beat) => beat.status === UP).map((beat) => beat.latencyUs! / 1000)
        good.sort((a, b) => a - b)
        expect(point.count).toBe(own.length)
        expect([point.minMs, point.maxMs]).toEqual([good[0] ?? null, good.at(-1) ?? null])
        const mean = good.length ? good.reduce((sum, ms) => sum + ms, 0) / good.length : null
        if (mean === null) expect(point.avgMs).toBeNull()
        else expect(point.avgMs).toBeCloseTo(mean, 6)
        const exact = good[Math.ceil(good.length * 0.95) - 1]
        const error = series!.source === 'RAW' ? 1e-9 : QUANTILE_ERROR + 1e-9
        if (exact) expect(Math.abs(point.p95Ms! - exact)).toBeLessThanOrEqual(exact * error)
      }
    }
  })

  it('has no points where there is no history', async () => {
    const workspace = await WatchedWorkspace.make(database)
    const monitorId = workspace.monitorIds[0]!
    for (const window of windows) {
      const [series] = await readSeries(database.worker, workspace.id, [{ monitorId }], window, NOW)
      expect(series!.points).toEqual([])
    }
  })
})
