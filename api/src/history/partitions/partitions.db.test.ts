import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../db/index.ts'
import { appendEvents } from '../../events/index.ts'
import { newId } from '../../lib/ids.ts'
import { silentLog } from '../../lib/log.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import { HEARTBEAT_STATUS, MONITOR_STATUS } from '../../lib/status.ts'
import { newWorkspace } from '../../../test/database.ts'
import { ownDatabase } from '../../../test/own-database.ts'
import { WatchedWorkspace } from '../../../test/watched-workspace.ts'
import { insertHeartbeats } from '../heartbeats/heartbeat-writer.ts'
import { RollupJob } from '../rollups/rollup-job.ts'
import { applySpanChanges } from '../spans/span-writer.ts'
import { DAY_MS, HOUR_MS } from '../time-windows.ts'
import { isMissingPartition } from './missing-partition.ts'
import { PartitionKeeper } from './partition-keeper.ts'
import { RetentionJob } from './retention-job.ts'

const log = silentLog
const NOW = Date.UTC(2026, 0, 5, 12)

let database: Database
let close: () => Promise<void>
let clock: ManualClock
let keeper: PartitionKeeper

beforeAll(async () => {
  ;({ database, close } = await ownDatabase())
  clock = new ManualClock(NOW)
  keeper = new PartitionKeeper({ database, clock, log })
})

afterAll(() => close())

