import type { CheckOutcome, CheckRequest } from '../checks/index.ts'
import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import type { Recorded, Recorder, WatchedMonitor } from '../monitors/index.ts'
import { Agenda } from './agenda.ts'
import { CheckQueue } from './check-queue.ts'
import { type Plan, planFirst, planNext } from './planning.ts'
import { Pulse } from './pulse.ts'
import { waitAnew, waitUntil, wasPutOff } from './push-deadline.ts'
import { missedMessageOf } from './texts.ts'
import { type Work, mayChangeStatus, newWork, unseen } from './work.ts'

/** The part of a check's time that a stall of ours may take before its bad result is in doubt. */
const SPOILING_SHARE = 0.25

interface Place {
  workspaceId: string
  monitorId: string
}

export interface WorkFloorOptions {
  recorder: Recorder
  check: (request: CheckRequest) => Promise<CheckOutcome>
  clock: Clock
  log: Log
  concurrency: number
  /** A monitor's settings are newer than those known here. */
  onOutdated: (monitor: WatchedMonitor) => void
}

/**
 * The monitors that this worker owns, and their checks: due -> check -> record -> due again.
 * After a gap in this process's life, results of checks that ran across it are UNKNOWN, what was missed is
 * checked at its next place on the grid, and pushes are waited for anew.
 */
export class WorkFloor {
  private readonly works = new Map<string, Work>()
  private readonly agenda: Agenda<Work>
  private readonly queue: CheckQueue<Work>
  private readonly pulse: Pulse
  private readonly recordings = new Set<Promise<void>>()
  private epoch = 0

  constructor(private readonly options: WorkFloorOptions) {
    this.agenda = new Agenda(options.clock, (work) => this.fall(work))
    this.queue = new CheckQueue(options.concurrency, (work) => this.run(work))
    this.pulse = new Pulse(options.clock, (lostMs) => this.afterGap(lostMs))
  }

  start(): void {
    this.pulse.start()
  }

  has(monitorId: string): boolean {
    return this.works.has(monitorId)
  }

  ownedIn(workspaceId: string): Place[] {
    return this.monitors().filter((m) => m.workspaceId === workspaceId)
  }

  get figures(): { owned: number; running: number; queued: number } {
    return { owned: this.works.size, running: this.queue.running, queued: this.queue.queued }
  }

  /** Takes claimed monitors in. Answers the pushes whose deadline moved, because we were away before. */
  admit(epoch: number, claimed: readonly WatchedMonitor[]): (Place & { dueMs: number })[] {
    this.epoch = epoch
    return claimed.flatMap((monitor) => {
      const work = newWork(monitor)
      this.works.set(monitor.monitorId, work)
      if (monitor.isPaused) return []
      if (monitor.isPassive) return this.awaitPush(work)
      this.plan(work, planFirst(monitor, monitor.dueMs, monitor.fenceUs / 1000, this.now()))
      return []
    })
  }

  /** Takes over new settings: edited and resumed monitors are checked at once, vanished ones forgotten. */
  refresh(epoch: number, asked: readonly Place[], fresh: readonly WatchedMonitor[]): void {
    this.epoch = epoch
    const byId = new Map(fresh.map((m) => [m.monitorId, m]))
    for (const { monitorId } of asked) {
      const work = this.works.get(monitorId)
      const monitor = byId.get(monitorId)
      if (!work) continue
      if (!monitor) this.forget(monitorId)
      else if (monitor.version !== work.monitor.version) this.replace(work, monitor)
      else if (monitor.isPassive) this.followRun(work, monitor)
    }
  }

  /** Picks monitors to give back: those whose check is furthest away, never a running one. */
  giveUp(count: number): Place[] {
    const idle = [...this.works.values()].filter((w) => !w.isRunning)
    const given = idle.sort((a, b) => b.slotMs - a.slotMs).slice(0, Math.max(0, count))
    for (const { monitor } of given) this.forget(monitor.monitorId)
    return given.map((w) => w.monitor)
  }

  /** Forgets everything; results of running checks are recorded if they still may. */
  clear(): void {
    this.agenda.clear()
    this.queue.clear()
    this.works.clear()
  }

  /** Begins nothing new and waits until running checks have ended, at most so long. */
  async drain(patienceMs: number): Promise<void> {
    this.pulse.stop()
    this.clear()
    const done = this.queue.idle().then(() => Promise.allSettled(this.recordings))
    let cancel = (): void => undefined
    const patience = new Promise<void>((resolve) => {
      cancel = this.options.clock.after(patienceMs, resolve)
    })
    await Promise.race([done, patience])
    cancel()
  }

  private monitors(): WatchedMonitor[] {
    return [...this.works.values()].map((work) => work.monitor)
  }

  private now(): number {
    return this.options.clock.now()
  }

  private plan(work: Work, { inMs, slotMs }: Plan): void {
    work.slotMs = slotMs
    this.agenda.set(work.monitor.monitorId, inMs, work)
  }

  private forget(monitorId: string): void {
    this.works.delete(monitorId)
    this.agenda.delete(monitorId)
  }

  private replace(work: Work, monitor: WatchedMonitor): void {
    work.monitor = monitor
    work.isEdited = true
    if (!work.isRunning) this.planAfterEdit(work)
  }

  private planAfterEdit(work: Work): void {
    const { monitor } = work
    work.isEdited = false
    if (monitor.isPaused) return this.agenda.delete(monitor.monitorId)
    const now = this.now()
    if (monitor.isPassive) return this.plan(work, waitAnew(monitor, now))
    this.plan(work, planFirst(monitor, null, monitor.fenceUs / 1000, now))
  }

