import type { Database } from '../../db/index.ts'
import type { SqlRunner } from '../../events/index.ts'
import type { Clock } from '../../lib/clock.ts'
import { newId } from '../../lib/ids.ts'
import {
  announceChanges,
  type AuthChange,
  type Revocations,
} from '../authentication/revocations.ts'
import { hashSecret, newSecret } from '../authentication/secrets.ts'
import type { RequestDoor } from '../request-door.ts'
import { Session } from './session.entity.ts'

const DAY_MS = 86_400_000
/** However it is used, a session ends then. */
const LASTS_MS = 30 * DAY_MS
/** A session that nobody uses ends then. */
export const IDLE_MS = 7 * DAY_MS

export type SessionKind = 'browser' | 'program'

export interface OpenedSession {
  sessionId: string
  /** What the browser keeps in its cookie. */
  secret: string
  expiresAt: Date
}

/** Where people are signed in. A session lives as long as its row. */
export class SessionService {
  constructor(
    private readonly options: { database: Database; clock: Clock; revocations: Revocations },
  ) {}

  /** Signs a person in at one more place, with an id that nobody knew before. */
  async open(
    userId: string,
    kind: SessionKind,
    door: Pick<RequestDoor, 'ipAddress' | 'userAgent'>,
  ): Promise<OpenedSession> {
    const nowMs = this.options.clock.now()
    const now = new Date(nowMs)
    const secret = newSecret()
    const expiresAt = new Date(nowMs + LASTS_MS)
    const sessionId = newId(nowMs)
    const { ipAddress, userAgent } = door
    await this.options.database.work(async ({ manager }) => {
      await manager.query(
        'delete from session where user_id = $1 and (expires_at < $2 or last_seen_at < $3)',
        [userId, now.toISOString(), new Date(nowMs - IDLE_MS).toISOString()],
      )
      await manager.insert(Session, {
        ...{ id: sessionId, userId, kind, ipAddress, userAgent, expiresAt },
        secretHash: kind === 'browser' ? hashSecret(secret) : null,
        ...{ createdAt: now, lastSeenAt: now },
      })
    })
    return { sessionId, secret, expiresAt }
  }

  /** The places where a person is signed in, the latest use first. */
  async list(userId: string): Promise<Session[]> {
    const now = this.options.clock.now()
    const sessions = await this.options.database.worker.manager.find(Session, {
      where: { userId },
      order: { lastSeenAt: 'DESC', id: 'DESC' },
    })
    return sessions.filter(
      (s) => s.expiresAt.getTime() > now && s.lastSeenAt.getTime() > now - IDLE_MS,
    )
  }

  /** Ends a session of the person; false when there is none such. */
  async revoke(userId: string, sessionId: string): Promise<boolean> {
    return (await this.end(userId, 'id = $2', sessionId)) > 0
  }

  /** Ends every session of a person, or every one but the one that asks; answers how many. */
  revokeAll(userId: string, { except }: { except?: string } = {}): Promise<number> {
    return this.end(userId, except ? 'id <> $2' : '$2::uuid is null', except ?? null)
  }

  /** The same within a transaction of the caller, who tells `Revocations.committed` of the answer. */
  endIn(
    runner: SqlRunner,
    userId: string,
    { except }: { except?: string } = {},
  ): Promise<AuthChange[]> {
    const which = except ? 'id <> $2' : '$2::uuid is null'
    return deleteSessions(runner, userId, which, except ?? null)
  }

  private async end(userId: string, which: string, id: string | null): Promise<number> {
    const { database, revocations } = this.options
    const changes = await database.work((runner) => deleteSessions(runner, userId, which, id))
    revocations.committed(changes)
    return changes.length
  }
}

async function deleteSessions(
  runner: SqlRunner,
  userId: string,
  which: string,
  id: string | null,
): Promise<AuthChange[]> {
  const [rows] = (await runner.query(
    `delete from session where user_id = $1 and ${which} returning id`,
    [userId, id],
  )) as [{ id: string }[], number]
  const changes = rows.map((row) => ({ userId, credentialId: row.id }))
  await announceChanges(runner, changes)
  return changes
}
