import { lateAfter, type PushSchedule } from '../../checks/index.ts'

/** What a job says of itself. `ignored`: it is counted and listed, and changes nothing. */
export type JobSignal = 'start' | 'success' | 'fail' | 'log' | 'ignored'

/** A run that has told its start and not yet its end. */
export interface OpenRun {
  id: string
  rid: string | null
  startUs: number
  seq: number
}

/** A job's own memory; times are µs since 1970. */
export interface JobState {
  /** How many pings have come. */
  seq: number
  /** Which run the deadline waits for; `sinceUs` is the first start since anything finished. */
  start?: { rid: string | null; us: number; sinceUs: number }
  open: OpenRun[]
}

/** How many runs of a monitor are kept. */
export const KEPT_RUNS = 100
const MOST_OPEN = 20
/** A finish much later than its start belongs to another run. */
const LONGEST_RUN_US = 72 * 3_600 * 1e6

export const NEW_JOB: JobState = { seq: 0, open: [] }

/** What one signal makes of the memory, and which run it ended. Pure. */
export function takeSignal(
  job: JobState,
  signal: JobSignal,
  rid: string | null,
  atUs: number,
  id: string,
): { job: JobState; ended: OpenRun | null } {
  const counted = { ...job, seq: job.seq + 1 }
  if (signal === 'log' || signal === 'ignored') return { job: counted, ended: null }
  const others = job.open.filter((run) => run.rid !== rid)
  if (signal === 'start') {
    const run = { id, rid, startUs: atUs, seq: counted.seq }
    const start = { rid, us: atUs, sinceUs: job.start?.sinceUs ?? atUs }
    return { job: { ...counted, start, open: [...others, run].slice(-MOST_OPEN) }, ended: null }
  }
  const found = job.open.findLast((run) => run.rid === rid)
  const isOurs = found && atUs >= found.startUs && atUs - found.startUs <= LONGEST_RUN_US
  const finished: JobState = { seq: counted.seq, open: others }
  const start = startAfter(job, signal, rid)
  return { job: start ? { ...finished, start } : finished, ended: isOurs ? found : null }
}

/** A success of another run leaves the started one under way; every other finish ends the waiting. */
function startAfter(
  { start }: JobState,
  signal: 'success' | 'fail',
  rid: string | null,
): JobState['start'] {
  if (!start || signal === 'fail' || rid === null || rid === start.rid) return undefined
  return { ...start, sinceUs: start.us }
}

/** The waiting for a finish is over: it was missed. */
export function stopWaiting(job: JobState): JobState {
  return { seq: job.seq, open: job.open }
}

/**
 * When the job is down unless it says more, ms since 1970: a run that was begun has its grace from its start,
 * else the next sign of life is expected by the schedule. Starts that follow each other without any finish don't
 * put it off without end. Null: nothing is awaited yet.
 */
export function deadlineOf(
  schedule: PushSchedule,
  job: JobState | null,
  lastBeatMs: number | null,
): number | null {
  const byScheduleMs = lastBeatMs === null ? null : lateAfter(schedule, lastBeatMs)
  const start = job?.start
  if (!start) return byScheduleMs
  const { graceMs } = schedule
  const farthest = Math.max(byScheduleMs ?? 0, Math.floor(start.sinceUs / 1000) + graceMs)
  return Math.min(Math.floor(start.us / 1000) + graceMs, farthest)
}
