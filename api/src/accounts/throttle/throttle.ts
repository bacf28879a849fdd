/** Who tries something that can be guessed. */
export interface Attempter {
  /** Whose secret it is; absent: only the address counts. */
  account?: string
  ipAddress: string
}

/** Slows guessing down. */
export class Throttle {
  attempt<T>(_who: Attempter, run: () => Promise<T>): Promise<T> {
    return run()
  }
}
