import { AppError } from '../../lib/app-error.ts'

const AT_ONCE = 2
const MOST_WAITING = 32

/** Password hashes take memory and a core each: few at once, and a short queue. */
export class HashQueue {
  private running = 0
  private readonly waiting: (() => void)[] = []

  /** Throws LIMIT when too many wait already. */
  async run<T>(hash: () => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE) await this.turn()
    this.running++
    try {
      return await hash()
    } finally {
      this.running--
      this.waiting.shift()?.()
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= MOST_WAITING)
      throw new AppError('LIMIT', 'Too many are signing in at once; try again in a moment.', {
        retryAfterSeconds: 2,
      })
    return new Promise((go) => this.waiting.push(go))
  }
}
