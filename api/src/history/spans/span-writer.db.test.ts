import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../../lib/ids.ts'
import { MONITOR_STATUS } from '../../lib/status.ts'
import { testDatabase, type TestDatabase } from '../../../test/database.ts'
import { HOUR_MS } from '../time-windows.ts'
import { changeSpans, type Span } from './span.ts'
import { readSpansSince } from './span-reader.ts'
import { applySpanChanges, type SpanChange } from './span-writer.ts'

const { UP, DOWN, PAUSED, UNKNOWN } = MONITOR_STATUS
const START = Date.UTC(2026, 0, 5, 10)

const minute = (n: number): number => START + n * 60_000

interface Bed extends TestDatabase {
  monitorId: string
  apply: (...changes: Omit<SpanChange, 'workspaceId' | 'monitorId' | 'reason'>[]) => Promise<void>
  spans: () => Promise<Span[]>
}

async function setUp(): Promise<Bed> {
  const { database, workspaceId } = await testDatabase()
  const monitorId = newId()
  return {
    database,
    workspaceId,
    monitorId,
    apply: (...changes) =>
      database.work((runner) =>
        applySpanChanges(
          runner,
          changes.map((change) => ({ ...change, workspaceId, monitorId, reason: null })),
        ),
      ),
    spans: async () =>
      (await readSpansSince(database.worker, workspaceId, [{ monitorId, fromMs: 0 }])).get(
        monitorId,
      )!,
  }
}

async function dirtyHours({ database, workspaceId }: Bed): Promise<string[]> {
  const rows = (await database.worker.query(
    'select hour from rollup_dirty where workspace_id = $1 order by hour',
    [workspaceId],
  )) as { hour: Date }[]
  return rows.map((row) => row.hour.toISOString())
}

async function sealUntil({ database, workspaceId }: Bed, hourMs: number): Promise<void> {
  await database.worker.query('insert into rollup_watermark values ($1, $2)', [
    workspaceId,
    new Date(hourMs),
  ])
}

describe('changes of spans in the database', () => {
  it('end in the same spans as the rules, whatever comes in whatever batches', async () => {
    const changes = fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 5 }),
        status: fc.integer({ min: 0, max: 6 }),
        back: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
        endsBatch: fc.boolean(),
      }),
      { minLength: 1, maxLength: 10 },
    )
    await fc.assert(
      fc.asyncProperty(changes, async (steps) => {
        const bed = await setUp()
        let at = 20
        let expected: Span[] = []
        let batch: { at: number; status: number; backdatedTo?: number }[] = []
        for (const { after, status, back, endsBatch } of steps) {
          at += after
          const backdated = back === undefined ? {} : { backdatedTo: minute(at - back) }
          const change = { at: minute(at), status, ...backdated }
          expected = changeSpans(expected, { ...change, reason: null })
          batch.push(change)
          if (endsBatch) await bed.apply(...batch)
          if (endsBatch) batch = []
        }
        await bed.apply(...batch)
        expect(await bed.spans()).toEqual(expected)
      }),
      { numRuns: 40 },
    )
  })

  it('keep monitors of one batch apart', async () => {
    const { database, workspaceId } = await testDatabase()
    const ids = Array.from({ length: 50 }, () => newId())
    const all = (at: number, status: number): SpanChange[] =>
      ids.map((monitorId) => ({ workspaceId, monitorId, at, status, reason: 'x\0y' }))
    await database.work((runner) => applySpanChanges(runner, all(minute(0), UP)))
    await database.work((runner) => applySpanChanges(runner, all(minute(1), DOWN)))
    const since = ids.map((monitorId) => ({ monitorId, fromMs: 0 }))
    const spans = await readSpansSince(database.worker, workspaceId, since)
    for (const own of spans.values()) expect(own.map((span) => span.status)).toEqual([UP, DOWN])
  })

  it('mark the sealed hours since the first altered moment dirty, no others', async () => {
    const bed = await setUp()
    await bed.apply({ at: minute(0), status: UP })
    await sealUntil(bed, START + 3 * HOUR_MS)
    await bed.apply({ at: minute(190), status: DOWN, backdatedTo: minute(70) })
    expect(await dirtyHours(bed)).toEqual(
      [minute(60), minute(120)].map((ms) => new Date(ms).toISOString()),
    )
    await bed.apply({ at: minute(195), status: UP })
    expect(await dirtyHours(bed)).toHaveLength(2)
  })

  it('may be written by a request, within its workspace only', async () => {
    const bed = await setUp()
    const { database, workspaceId, monitorId } = bed
    const pause = (at: number, status: number): SpanChange => ({
      workspaceId,
      monitorId,
      at,
      status,
      reason: null,
    })
    await bed.apply({ at: minute(0), status: UP }, { at: minute(2), status: UNKNOWN })
    await sealUntil(bed, START + HOUR_MS)
    await database.write(workspaceId, (manager) =>
      applySpanChanges(manager, [pause(minute(1), UP), pause(minute(5), PAUSED)]),
    )
    expect((await bed.spans()).map((span) => span.status)).toEqual([UP, PAUSED])
    const stranger = (await testDatabase()).workspaceId
    await expect(
      database.write(stranger, (manager) => applySpanChanges(manager, [pause(minute(9), UP)])),
    ).rejects.toThrow(/row-level security/)
  })
})
