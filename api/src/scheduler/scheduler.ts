import type { CheckOutcome, CheckRequest } from '../checks/index.ts'
import type { Database } from '../db/index.ts'
import type { EventHub } from '../events/index.ts'
import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import type { Recorder, WatchedMonitor, WatchList } from '../monitors/index.ts'
import { ChangeFeed } from './change-feed.ts'
import { fairShare, surplus } from './shares.ts'
import { LIVENESS_LOCK, type Seat, takeSeat } from './seat.ts'
import { WorkFloor } from './work-floor.ts'

const TICK_MS = 500
const TICKS_PER_BALANCE = 10
const CLAIM_BATCH = 1_000
const HEALTHY_FOR_MS = 5_000

export interface SchedulerOptions {
  database: Database
  watchList: WatchList
  recorder: Recorder
  hub: EventHub
  /** Performs a check; must not throw. */
  check: (request: CheckRequest) => Promise<CheckOutcome>
  clock: Clock
  log: Log
  /** How many checks may run at once. */
  concurrency: number
  /** Whose changes are heard from the start, before a monitor of theirs is owned. */
  workspaceIds: readonly string[]
}

/**
 * One worker. It owns monitors for long and checks each on its own grid; a monitor has one owner at a time.
 * A tick, twice a second:
 * 1. take a seat when there is none: a new epoch, alive as long as its advisory lock is held;
 * 2. read the census: which epochs own monitors, which live, whether something is unowned;
 * 3. claim what is unowned or belongs to the dead, up to a fair share; others do the same, rows are skipped
 *    when locked;
 * 4. now and then give back what is more than a fair share.
 * The rest is the work floor's: heap, timer, checks, recording.
 */
export class Scheduler {
  private readonly floor: WorkFloor
  private readonly changes: ChangeFeed
  private seat: Seat | undefined
  private cancelTick: (() => void) | undefined
  private ticking: Promise<void> | undefined
  private isTickWanted = false
  private isStopped = true
  private ticks = 0
  private lastTickAt = -Infinity

  constructor(private readonly options: SchedulerOptions) {
    this.floor = new WorkFloor({ ...options, onOutdated: (m) => this.changes.touch(m) })
    this.changes = new ChangeFeed({
      ...options,
      ownedIn: (workspaceId) => this.floor.ownedIn(workspaceId),
      reload: (monitors) => this.reload(monitors),
    })
  }

  /** Begins to claim and to check. */
  start(): void {
    this.isStopped = false
    this.floor.start()
    for (const workspaceId of this.options.workspaceIds) this.changes.follow(workspaceId)
    this.tickNow()
  }

  /** Begins nothing new, lets running checks end and be recorded within `patienceMs`, and leaves. */
  async stop(patienceMs: number): Promise<void> {
    this.isStopped = true
    this.cancelTick?.()
    this.changes.stop()
    await this.ticking
    await this.floor.drain(patienceMs)
    await this.seat?.leave()
    this.seat = undefined
  }

  /** Looks for unowned monitors now instead of at the next tick. */
  wake(): void {
    this.tickNow()
  }

  /** Whether this worker is seated and has looked at the census within the last five seconds. */
  get isHealthy(): boolean {
    return !!this.seat && this.options.clock.monotonic() - this.lastTickAt < HEALTHY_FOR_MS
  }

  /** Owned monitors, checks that run, and checks that wait for a free place. */
  get figures(): { owned: number; running: number; queued: number } {
    return this.floor.figures
  }

  private tickNow(): void {
    if (this.isStopped) return
    this.isTickWanted = true
    this.ticking ??= this.tickWhileWanted().finally(() => {
      this.ticking = undefined
      this.scheduleTick()
    })
  }

  private scheduleTick(): void {
    this.cancelTick?.()
    if (this.isStopped) return
    if (this.isTickWanted) return this.tickNow()
    this.cancelTick = this.options.clock.after(TICK_MS, () => this.tickNow())
  }

  private async tickWhileWanted(): Promise<void> {
    while (this.isTickWanted && !this.isStopped) {
      this.isTickWanted = false
      try {
        await this.tick()
        this.lastTickAt = this.options.clock.monotonic()
      } catch (error) {
        this.options.log.warn({ err: error }, 'The scheduler could not look for work')
        return
      }
    }
  }

  private async tick(): Promise<void> {
    const seat = (this.seat ??= await this.sit())
    const { owners, hasUnowned, living } = await this.options.watchList.census(LIVENESS_LOCK)
    if (!living.includes(seat.epoch)) return this.stand(seat)
    const dead = owners.filter((epoch) => !living.includes(epoch))
    if (hasUnowned || dead.length) await this.claim(seat, dead, living)
    if (living.length > 1 && ++this.ticks % TICKS_PER_BALANCE === 0)
      await this.balance(seat, living)
  }

  private async sit(): Promise<Seat> {
    const seat = await takeSeat(this.options.database, this.options.clock)
    void seat.lost.then(() => this.stand(seat))
    this.options.log.info({ epoch: seat.epoch }, 'The scheduler has taken its seat')
    return seat
  }

  /** The lock is gone: whatever this worker owned may be another's by now. */
  private stand(seat: Seat): void {
    if (this.seat !== seat || this.isStopped) return
    this.options.log.warn({ epoch: seat.epoch }, 'The scheduler has lost its seat')
    this.seat = undefined
    this.floor.clear()
    seat.leave().catch(() => undefined)
    this.tickNow()
  }

  private async claim(seat: Seat, dead: number[], living: number[]): Promise<void> {
    let room = await this.room(seat, living)
    while (room > 0 && this.seat === seat) {
      const wanted = Math.min(room, CLAIM_BATCH)
      const claimed = await this.options.watchList.claim(seat.epoch, dead, wanted)
      await this.admit(seat, claimed)
      if (claimed.length < wanted) return
      room -= claimed.length
    }
  }

  private async room(seat: Seat, living: number[]): Promise<number> {
    if (living.length === 1) return Infinity
    const { byEpoch, total } = await this.options.watchList.shares()
    return fairShare(total, living.length) - (byEpoch.get(seat.epoch) ?? 0)
  }

  private async admit(seat: Seat, claimed: WatchedMonitor[]): Promise<void> {
    const postponed = this.floor.admit(seat.epoch, claimed)
    for (const workspaceId of new Set(claimed.map((m) => m.workspaceId)))
      this.changes.follow(workspaceId)
    await this.options.watchList.postpone(seat.epoch, postponed)
  }

  private async balance(seat: Seat, living: number[]): Promise<void> {
    const { byEpoch } = await this.options.watchList.shares()
    const given = this.floor.giveUp(surplus(byEpoch, seat.epoch, living.length))
    if (given.length) await this.options.watchList.release(seat.epoch, given)
  }

  private async reload(monitors: { workspaceId: string; monitorId: string }[]): Promise<void> {
    const { seat } = this
    if (!seat) return
    const owned = monitors.filter((m) => this.floor.has(m.monitorId))
    if (owned.length < monitors.length) this.tickNow()
    if (!owned.length) return
    const fresh = await this.options.watchList.reload(seat.epoch, owned)
    if (this.seat === seat) this.floor.refresh(seat.epoch, owned, fresh)
  }
}
