import type { BeatRow, EvidenceRow, SpanChange } from '../../history/index.ts'
import type { HeartbeatsFact, NewEvent } from '../../events/index.ts'
import type { JobRunRow } from '../push/job-run-writer.ts'
import type { JobUpdate, LockedRow, StateUpdate } from './state-rows.ts'
import { GONE, type NewBeat, type Recorded } from './new-beat.ts'
import { MonitorRecord } from './monitor-record.ts'

/** Everything that one transaction writes, and what to answer for each beat. */
export interface BatchPlan {
  beats: BeatRow[]
  states: StateUpdate[]
  jobs: JobUpdate[]
  runs: JobRunRow[]
  spans: SpanChange[]
  evidence: EvidenceRow[]
  events: { workspaceId: string; events: NewEvent[] }[]
  /** In the order of the beats given. */
  answers: Recorded[]
}

/** Decides what a batch of beats changes. Pure: the locked rows and the beats are all it knows. */
export function planBatch(
  rows: readonly LockedRow[],
  batch: readonly NewBeat[],
  nowMs: number,
): BatchPlan {
  const records = new Map(rows.map((row) => [keyOf(row), new MonitorRecord(row)]))
  const answers = batch.map((beat) => records.get(keyOf(beat))?.take(beat) ?? GONE)
  const all = [...records.values()]
  const changed = all.filter((record) => record.beats.length > 0)
  return {
    beats: changed.flatMap((record) => record.beats),
    states: changed.map((record) => record.update()),
    jobs: all.flatMap((record) => record.jobUpdate() ?? []),
    runs: all.flatMap((record) => record.jobs.runs),
    spans: changed.flatMap((record) => record.spans),
    evidence: changed.flatMap((record) => record.evidence),
    events: eventsOf(all.filter(hasNews), nowMs),
    answers,
  }
}

function keyOf({ workspaceId, monitorId }: { workspaceId: string; monitorId: string }): string {
  return workspaceId + monitorId
}

const hasNews = ({ beats, jobs }: MonitorRecord): boolean =>
  beats.length > 0 || jobs.startedMs !== null

/** The beats of a flush ride as one event per workspace; each change of status is one of its own. */
function eventsOf(records: MonitorRecord[], nowMs: number): BatchPlan['events'] {
  const at = new Date(nowMs)
  return [...new Set(records.map((r) => r.row.workspaceId))].map((workspaceId) => {
    const own = records.filter((r) => r.row.workspaceId === workspaceId)
    const beats = own.flatMap((r) => r.beats)
    const changes = own.flatMap((r) => r.changes)
    const starts = own.flatMap(({ row: { monitorId }, jobs: { startedMs } }) =>
      startedMs === null ? [] : [{ monitorId, startedAt: startedMs }],
    )
    return {
      workspaceId,
      events: [
        ...(beats.length
          ? [{ kind: 'heartbeats.recorded' as const, at, body: packed(beats) }]
          : []),
        ...changes.map((body) => ({ kind: 'monitor.statusChanged' as const, at, body })),
        ...starts.map((body) => ({ kind: 'job.started' as const, at, body })),
      ],
    }
  })
}

const packed = (beats: readonly BeatRow[]): HeartbeatsFact => ({
  monitorIds: beats.map((b) => b.monitorId),
  slots: beats.map((b) => Math.floor(b.slotUs / 1000)),
  statuses: beats.map((b) => b.status),
  latenciesUs: beats.map((b) => b.latencyUs),
})
