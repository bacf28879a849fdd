import type { CheckOutcome } from '../../checks/index.ts'
import type { MonitorStatus } from '../../lib/status.ts'
import type { JobSignal } from '../push/job-state.ts'

interface OfMonitor {
  workspaceId: string
  monitorId: string
}

/** The result of a check of ours. Refused when another worker owns the monitor by now. */
export interface CheckBeat extends OfMonitor {
  kind: 'check'
  epoch: number
  /** Of the settings that were checked: an edit in between makes the result stale. */
  version: number
  /** When the check was due, µs since 1970. */
  slotUs: number
  outcome: CheckOutcome
}

/** A push, at the time it came. */
export interface PushBeat extends OfMonitor {
  kind: 'push'
  /** µs since 1970; moved on by as little as needed to be later than the beat before. */
  arrivedUs: number
  isUp: boolean
  message: string
  latencyUs: number | null
  /** What else a job said; absent: a plain up or down. */
  job?: JobWords
}

export interface JobWords {
  signal: Exclude<JobSignal, 'ignored'>
  /** Pairs a start with its finish. */
  rid: string | null
  exitStatus: number | null
  /** How long the run took, where the job says so itself. */
  durationMs: number | null
  body: Buffer | null
  /** The HTTP method, upper case. */
  method: string
  /** A paused job's pings are listed, not refused. */
  isKeptWhenPaused: boolean
}

/** A push that did not come in time: stored only if none came since. */
export interface MissedBeat extends OfMonitor {
  kind: 'missed'
  epoch: number
  /** When the push was due at the latest, µs since 1970. */
  slotUs: number
  unlessAfterUs: number
  message: string
}

export type NewBeat = CheckBeat | PushBeat | MissedBeat

/** What became of a beat, and what the monitor is like now. */
export interface Recorded {
  outcome:
    | 'stored'
    | 'stale'
    /** Another worker owns the monitor. */
    | 'fenced'
    | 'paused'
    /** Deleted. */
    | 'gone'
    /** A push came after all. */
    | 'notMissed'
    /** Of a paused job: listed, and nothing else. */
    | 'ignored'
  shown: MonitorStatus
  isSuspect: boolean
  /** The latest time the monitor has heard of, µs since 1970. */
  fenceUs: number
  version: number
  /** Of a push monitor: when it is down unless it is heard of, ms since 1970; null: nothing is awaited. */
  deadlineMs?: number | null
  /** When the run began whose finish is awaited, ms since 1970. */
  startedMs?: number | null
  /** Of a push that ended a run: how long that took. */
  durationMs?: number | null
}

export const GONE: Recorded = {
  outcome: 'gone',
  shown: 'PENDING',
  isSuspect: false,
  fenceUs: 0,
  version: 0,
}
