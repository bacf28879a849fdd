import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { insertMonitor, OWNER, stored } from '../../../test/monitors.ts'
import type { Database } from '../../db/index.ts'
import { PartitionKeeper } from '../../history/index.ts'
import { silentLog } from '../../lib/log.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import { heartbeatStatusOf, monitorStatusOf } from '../../lib/status.ts'
import type { MachineEvent, Verdict } from '../state/machine.ts'
import { recompute } from '../state/timeline.ts'
import type { CheckBeat } from './new-beat.ts'
import { storeBatch } from './store-batch.ts'

const START_MS = Date.UTC(2026, 0, 5, 12)

let database: Database
let workspaceId: string

beforeAll(async () => {
  ;({ database, workspaceId } = await testDatabase())
  const clock = new ManualClock(START_MS)
  const keeper = new PartitionKeeper({ database, clock, log: silentLog })
  await keeper.runOnce()
  await keeper.ensureDays(Date.now(), Date.now())
})

/** Flushes of beats: mostly regular, with gaps, repetitions and results that come too late. */
const flushes = fc.array(
  fc.array(
    fc.record({
      afterMs: fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 500, max: 4_000 }) },
        { weight: 1, arbitrary: fc.integer({ min: 15_000, max: 60_000 }) },
        { weight: 1, arbitrary: fc.integer({ min: -5_000, max: 0 }) },
      ),
      verdict: fc.constantFrom<Verdict>('UP', 'UP', 'DEGRADED', 'DOWN', 'DOWN', 'UNKNOWN'),
    }),
    { maxLength: 6 },
  ),
  { maxLength: 12 },
)

it('a history that is computed again from its stored beats equals what was stored with them', async () => {
  await fc.assert(
    fc.asyncProperty(
      flushes,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 3 }),
      async (history, failAfter, recoverAfter) => {
        const createdAt = new Date(START_MS - 10_000)
        const wishes = { intervalSeconds: 2, failAfter, recoverAfter, createdAt }
        const monitor = await insertMonitor(database, workspaceId, wishes)
        let slotMs = START_MS
        for (const flush of history) {
          const beats = flush.map(({ afterMs, verdict }): CheckBeat => {
            slotMs += afterMs
            const place = { ...monitor, epoch: OWNER, version: 1, slotUs: slotMs * 1000 }
            return { kind: 'check', ...place, outcome: outcomeOf(verdict) }
          })
          await storeBatch(database, beats, slotMs)
        }
        const { state, beats, spans } = await stored(database, monitor)
        const events = beats.map(({ slotUs, status, message }): MachineEvent => ({
          ...{ kind: 'beat', slotUs, reason: message },
          verdict: heartbeatStatusOf(status) as Verdict,
        }))
        const again = recompute(createdAt.getTime(), events, {
          ...{ intervalMs: 2_000, failAfter, failForMs: 0, recoverAfter, recoverForMs: 0 },
        })
        expect(spans.map((s) => ({ ...s, status: monitorStatusOf(s.status) }))).toEqual(again.spans)
        expect(state['machine']).toEqual(again.state)
        expect(monitorStatusOf(state['status'] as number)).toBe(again.spans.at(-1)!.status)
      },
    ),
    { numRuns: 60 },
  )
})

function outcomeOf(verdict: Verdict): CheckBeat['outcome'] {
  return {
    ...{ verdict, message: verdict, latencyUs: null, timings: null, statusCode: null },
    ...{ certificate: null, conditions: [], evidence: null },
  }
}
