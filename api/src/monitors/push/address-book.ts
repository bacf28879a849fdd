import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { isDatabaseAway } from '../recording/database-away.ts'

/** An address may be taken away: other processes notice within this time. */
const FRESH_MS = 1_000
const MOST_REMEMBERED = 50_000
/** Look-ups of unknown addresses at once; who guesses must not fill the memory. */
const MOST_LOOK_UPS = 1_000

interface Remembered<T> {
  found: T
  atMs: number
}

/** Remembers where secret addresses lead. What is unknown is not remembered. */
export class AddressBook<T> {
  private readonly known = new Map<string, Remembered<T>>()
  private readonly lookingUp = new Map<string, Promise<T | undefined>>()

  constructor(
    private readonly lookUp: (key: string) => Promise<T | undefined>,
    private readonly clock: Pick<Clock, 'monotonic'>,
  ) {}

  /** Throws UNAVAILABLE while the database is away and the address was never heard of. */
  async find(key: string): Promise<T | undefined> {
    const known = this.known.get(key)
    if (known && this.clock.monotonic() - known.atMs < FRESH_MS) return known.found
    if (!known && this.lookingUp.size >= MOST_LOOK_UPS) throw comeAgain()
    try {
      return await this.search(key)
    } catch (error) {
      if (!isDatabaseAway(error)) throw error
      if (known) return known.found
      throw comeAgain()
    }
  }

  forget(key: string): void {
    this.known.delete(key)
  }

  private search(key: string): Promise<T | undefined> {
    const running = this.lookingUp.get(key)
    if (running) return running
    const search = this.ask(key).finally(() => this.lookingUp.delete(key))
    this.lookingUp.set(key, search)
    return search
  }

  private async ask(key: string): Promise<T | undefined> {
    const found = await this.lookUp(key)
    if (found === undefined) this.known.delete(key)
    else this.remember(key, found)
    return found
  }

  private remember(key: string, found: T): void {
    if (this.known.size >= MOST_REMEMBERED) this.known.clear()
    this.known.set(key, { found, atMs: this.clock.monotonic() })
  }
}

export function comeAgain(): AppError {
  return new AppError('UNAVAILABLE', 'The push could not be stored now; send it again.', {
    retryAfterSeconds: 5,
  })
}
