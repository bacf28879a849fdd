import { type PushSchedule, scheduleOf } from '../../checks/index.ts'
import { newId } from '../../lib/ids.ts'
import type { PushBeat } from '../recording/new-beat.ts'
import type { LockedRow } from '../recording/state-rows.ts'
import {
  deadlineOf,
  type JobSignal,
  type JobState,
  KEPT_RUNS,
  NEW_JOB,
  type OpenRun,
  stopWaiting,
  takeSignal,
} from './job-state.ts'
import type { JobRunKind, JobRunRow } from './job-run-writer.ts'

const KINDS: Record<JobSignal, JobRunKind> = {
  start: 'RUNNING',
  success: 'SUCCESS',
  fail: 'FAILURE',
  log: 'LOG',
  ignored: 'IGNORED',
}

/** The pings of one monitor during a flush: its memory, and the runs to be written. */
export class JobBook {
  readonly schedule: PushSchedule
  isChanged = false
  /** When a run last told its start in this flush, ms since 1970. */
  startedMs: number | null = null
  private readonly written = new Map<number, JobRunRow>()
  private job: JobState

  constructor(private readonly row: LockedRow) {
    this.schedule = scheduleOf(row)
    this.job = row.job ?? NEW_JOB
  }

  get state(): JobState | null {
    return this.isChanged ? this.job : null
  }

  get runs(): JobRunRow[] {
    return [...this.written.values()]
  }

  /** What a ping means here: a paused job, or one that counts only POST, may ignore it. */
  signalOf(beat: PushBeat, isPaused: boolean): JobSignal {
    const signal = beat.job?.signal ?? (beat.isUp ? 'success' : 'fail')
    const isIgnored = isPaused || (this.row.settings?.['onlyPost'] === true && !isPost(beat))
    return isIgnored ? 'ignored' : signal
  }

  /** Takes a ping down. Answers how long its run took, in ms, where both ends are known. */
  take(beat: PushBeat, signal: JobSignal, atUs: number): number | null {
    const words = beat.job ?? NO_WORDS
    const id = newId(Math.floor(atUs / 1000))
    const { job, ended } = takeSignal(this.job, signal, words.rid, atUs, id)
    this.job = job
    this.isChanged = true
    if (signal === 'start') this.startedMs = Math.floor(atUs / 1000)
    const times = timesOf(signal, atUs, ended, words.durationMs)
    const isKept = ended && job.seq - ended.seq < KEPT_RUNS
    const { workspaceId, monitorId } = this.row
    const { rid, exitStatus, body } = words
    this.write({
      ...{ workspaceId, monitorId, rid, exitStatus, body, message: beat.message },
      ...{ seq: job.seq, kind: KINDS[signal], atUs, ...times },
      ...(isKept
        ? { place: ended.seq % KEPT_RUNS, id: ended.id }
        : { place: job.seq % KEPT_RUNS, id }),
    })
    return times.durationMs
  }

  /** The finish of a run was missed: from now on the schedule counts. */
  miss(): void {
    if (!this.job.start) return
    this.job = stopWaiting(this.job)
    this.isChanged = true
  }

  get awaitedSinceMs(): number | null {
    return this.job.start ? Math.floor(this.job.start.us / 1000) : null
  }

  deadlineMs(lastBeatUs: number | null): number | null {
    const lastMs = lastBeatUs === null ? null : Math.floor(lastBeatUs / 1000)
    return deadlineOf(this.schedule, this.job, lastMs)
  }

  private write(run: JobRunRow): void {
    this.written.set(run.place, run)
  }
}

const isPost = ({ job }: PushBeat): boolean => (job?.method ?? 'POST') === 'POST'

const NO_WORDS = { rid: null, exitStatus: null, durationMs: null, body: null }

/** By its start where that is known, else by what the job says itself. */
function timesOf(
  signal: JobSignal,
  atUs: number,
  ended: OpenRun | null,
  toldMs: number | null,
): Pick<JobRunRow, 'startedUs' | 'finishedUs' | 'durationMs'> {
  const none = { startedUs: null, finishedUs: null, durationMs: null }
  if (signal === 'start') return { ...none, startedUs: atUs }
  if (signal !== 'success' && signal !== 'fail') return none
  const told = toldMs === null ? null : atUs - toldMs * 1000
  const startedUs = ended ? ended.startUs : told
  const durationMs = startedUs === null ? null : Math.round((atUs - startedUs) / 1000)
  return { startedUs, finishedUs: atUs, durationMs }
}
