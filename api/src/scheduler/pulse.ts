import type { Clock } from '../lib/clock.ts'

const BEAT_MS = 250
const LONGEST_SILENCE_MS = 3_000
/** Shorter delays are everyday life of a busy process. */
const NOTABLE_STALL_MS = 100
const MOST_STALLS = 200

/**
 * Notices that this process did not run for a while: stopped, swapped out, or its machine asleep (then only the
 * wall clock shows it). What was measured across such a gap says nothing about anyone else.
 */
export class Pulse {
  private cancel: (() => void) | undefined
  private last = { monotonic: 0, wall: 0 }
  private stalls: { atMs: number; lostMs: number }[] = []

  constructor(
    private readonly clock: Clock,
    private readonly onGap: (lostMs: number) => void,
  ) {}

  start(): void {
    this.last = { monotonic: this.clock.monotonic(), wall: this.clock.now() }
    this.schedule()
  }

  stop(): void {
    this.cancel?.()
  }

  /** Looks at the clocks now; true when a gap has just been found. */
  feel(): boolean {
    const now = { monotonic: this.clock.monotonic(), wall: this.clock.now() }
    const lostMs =
      Math.max(now.monotonic - this.last.monotonic, now.wall - this.last.wall) - BEAT_MS
    this.last = now
    if (lostMs > NOTABLE_STALL_MS)
      this.stalls = [...this.stalls, { atMs: now.monotonic, lostMs }].slice(-MOST_STALLS)
    if (lostMs < LONGEST_SILENCE_MS) return false
    this.onGap(lostMs)
    return true
  }

  /** For how many ms this process did not get to run since a moment on the monotonic clock. */
  stalledSince(sinceMs: number): number {
    return this.stalls.reduce((sum, { atMs, lostMs }) => sum + (atMs > sinceMs ? lostMs : 0), 0)
  }

  private schedule(): void {
    this.cancel = this.clock.after(BEAT_MS, () => {
      this.feel()
      this.schedule()
    })
  }
}
