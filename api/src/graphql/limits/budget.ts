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

interface Account {
  left: number
  at: number
}

const MOST_ACCOUNTS = 100_000

/** What each actor may spend: a bucket that refills. */
export class Budget {
  private readonly accounts = new Map<string, Account>()

  constructor(private readonly clock: Clock) {}

  /** Takes the cost from the actor's budget; `isExceeded` when there is not enough, and then takes nothing. */
  spend(actor: string, cost: number): Spent & { isExceeded: boolean } {
    const now = this.clock.now()
    const { left, at } = this.accounts.get(actor) ?? { left: BUDGET.most, at: now }
    const filled = Math.min(BUDGET.most, left + ((now - at) / 1000) * BUDGET.refillPerSecond)
    const isExceeded = cost > filled
    const remaining = isExceeded ? filled : filled - cost
    if (this.accounts.size >= MOST_ACCOUNTS) this.accounts.clear()
    this.accounts.set(actor, { left: remaining, at: now })
    const resetAt = new Date(
      now + ((BUDGET.most - remaining) / BUDGET.refillPerSecond) * 1000,
    ).toISOString()
    return { requested: cost, remaining: Math.floor(remaining), resetAt, isExceeded }
  }
}
