import { createHash } from 'node:crypto'
import type { Database } from '../../db/index.ts'
import type { SqlRunner } from '../../events/index.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { addressPrefix } from './address-prefix.ts'

/** Who tries something that can be guessed. */
export interface Attempter {
  /** Whose secret it is; absent: only the address counts. */
  account?: string
  ipAddress: string
}

/** How a try went; `void`: it came to nothing by no fault of who tried. */
type Outcome = 'right' | 'wrong' | 'void'

/** Tries without a delay: for one account from one neighbourhood, and for a whole neighbourhood. */
const FREE = { account: 5, neighbours: 50 } as const
const LONGEST_DELAY_SECONDS = 300
const FORGOTTEN_AFTER_MS = 3_600_000
const CLEANING_MS = 60_000

/**
 * One statement takes a try off each key, in the same order for everybody; a key that is not free yet gives no row.
 * $1 keys, $2 free tries of each, $3 now, $4 what is forgotten is older than this, $5 the longest delay.
 */
const RESERVE = `
insert into throttle as t (key, failures, last_at, free_at)
select k.key, 1, $3::timestamptz, $3::timestamptz
  from unnest($1::text[], $2::int[]) as k (key, free) order by k.key
on conflict (key) do update set
  failures = case when t.last_at < $4::timestamptz then 1 else t.failures + 1 end,
  last_at = $3::timestamptz,
  free_at = case when t.last_at < $4::timestamptz then $3::timestamptz else $3::timestamptz + make_interval(secs =>
    case when t.failures + 1 < ($2::int[])[array_position($1::text[], t.key)] then 0
         else least($5::float8, power(2, least(30, t.failures + 1 - ($2::int[])[array_position($1::text[], t.key)])))
    end) end
where t.free_at <= $3::timestamptz
returning t.key`

/** A try that was no guess: as if it had not been. */
const GIVE_BACK = `
update throttle set failures = greatest(0, failures - 1),
       free_at = case when last_at = $2::timestamptz then least(free_at, $2::timestamptz) else free_at end
 where key = any($1::text[])`

const CLEAN = `
delete from throttle where key in
  (select key from throttle where last_at < $1::timestamptz limit 1000 for update skip locked)`

/**
 * Slows guessing down, for all processes together, and locks nobody out.
 * 1. Each try is taken off before its work begins, so that tries at the same time count too.
 * 2. Who has used up the free tries waits 1 s, then twice as long each time, at most 5 minutes.
 * 3. A right try wipes out what its account has failed from there; one that broke counts as none.
 */
export class Throttle {
  private cleanedAt = -Infinity

  constructor(
    private readonly options: { database: Pick<Database, 'work' | 'worker'>; clock: Clock },
  ) {}

  /**
   * Throws LIMIT with `retryAfterSeconds` before any work is done. `run` has guessed wrong when it throws INVALID or
   * UNAUTHENTICATED.
   */
  async attempt<T>(who: Attempter, run: () => Promise<T>): Promise<T> {
    const keys = keysOf(who)
    const at = new Date(this.options.clock.now())
    await this.reserve(keys, at)
    try {
      const result = await run()
      await this.settle(keys, at, 'right')
      return result
    } catch (error) {
      const isWrong =
        error instanceof AppError && (error.code === 'INVALID' || error.code === 'UNAUTHENTICATED')
      if (!isWrong) await this.settle(keys, at, 'void')
      throw error
    }
  }

  private async reserve(keys: Keys, at: Date): Promise<void> {
    const { database, clock } = this.options
    const old = new Date(at.getTime() - FORGOTTEN_AFTER_MS)
    if (clock.monotonic() - this.cleanedAt > CLEANING_MS) {
      this.cleanedAt = clock.monotonic()
      await database.worker.query(CLEAN, [old.toISOString()])
    }
    const { names, free } = inOrder(keys)
    const given = [names, free, at.toISOString(), old.toISOString(), LONGEST_DELAY_SECONDS]
    await database.work(async (runner) => {
      const taken = (await runner.query(RESERVE, given)) as { key: string }[]
      if (taken.length < names.length) throw await tooOften(runner, names, at)
    })
  }

  private async settle({ account, neighbours }: Keys, at: Date, outcome: Outcome): Promise<void> {
    const { worker } = this.options.database
    const isVoid = outcome === 'void'
    if (account && !isVoid) await worker.query('delete from throttle where key = $1', [account])
    const back = [neighbours, ...(account && isVoid ? [account] : [])]
    await worker.query(GIVE_BACK, [back, at.toISOString()])
  }
}

interface Keys {
  account: string | undefined
  neighbours: string
}

/** Hashed: the table shows neither addresses nor e-mails. */
function keysOf({ account, ipAddress }: Attempter): Keys {
  const neighbours = addressPrefix(ipAddress)
  return {
    account: account === undefined ? undefined : digest(`account\0${account}\0${neighbours}`),
    neighbours: digest(`neighbours\0${neighbours}`),
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url')

function inOrder({ account, neighbours }: Keys): { names: string[]; free: number[] } {
  const keys: [string, number][] = [[neighbours, FREE.neighbours]]
  if (account) keys.push([account, FREE.account])
  return { names: keys.map(([name]) => name), free: keys.map(([, free]) => free) }
}

async function tooOften(runner: SqlRunner, keys: string[], at: Date): Promise<AppError> {
  const sql = 'select max(free_at) as "freeAt" from throttle where key = any($1) and free_at > $2'
  const rows = (await runner.query(sql, [keys, at.toISOString()])) as { freeAt: Date | null }[]
  const waitMs = (rows[0]?.freeAt?.getTime() ?? 0) - at.getTime()
  const seconds = Math.min(LONGEST_DELAY_SECONDS, Math.max(1, Math.ceil(waitMs / 1000)))
  return new AppError('LIMIT', `Too many tries: wait ${seconds} s and try again.`, {
    retryAfterSeconds: seconds,
  })
}
