import ipaddr from 'ipaddr.js'
import type { Clock } from '../lib/clock.ts'

export interface Toll {
  isAllowed: boolean
  limit: number
  /** How many more there may be in this window. */
  remaining: number
  /** Until the window ends. */
  resetSeconds: number
}

const WINDOW_MS = 60_000
const MOST_KEYS = 100_000

/** How often somebody may come to one door in a minute, in this process. */
export class DoorLimit {
  private counts = new Map<string, number>()
  private window = -1

  constructor(
    readonly perMinute: number,
    private readonly clock: Pick<Clock, 'monotonic'>,
  ) {}

  /** Counts one more. */
  take(key: string): Toll {
    const now = this.clock.monotonic()
    this.turn(Math.floor(now / WINDOW_MS))
    const count = (this.counts.get(key) ?? 0) + 1
    // Who makes up more keys than that gets no memory of ours for them.
    if (count > 1 || this.counts.size < MOST_KEYS) this.counts.set(key, count)
    return {
      isAllowed: count <= this.perMinute,
      limit: this.perMinute,
      remaining: Math.max(0, this.perMinute - count),
      resetSeconds: Math.max(1, Math.ceil(((this.window + 1) * WINDOW_MS - now) / 1000)),
    }
  }

  private turn(window: number): void {
    if (window === this.window) return
    this.window = window
    this.counts = new Map()
  }
}

const BYTES_OF_A_HOME = 8

/** Whose address it is: with IPv6 everybody has a whole /64 to come from. */
export function neighbourhood(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address
  const bytes = ipaddr.IPv6.parse(address).toByteArray().slice(0, BYTES_OF_A_HOME)
  return Buffer.from(bytes).toString('hex')
}
