import { AppError } from '../../lib/app-error.ts'

const AT_ONCE = 2
const MOST_WAITING = 32
const RETRY_SECONDS = 2

/** Password hashes take memory and a core each: few at once, and a short queue. */
export class HashQueue {
  private running = 0
  private readonly waiting: (() => void)[] = []

  /** Throws LIMIT when too many wait already. */
  async run<T>(hash: () => Promise<T>): Promise<T> {
    await this.turn()
    try {
      return await hash()
    } finally {
      this.leave()
    }
  }

  private async turn(): Promise<void> {
    if (this.running < AT_ONCE) return void this.running++
    if (this.waiting.length >= MOST_WAITING)
      throw new AppError('LIMIT', 'Too many are signing in at once; try again in a moment.', {
        retryAfterSeconds: RETRY_SECONDS,
      })
    await new Promise<void>((go) => this.waiting.push(go))
  }

  /** The place goes to who waits; nobody who comes just now slips in before. */
  private leave(): void {
    const next = this.waiting.shift()
    if (next) next()
    else this.running--
  }
}
