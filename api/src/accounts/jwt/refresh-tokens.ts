import type { Database } from '../../db/index.ts'
import type { SqlRunner } from '../../events/index.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import {
  announceChanges,
  type AuthChange,
  type Revocations,
} from '../authentication/revocations.ts'
import { hashSecret, isSecret, newSecret } from '../authentication/secrets.ts'
import { IDLE_MS } from '../sessions/session.service.ts'

export interface Renewed {
  sessionId: string
  userId: string
  refreshToken: string
}

interface Holder {
  sessionId: string
  userId: string
}

/**
 * Refresh tokens: each serves once and is followed by the next. One that comes a second time was stolen, either then or
 * now: the whole session ends, for the thief and for the robbed.
 */
export class RefreshTokens {
  constructor(
    private readonly options: {
      database: Pick<Database, 'work' | 'worker'>
      clock: Clock
      revocations: Pick<Revocations, 'committed'>
    },
  ) {}

  /** The first token of a session. */
  issue(sessionId: string): Promise<string> {
    return this.insert(this.options.database.worker, sessionId)
  }

  /** The next token for a good one. Throws UNAUTHENTICATED; of two who come with the same, one gets it, for a moment. */
  async renew(token: string): Promise<Renewed> {
    if (!isSecret(token)) throw notGood()
    const { database, revocations } = this.options
    const { renewed, ended } = await database.work((runner) => this.renewIn(runner, token))
    revocations.committed(ended)
    if (!renewed) throw notGood()
    return renewed
  }

  /** The session that a token belongs to, used or not; null when there is none. */
  async holder(token: string): Promise<Holder | null> {
    return isSecret(token) ? holderOf(this.options.database.worker, token) : null
  }

  private async renewIn(
    runner: SqlRunner,
    token: string,
  ): Promise<{ renewed?: Renewed; ended: AuthChange[] }> {
    const nowMs = this.options.clock.now()
    const now = new Date(nowMs).toISOString()
    const [used] = (await runner.query(
      'update refresh_token set used_at = $2 where hash = $1 and used_at is null returning session_id',
      [hashSecret(token), now],
    )) as [unknown[], number]
    const holder = await holderOf(runner, token)
    if (!holder) return { ended: [] }
    if (!used.length) return { ended: await endSession(runner, holder) }
    const [alive] = (await runner.query(
      `update session s set last_seen_at = $2 from app_user u
        where s.id = $1 and u.id = s.user_id and u.suspended_at is null and s.expires_at > $2
          and s.last_seen_at > $3 returning s.id`,
      [holder.sessionId, now, new Date(nowMs - IDLE_MS).toISOString()],
    )) as [unknown[], number]
    if (!alive.length) return { ended: [] }
    const refreshToken = await this.insert(runner, holder.sessionId)
    return { renewed: { ...holder, refreshToken }, ended: [] }
  }

  private async insert(runner: SqlRunner, sessionId: string): Promise<string> {
    const token = newSecret()
    await runner.query(
      'insert into refresh_token (hash, session_id, created_at) values ($1, $2, $3)',
      [hashSecret(token), sessionId, new Date(this.options.clock.now()).toISOString()],
    )
    return token
  }
}

async function holderOf(runner: SqlRunner, token: string): Promise<Holder | null> {
  const rows = (await runner.query(
    `select s.id as "sessionId", s.user_id as "userId"
       from refresh_token r join session s on s.id = r.session_id where r.hash = $1`,
    [hashSecret(token)],
  )) as Holder[]
  return rows[0] ?? null
}

async function endSession(runner: SqlRunner, holder: Holder): Promise<AuthChange[]> {
  const { sessionId, userId } = holder
  await runner.query('delete from session where id = $1', [sessionId])
  const changes = [{ userId, credentialId: sessionId }]
  await announceChanges(runner, changes)
  return changes
}

function notGood(): AppError {
  return new AppError(
    'UNAUTHENTICATED',
    'The refresh token is unknown, used, or its session has ended.',
  )
}
