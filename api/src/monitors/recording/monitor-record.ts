import type { CheckOutcome } from '../../checks/index.ts'
import type { StatusChangedFact } from '../../events/index.ts'
import type { BeatRow, EvidenceRow, SpanChange } from '../../history/index.ts'
import { HEARTBEAT_STATUS, MONITOR_STATUS } from '../../lib/status.ts'
import { nextSlot } from '../state/grid.ts'
import {
  type Effect,
  type MachineState,
  type Verdict,
  isSuspect,
  shownStatus,
  step,
} from '../state/machine.ts'
import { appendToRing } from '../state/ring.ts'
import { JobBook } from '../push/job-book.ts'
import { spanChangeOf, statusChangeOf } from './shown-change.ts'
import type { CheckBeat, MissedBeat, NewBeat, PushBeat, Recorded } from './new-beat.ts'
import { type JobUpdate, type LockedRow, type StateUpdate, rulesOf } from './state-rows.ts'

interface Result {
  slotUs: number
  verdict: Verdict
  latencyUs: number | null
  statusCode: number | null
  timings: (number | null)[] | null
  message: string | null
}

/** One monitor during a flush: takes its beats in order and gathers what they change. */
export class MonitorRecord {
  readonly beats: BeatRow[] = []
  readonly spans: SpanChange[] = []
  readonly evidence: EvidenceRow[] = []
  readonly changes: StatusChangedFact[] = []
  private machine: MachineState
  private lastStatus: number | null
  private lastMessage: string | null
  private certificate: object | null = null
  private isPassive = false
  private durationMs: number | null = null
  readonly jobs: JobBook
  private lastShown: Extract<Effect, { kind: 'shown' }> | null = null

  constructor(readonly row: LockedRow) {
    this.machine = row.machine
    this.lastStatus = row.lastStatus
    this.lastMessage = row.lastMessage
    this.jobs = new JobBook(row)
  }

  take(beat: NewBeat): Recorded {
    this.isPassive = beat.kind !== 'check'
    this.durationMs = null
    const refusal = this.refusal(beat)
    if (beat.kind === 'push' && (refusal ?? 'paused') === 'paused')
      return this.answer(this.takePing(beat, refusal !== undefined))
    return this.answer(refusal ?? this.store(beat))
  }

  /** Starts, logs and what is ignored are taken down; only a finish is a beat. */
  private takePing(beat: PushBeat, isPaused: boolean): Recorded['outcome'] {
    if (isPaused && !beat.job?.isKeptWhenPaused) return 'paused'
    const signal = this.jobs.signalOf(beat, isPaused)
    const isBeat = signal === 'success' || signal === 'fail'
    const atUs = isBeat ? Math.max(beat.arrivedUs, this.machine.fenceUs + 1) : beat.arrivedUs
    this.durationMs = this.jobs.take(beat, signal, atUs)
    if (!isBeat) return isPaused ? 'ignored' : 'stored'
    const latencyUs = beat.latencyUs ?? latencyOf(this.durationMs)
    return this.store({ ...beat, latencyUs, isUp: signal === 'success' })
  }

  /** What pings left that were no beats; null when beats take it along, or there were none. */
  jobUpdate(): JobUpdate | null {
    const job = this.jobs.state
    if (!job || this.beats.length > 0) return null
    const { workspaceId, monitorId } = this.row
    const nextDueMs = this.jobs.startedMs === null ? null : this.deadlineMs()
    return { workspaceId, monitorId, job, nextDueMs }
  }

  /** What to write over the state row. To be asked only when a beat was stored. */
  update(): StateUpdate {
    const last = this.beats.at(-1)!
    return {
      workspaceId: this.row.workspaceId,
      monitorId: this.row.monitorId,
      status: MONITOR_STATUS[shownStatus(this.machine)],
      statusSinceMs: this.lastShown && Math.floor(this.lastShown.sinceUs / 1000),
      reason: this.lastShown?.reason ?? null,
      machine: this.machine,
      slotUs: last.slotUs,
      lastStatus: last.status,
      latencyUs: last.latencyUs,
      statusCode: last.statusCode,
      message: last.message,
      timings: last.timings,
      ring: appendToRing(
        Buffer.alloc(0),
        this.beats.map((b) => ({ ...b, atMs: Math.floor(b.slotUs / 1000) })),
      ),
      certificate: this.certificate,
      nextDueMs: this.nextDueMs(Math.floor(last.slotUs / 1000)),
      job: this.jobs.state,
    }
  }

  private jobAnswer(): Pick<Recorded, 'deadlineMs' | 'startedMs' | 'durationMs'> {
    const { durationMs } = this
    return { deadlineMs: this.deadlineMs(), startedMs: this.jobs.awaitedSinceMs, durationMs }
  }

  private refusal(beat: NewBeat): Recorded['outcome'] | undefined {
    if (this.row.isDeleted) return 'gone'
    if (beat.kind !== 'push' && beat.epoch !== this.row.ownerEpoch) return 'fenced'
    if (this.machine.isPaused) return 'paused'
    return beat.kind === 'push' ? undefined : this.lateness(beat)
  }

