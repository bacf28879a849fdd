import { ManualClock } from '../src/lib/manual-clock.ts'

/** A manual clock whose faces can also be moved without firing timers, as when a process is stopped. */
export class FreezableClock extends ManualClock {
  private frozenMs = 0
  private asleepMs = 0

  override monotonic(): number {
    return super.monotonic() + this.frozenMs
  }

  override now(): number {
    return super.now() + this.frozenMs + this.asleepMs
  }

  /** The process stands still while time goes on. */
  freeze(ms: number): void {
    this.frozenMs += ms
  }

  /** The machine sleeps, or its clock is set: only the wall clock moves. */
  sleep(ms: number): void {
    this.asleepMs += ms
  }
}