  /**
   * A push that could have come while nobody listened is waited for once more; but not again and again by
   * restarts, so a deadline that was moved before and is still to come stays.
   */
  private awaitPush(work: Work): (Place & { dueMs: number })[] {
    const { workspaceId, monitorId, lastBeatMs, startedMs, dueMs } = work.monitor
    const now = this.now()
    if (dueMs !== null && dueMs > now && wasPutOff(work.monitor)) {
      this.plan(work, waitUntil(work.monitor, dueMs, now))
      return []
    }
    const plan = waitAnew(work.monitor, now)
    this.plan(work, plan)
    const isAwaited = lastBeatMs !== null || typeof startedMs === 'number'
    return isAwaited ? [{ workspaceId, monitorId, dueMs: now + plan.inMs }] : []
  }

  /** A run has told its start: its finish may be due sooner than the next by the schedule. */
  private followRun(work: Work, { startedMs, dueMs, fenceUs, lastBeatMs }: WatchedMonitor): void {
    // Without one, what was read may be older than what we have put off since.
    if (startedMs === work.monitor.startedMs) return
    Object.assign(work.monitor, { startedMs, dueMs, fenceUs, lastBeatMs })
    if (work.isRunning || work.monitor.isPaused || dueMs === null) return
    this.plan(work, waitUntil(work.monitor, dueMs, this.now()))
  }

  private afterGap(lostMs: number): void {
    this.options.log.warn({ lostMs: Math.round(lostMs) }, 'This process stood still')
    for (const work of this.queue.clear()) work.isRunning = false
    const now = this.now()
    for (const work of this.works.values()) {
      const { monitor } = work
      work.isTainted = work.isRunning
      if (work.isRunning || monitor.isPaused) continue
      if (monitor.isPassive) this.plan(work, waitAnew(monitor, now))
      else this.plan(work, planFirst(monitor, work.slotMs, monitor.fenceUs / 1000, now))
    }
  }

  /** Something is due. A gap is looked for first: its timers fire all at once. */
  private fall(work: Work): void {
    if (this.pulse.feel() || work.isRunning) return
    work.isRunning = true
    if (work.monitor.isPassive) this.record(work, () => this.miss(work))
    else this.queue.add(work)
  }

  private async run(work: Work): Promise<void> {
    const { monitor, slotMs } = work
    const { epoch } = this
    const startedAt = this.options.clock.monotonic()
    const outcome = await this.options.check(monitor)
    this.pulse.feel()
    const seen = this.isSpoiled(work, outcome, startedAt) ? unseen() : outcome
    const { workspaceId, monitorId, version } = monitor
    const place = { workspaceId, monitorId, epoch, version, slotUs: slotMs * 1000 }
    const isUrgent = mayChangeStatus(monitor, seen.verdict)
    // Not awaited: the place is free for the next check while this result is on its way to the disk.
    this.record(work, () =>
      this.options.recorder.record({ kind: 'check', ...place, outcome: seen }, isUrgent),
    )
  }

  /** A bad result says nothing when it was this process that kept the target waiting. */
  private isSpoiled(work: Work, outcome: CheckOutcome, startedAt: number): boolean {
    if (work.isTainted) return true
    if (outcome.verdict === 'UP') return false
    return this.pulse.stalledSince(startedAt) > work.monitor.timeoutMs * SPOILING_SHARE
  }

  private miss(work: Work): Promise<Recorded> {
    const { workspaceId, monitorId, fenceUs } = work.monitor
    const slotUs = work.slotMs * 1000
    const place = { workspaceId, monitorId, epoch: this.epoch, slotUs, unlessAfterUs: fenceUs }
    const message = missedMessageOf(work.monitor)
    return this.options.recorder.record({ kind: 'missed', ...place, message }, true)
  }

  private record(work: Work, store: () => Promise<Recorded>): void {
    const recording = this.finish(work, store).finally(() => this.recordings.delete(recording))
    this.recordings.add(recording)
  }

  private async finish(work: Work, store: () => Promise<Recorded>): Promise<void> {
    const { monitor } = work
    const recorded = await store().catch((error: unknown) => {
      this.options.log.debug({ err: error }, 'A result was not recorded')
      return undefined
    })
    work.isRunning = false
    work.isTainted = false
    if (this.works.get(monitor.monitorId) !== work) return
    if (work.isEdited) return this.planAfterEdit(work)
    if (recorded) this.learn(work, recorded)
    else this.planAfter(work)
  }

  private learn(work: Work, recorded: Recorded): void {
    const { monitor } = work
    const { outcome, shown, isSuspect, fenceUs, version } = recorded
    if (outcome === 'gone' || outcome === 'fenced') return this.forget(monitor.monitorId)
    Object.assign(monitor, { shown, isSuspect, fenceUs })
    if (monitor.isPassive) {
      monitor.dueMs = recorded.deadlineMs ?? null
      monitor.startedMs = recorded.startedMs ?? null
    }
    if (outcome === 'paused' || version !== monitor.version) this.options.onOutdated(monitor)
    if (outcome !== 'paused') this.planAfter(work)
  }

  private planAfter(work: Work): void {
    const { monitor, slotMs } = work
    const now = this.now()
    const fenceMs = monitor.fenceUs / 1000
    if (monitor.isPassive) this.plan(work, waitUntil(monitor, monitor.dueMs, now))
    else this.plan(work, planNext(monitor, slotMs, monitor.isSuspect, fenceMs, now))
  }
}
