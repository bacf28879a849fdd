import type { Database } from '../../db/index.ts'
import { appendEvents } from '../../events/index.ts'
import { applySpanChanges, insertHeartbeats, saveEvidence } from '../../history/index.ts'
import { RING_BYTES } from '../state/ring.ts'
import { planBatch } from './batch-plan.ts'
import type { NewBeat } from './new-beat.ts'
import { preparedRunner } from './prepared-runner.ts'
import { lockRows, updateJobs, updateRows } from './state-rows.ts'
import { writeJobRuns } from '../push/job-run-writer.ts'
import { CommitInDoubt, type StoredBatch } from './stored-batch.ts'

/**
 * One flush, one transaction:
 * 1. lock the state rows, always in the same order; nobody else changes these monitors now;
 * 2. step the machines in memory;
 * 3. write heartbeats, states, runs of jobs, spans and evidence, a statement each;
 * 4. append the events, last, because that makes other writers of the log wait;
 * 5. commit. Only now may a push be acknowledged.
 */
export async function storeBatch(
  database: Database,
  batch: readonly NewBeat[],
  nowMs: number,
): Promise<StoredBatch> {
  let isWritten = false
  try {
    return await database.work(async (queryRunner) => {
      const runner = await preparedRunner(queryRunner)
      const plan = planBatch(await lockRows(runner, distinctMonitors(batch)), batch, nowMs)
      if (!plan.beats.length && !plan.runs.length) return { answers: plan.answers, commits: [] }
      await insertHeartbeats(runner, plan.beats)
      await updateRows(runner, plan.states, RING_BYTES)
      await updateJobs(runner, plan.jobs)
      await writeJobRuns(runner, plan.runs)
      if (plan.spans.length) await applySpanChanges(runner, plan.spans)
      if (plan.evidence.length) await saveEvidence(runner, plan.evidence)
      const commits = plan.events.length ? await appendEvents(runner, plan.events) : []
      isWritten = true
      return { answers: plan.answers, commits }
    })
  } catch (cause) {
    throw isWritten ? new CommitInDoubt('The commit broke off', { cause }) : cause
  }
}

function distinctMonitors(batch: readonly NewBeat[]): NewBeat[] {
  return [...new Map(batch.map((beat) => [beat.workspaceId + beat.monitorId, beat])).values()]
}