  private lateness(beat: CheckBeat | MissedBeat): Recorded['outcome'] | undefined {
    if (beat.kind === 'missed' && !this.isMissed(beat)) return 'notMissed'
    if (beat.kind === 'check' && beat.version !== this.row.version) return 'stale'
    return beat.slotUs <= this.machine.fenceUs ? 'stale' : undefined
  }

  /** The first push of a new or resumed monitor is waited for without end, unless it tells its start. */
  private isMissed(beat: MissedBeat): boolean {
    const deadlineMs = this.deadlineMs()
    const isHeardOf = this.machine.fenceUs > beat.unlessAfterUs
    return deadlineMs !== null && !isHeardOf && deadlineMs * 1000 <= beat.slotUs
  }

  private deadlineMs(): number | null {
    return this.jobs.deadlineMs(this.machine.lastBeat?.slotUs ?? null)
  }

  private store(beat: NewBeat): 'stored' {
    const result = resultOf(beat, this.machine.fenceUs)
    const { slotUs, verdict, message } = result
    const { state, effects } = step(
      this.machine,
      { kind: 'beat', slotUs, verdict, reason: message },
      rulesOf(this.row, this.isPassive, Math.floor(slotUs / 1000)),
    )
    if (beat.kind === 'missed') this.jobs.miss()
    const status = state.isInMaintenance ? HEARTBEAT_STATUS.MAINTENANCE : HEARTBEAT_STATUS[verdict]
    const { workspaceId, monitorId } = this.row
    if (beat.kind === 'check') this.keepFacts(beat.outcome, status, slotUs, message)
    this.beats.push({ ...result, workspaceId, monitorId, status })
    this.machine = state
    this.lastStatus = status
    this.lastMessage = message
    for (const effect of effects) if (effect.kind === 'shown') this.keepChange(effect)
    return 'stored'
  }

  /** Evidence is kept of the first bad answer of a run, and when the complaint changes. */
  private keepFacts(
    outcome: CheckOutcome,
    status: number,
    slotUs: number,
    message: string | null,
  ): void {
    if (outcome.certificate) this.certificate = outcome.certificate
    const isBad = status !== HEARTBEAT_STATUS.UP
    const wasBad = this.lastStatus !== null && this.lastStatus !== HEARTBEAT_STATUS.UP
    if (!outcome.evidence || !isBad || (wasBad && message === this.lastMessage)) return
    const { workspaceId, monitorId } = this.row
    this.evidence.push({ workspaceId, monitorId, slotUs, body: outcome.evidence })
  }

  private keepChange(effect: Extract<Effect, { kind: 'shown' }>): void {
    const { workspaceId, monitorId } = this.row
    this.lastShown = effect
    this.spans.push(spanChangeOf(workspaceId, monitorId, effect))
    this.changes.push(statusChangeOf(monitorId, effect))
  }

  private nextDueMs(slotMs: number): number {
    if (this.isPassive) return this.deadlineMs() ?? slotMs
    const { intervalMs } = rulesOf(this.row, this.isPassive)
    const retryMs = this.row.retryIntervalSeconds * 1000
    const grid = { monitorId: this.row.monitorId, intervalMs, retryMs }
    return nextSlot(grid, slotMs, isSuspect(this.machine))
  }

  private answer(outcome: Recorded['outcome']): Recorded {
    return {
      outcome,
      shown: shownStatus(this.machine),
      isSuspect: isSuspect(this.machine),
      fenceUs: this.machine.fenceUs,
      version: this.row.version,
      ...(this.isPassive && this.jobAnswer()),
    }
  }
}

const HIGHEST_LATENCY_MS = (2 ** 31 - 1) / 1000

/** The duration of a run is shown as its latency, where that can hold it. */
function latencyOf(durationMs: number | null): number | null {
  return durationMs !== null && durationMs <= HIGHEST_LATENCY_MS ? durationMs * 1000 : null
}

const NO_FACTS = { latencyUs: null, statusCode: null, timings: null }

function resultOf(beat: NewBeat, fenceUs: number): Result {
  if (beat.kind === 'missed')
    return { ...NO_FACTS, slotUs: beat.slotUs, verdict: 'DOWN', message: beat.message }
  if (beat.kind === 'push') {
    const { latencyUs, isUp, message } = beat
    const slotUs = Math.max(beat.arrivedUs, fenceUs + 1)
    return { ...NO_FACTS, slotUs, verdict: isUp ? 'UP' : 'DOWN', latencyUs, message }
  }
  const { verdict, latencyUs, statusCode, message, timings: t } = beat.outcome
  const timings = t && [t.dns, t.connect, t.tls, t.firstByte, t.download, t.total]
  return { slotUs: beat.slotUs, verdict, latencyUs, statusCode, timings, message }
}
