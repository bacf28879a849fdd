import type { Clock } from '../../lib/clock.ts'
import { BUDGET } from './limits.ts'

export interface Spent {
  /** What this operation costs. */
  requested: number
  /** What is left. */
  remaining: number
  /** When the budget is full again, ISO 8601. */
  resetAt: string
}

export interface Bill extends Spent {
  /** How long to wait until there is enough, seconds; 0: it was enough. */
  waitSeconds: number
}

interface Account {
  left: number
  /** Monotonic ms: a clock that is set must not fill or empty a bucket. */
  at: number
}

const MOST_ACCOUNTS = 100_000

/** What each actor may spend: a bucket that refills. */
export class Budget {
  private readonly accounts = new Map<string, Account>()

  constructor(private readonly clock: Clock) {}

  /** Takes the cost from the actor's budget; takes nothing when there is not enough, and says how long to wait. */
  spend(actor: string, cost: number): Bill {
    const at = this.clock.monotonic()
    const before = this.accounts.get(actor) ?? { left: BUDGET.most, at }
    const refilled = ((at - before.at) / 1000) * BUDGET.refillPerSecond
    const filled = Math.min(BUDGET.most, before.left + refilled)
    const isEnough = cost <= filled
    const left = isEnough ? filled - cost : filled
    if (this.accounts.size >= MOST_ACCOUNTS) this.accounts.clear()
    this.accounts.set(actor, { left, at })
    const fullInMs = ((BUDGET.most - left) / BUDGET.refillPerSecond) * 1000
    return {
      requested: cost,
      remaining: Math.floor(left),
      resetAt: new Date(this.clock.now() + fullInMs).toISOString(),
      waitSeconds: isEnough ? 0 : Math.ceil((cost - filled) / BUDGET.refillPerSecond),
    }
  }
}
