import { AppError } from '../lib/app-error.ts'

/** Serialization failure and deadlock: nothing happened, once more is safe. */
const LOST_RACE = new Set(['40001', '40P01'])

/** The server is not there, is starting, or is going. */
const AWAY = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['57P01', '57P02', '57P03', '08000', '08003', '08006', '25P03'],
])
/** What `pg` says without a code. */
const AWAY_MESSAGE =
  /^Connection terminated|^timeout exceeded when trying to connect|^Client has encountered a connection error|connection error and is not queryable/

const codeOf = (error: unknown): string => String((error as { code?: unknown } | undefined)?.code)

export const isLostRace = (error: unknown): boolean => LOST_RACE.has(codeOf(error))

/** Whether an error says that the database is not to be reached at this moment. */
export function isAway(error: unknown): boolean {
  if (AWAY.has(codeOf(error))) return true
  if (!(error instanceof Error)) return false
  // TypeORM takes a runner away from its user when the connection breaks.
  return error.name === 'QueryRunnerAlreadyReleasedError' || AWAY_MESSAGE.test(error.message)
}

/** What callers get to see of an error: UNAVAILABLE, with the error as its cause, when the database is away. */
export function presentTrouble(error: unknown): unknown {
  if (!isAway(error)) return error
  const shown = new AppError(
    'UNAVAILABLE',
    'The database does not answer at this moment. Try again.',
  )
  return Object.assign(shown, { cause: error })
}

/** Tries again for a while as long as the database is away. */
export async function outlast<T>(patienceMs: number, run: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + patienceMs; ;) {
    try {
      return await run()
    } catch (error) {
      if (!isAway(error) || Date.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