async function partitions(table: string): Promise<string[]> {
  const rows = (await database.worker.query(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::regclass order by 1`,
    [table],
  )) as { name: string }[]
  return rows.map((row) => row.name)
}

const beat = (workspaceId: string, monitorId: string, ms: number) => ({
  workspaceId,
  monitorId,
  slotUs: ms * 1000,
  status: HEARTBEAT_STATUS.UP,
  latencyUs: 1_000,
  statusCode: 200,
  timings: [null, 1, 2, 3, null, 6],
  message: null,
})

/** Tests build on each other: one line of days in one database. */
describe('daily partitions', () => {
  it('reach from yesterday to a week ahead, even when two processes make them at once', async () => {
    const other = new PartitionKeeper({ database, clock, log })
    await Promise.all([keeper.start(), other.runOnce(), keeper.runOnce()])
    for (const table of ['heartbeat', 'evidence', 'event']) {
      const names = await partitions(table)
      expect(names).toHaveLength(9)
      expect(names[0]).toBe(`${table}_p20260104`)
      expect(names.at(-1)).toBe(`${table}_p20260112`)
    }
  })

  it('are made ahead every hour', async () => {
    const evening = new ManualClock(Date.UTC(2026, 0, 5, 23, 30))
    const watch = new PartitionKeeper({ database, clock: evening, log })
    await watch.start()
    expect(await partitions('event')).not.toContain('event_p20260113')
    evening.advance(HOUR_MS)
    await expect.poll(() => partitions('event'), { timeout: 10_000 }).toContain('event_p20260113')
    await watch.stop()
  })

  it('are made when a row finds none, and then the row fits', async () => {
    const [workspaceId, monitorId] = [await newWorkspace(database), newId()]
    const rows = [beat(workspaceId, monitorId, Date.UTC(2026, 1, 28, 23, 59, 59, 999))]
    const insert = (): Promise<void> => database.work((runner) => insertHeartbeats(runner, rows))
    const error: unknown = await insert().catch((e: unknown) => e)
    expect(isMissingPartition(error)).toBe(true)
    expect(await keeper.mend(error, [rows[0]!.slotUs])).toBe(true)
    await insert()
    expect(await partitions('heartbeat')).toContain('heartbeat_p20260228')
  })

  it('are not made for a day that nobody can mean, nor for another error', async () => {
    const rows = [beat(await newWorkspace(database), newId(), Date.UTC(2042, 0, 1))]
    const error: unknown = await database
      .work((runner) => insertHeartbeats(runner, rows))
      .catch((e: unknown) => e)
    expect(await keeper.mend(error, [rows[0]!.slotUs])).toBe(false)
    expect(await keeper.mend(new Error('something else'))).toBe(false)
  })

  it('are made while a reader holds a snapshot of the table, and it reads on', async () => {
    const snapshot = await database.openSnapshot(await newWorkspace(database))
    await snapshot.manager.query('select count(*) from heartbeat')
    await keeper.ensureDays(Date.UTC(2025, 10, 1), Date.UTC(2025, 10, 3))
    expect(await snapshot.manager.query('select count(*) from heartbeat')).toHaveLength(1)
    await snapshot.close()
    expect(await partitions('evidence')).toContain('evidence_p20251103')
  })

  it('let nobody around row-level security', async () => {
    const read = database.write(await newWorkspace(database), (manager) =>
      manager.query('select * from heartbeat_p20260104'),
    )
    await expect(read).rejects.toThrow(/permission denied/)
  })

  it('hold the events that are appended today', async () => {
    const workspaceId = await newWorkspace(database)
    await keeper.ensureDays(Date.now() - DAY_MS, Date.now() + DAY_MS, ['event'])
    const at = new Date()
    const events = [{ kind: 'monitor.created' as const, at, body: { monitorId: newId() } }]
    const [committed] = await database.work((runner) =>
      appendEvents(runner, [{ workspaceId, events }]),
    )
    expect(committed?.events).toHaveLength(1)
  })
})

describe('retention', () => {
  const retention = (): RetentionJob =>
    new RetentionJob({ database, clock, log, retentionDays: 30, eventRetentionHours: 24 })

  it('drops no recorded check that is not rolled up yet, whatever its age', async () => {
    const workspace = await WatchedWorkspace.make(database)
    const at = Date.UTC(2025, 10, 2, 10)
    await workspace.insert(workspace.beat(at))
    await workspace.change(at, MONITOR_STATUS.UP)
    expect(await retention().runOnce(NOW)).toEqual([
      'event_p20251101',
      'event_p20251102',
      'event_p20251103',
    ])
    await new RollupJob({ database, clock, log }).runOnce(NOW)
    expect(await retention().runOnce(NOW)).toEqual([
      'heartbeat_p20251101',
      'heartbeat_p20251102',
      'heartbeat_p20251103',
      'evidence_p20251101',
      'evidence_p20251102',
      'evidence_p20251103',
    ])
    expect(await partitions('heartbeat')).not.toContain('heartbeat_p20251102')
    expect((await workspace.rows('rollup_hour'))[0]).toMatchObject({ count: 1, latency_count: 1 })
  })

  it('keeps what is rolled up of checks that are gone, while time is computed again', async () => {
    const at = Date.UTC(2025, 10, 2, 10, 30)
    const [row] = (await database.worker.query(
      'select workspace_id, monitor_id from rollup_hour order by hour limit 1',
    )) as { workspace_id: string; monitor_id: string }[]
    const { workspace_id: workspaceId, monitor_id: monitorId } = row!
    const change = { workspaceId, monitorId, at, status: MONITOR_STATUS.UNKNOWN, reason: null }
    await database.work((runner) => applySpanChanges(runner, [change]))
    await new RollupJob({ database, clock, log }).runOnce(NOW)
    const [hour] = (await database.worker.query(
      `select count, latency_count, up_ms, unknown_ms from rollup_hour
        where monitor_id = $1 order by hour limit 1`,
      [monitorId],
    )) as object[]
    const half = 1_800_000
    expect(hour).toEqual({ count: 1, latency_count: 1, up_ms: half, unknown_ms: half })
  })

  it('finishes what a process left half done', async () => {
    await keeper.ensureDays(Date.UTC(2025, 9, 1), Date.UTC(2025, 9, 1))
    await database.asOwner((runner) =>
      runner.query('alter table heartbeat detach partition heartbeat_p20251001'),
    )
    const reader = await database.openSnapshot(await newWorkspace(database))
    await reader.manager.query('select count(*) from evidence')
    const broken = database.asOwner(async (runner) => {
      await runner.query(`set lock_timeout = '50ms'`)
      const detach = 'alter table evidence detach partition evidence_p20251001 concurrently'
      await runner.query(detach).finally(() => runner.query('reset lock_timeout'))
    })
    await expect(broken).rejects.toThrow(/lock timeout/)
    await reader.close()
    const dropped = await retention().runOnce(NOW)
    expect(dropped).toContain('heartbeat_p20251001')
    expect(dropped).toContain('evidence_p20251001')
    expect(await retention().runOnce(NOW)).toEqual([])
  })

  it('drops events by hours and recorded checks by days', async () => {
    const dropped = await retention().runOnce(Date.UTC(2026, 0, 8, 1))
    expect(dropped.filter((name) => name.startsWith('event'))).toContain('event_p20260106')
    expect(dropped.filter((name) => name.startsWith('event'))).not.toContain('event_p20260107')
    expect(dropped.filter((name) => name.startsWith('heartbeat'))).toEqual([])
  })
})
