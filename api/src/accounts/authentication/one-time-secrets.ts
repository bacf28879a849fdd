import type { Database } from '../../db/index.ts'
import type { SqlRunner } from '../../events/index.ts'
import type { Clock } from '../../lib/clock.ts'
import { OneTimeSecret } from './one-time-secret.entity.ts'
import { hashSecret, newSecret } from './secrets.ts'

export interface NewOneTimeSecret {
  /** What it is for: it serves nothing else. */
  purpose: string
  userId?: string
  data?: Record<string, unknown>
  lastsMs: number
}

export interface TakenSecret {
  userId: string | null
  data: Record<string, unknown>
}

/** Secrets that serve once and not for long. Only their hashes are stored. */
export class OneTimeSecrets {
  constructor(private readonly options: { database: Database; clock: Clock }) {}

  /** Answers the secret. Old ones of everybody are cleared away on the way. */
  async make({ purpose, userId, data = {}, lastsMs }: NewOneTimeSecret): Promise<string> {
    const { database, clock } = this.options
    const secret = newSecret()
    const now = clock.now()
    await database.work(async ({ manager }) => {
      await manager.query('delete from one_time_secret where expires_at < $1', [
        new Date(now).toISOString(),
      ])
      await manager.insert(OneTimeSecret, {
        hash: hashSecret(secret),
        ...{ purpose, userId: userId ?? null, data: data as never },
        createdAt: new Date(now),
        expiresAt: new Date(now + lastsMs),
      })
    })
    return secret
  }

  /** Consumes a secret: of two who come with it, one gets it. Null when it is unknown, used, expired or for something else. */
  async take(
    purpose: string,
    secret: string,
    runner: SqlRunner = this.options.database.worker,
  ): Promise<TakenSecret | null> {
    const { clock } = this.options
    const [rows] = (await runner.query(
      `delete from one_time_secret where hash = $1 and purpose = $2 and expires_at >= $3
       returning user_id as "userId", data`,
      [hashSecret(secret), purpose, new Date(clock.now()).toISOString()],
    )) as [TakenSecret[], number]
    return rows[0] ?? null
  }

  /** What a secret would give, without consuming it. */
  async peek(purpose: string, secret: string): Promise<TakenSecret | null> {
    const { database, clock } = this.options
    const rows = (await database.worker.query(
      `select user_id as "userId", data from one_time_secret
        where hash = $1 and purpose = $2 and expires_at >= $3`,
      [hashSecret(secret), purpose, new Date(clock.now()).toISOString()],
    )) as TakenSecret[]
    return rows[0] ?? null
  }
}
