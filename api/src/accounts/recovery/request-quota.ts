import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { addressPrefix } from '../throttle/address-prefix.ts'

const WINDOW_MS = 900_000
const MOST_OF_ACCOUNT = 3
const MOST_OF_NEIGHBOURS = 20
const MOST_REMEMBERED = 50_000

interface Count {
  from: number
  used: number
}

/**
 * How many letters may be asked for in a quarter of an hour: for one account, so that nobody's inbox is flooded, and
 * from one neighbourhood. It counts what is asked, known or not.
 */
export class RequestQuota {
  private readonly counts = new Map<string, Count>()

  constructor(private readonly options: { clock: Clock }) {}

  /** Throws LIMIT with the seconds until one may ask again. */
  take(account: string, ipAddress: string): void {
    const asked = [
      { key: `account ${account}`, most: MOST_OF_ACCOUNT },
      { key: `neighbours ${addressPrefix(ipAddress)}`, most: MOST_OF_NEIGHBOURS },
    ]
    const now = this.options.clock.monotonic()
    for (const { key, most } of asked) {
      const count = this.countOf(key, now)
      if (count.used >= most) throw tooOften(count.from + WINDOW_MS - now)
    }
    for (const { key } of asked) this.countOf(key, now).used++
  }

  private countOf(key: string, now: number): Count {
    const known = this.counts.get(key)
    if (known && now - known.from < WINDOW_MS) return known
    if (this.counts.size >= MOST_REMEMBERED) this.counts.clear()
    const count = { from: now, used: 0 }
    this.counts.set(key, count)
    return count
  }
}

function tooOften(waitMs: number): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1_000))
  return new AppError('LIMIT', 'Too many letters were asked for; try again later.', {
    retryAfterSeconds,
  })
}
