import type { Database } from '../../db/index.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { OneTimeSecrets } from '../authentication/one-time-secrets.ts'
import type { AuthChange, Revocations } from '../authentication/revocations.ts'
import { isSecret } from '../authentication/secrets.ts'
import { passwordResetLetter } from '../mail/letters.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { RequestDoor } from '../request-door.ts'
import type { SessionService } from '../sessions/session.service.ts'
import type { Throttle } from '../throttle/throttle.ts'
import { hashPassword, passwordProblems } from '../users/password.ts'
import { emailKeyOf, emailProblems, type People } from '../users/people.ts'
import { User } from '../users/user.entity.ts'
import type { RequestQuota } from './request-quota.ts'

const PURPOSE = 'password-reset'
const MINUTE_MS = 60_000
const LASTS_MINUTES = 30
/** Letters that are on their way at once; beyond them requests come to nothing. */
const MOST_PENDING = 50

/** The way back in for who forgot their password. It signs nobody in, so a second factor keeps its say. */
export class PasswordReset {
  private readonly pending = new Set<Promise<void>>()

  constructor(
    private readonly options: {
      database: Database
      people: Pick<People, 'findByEmail' | 'findById'>
      sessions: Pick<SessionService, 'endIn'>
      secrets: OneTimeSecrets
      throttle: Pick<Throttle, 'attempt'>
      quota: RequestQuota
      mailer: Mailer
      revocations: Pick<Revocations, 'committed'>
      clock: Clock
      log: Log
    },
  ) {}

  /**
   * Sends a link, if there is such a person and mail is configured. The answer comes before anybody is looked up, so
   * neither it nor its time tells whether there is. Throws INVALID for what is no address, LIMIT for who asks too often.
   */
  async request(email: string, door: Pick<RequestDoor, 'ipAddress' | 'webUrl'>): Promise<void> {
    const problems = emailProblems(email)
    if (problems.length) throw AppError.invalid(problems)
    this.options.quota.take(emailKeyOf(email), door.ipAddress)
    if (!this.options.mailer.isConfigured || this.pending.size >= MOST_PENDING) return
    const sending: Promise<void> = this.send(email, door.webUrl)
      .catch((error: unknown) => {
        this.options.log.warn({ err: error }, 'A letter with a reset link was not sent')
      })
      .finally(() => this.pending.delete(sending))
    this.pending.add(sending)
  }

  /** Ends when what was asked for until now has been sent or has failed. */
  async idle(): Promise<void> {
    await Promise.all(this.pending)
  }

  /** A link to set a password. With `mailedTo`, who uses it has shown that the address is theirs. */
  async makeLink(
    userId: string,
    webUrl: string,
    { lastsMs, mailedTo }: { lastsMs: number; mailedTo?: string },
  ): Promise<string> {
    const data = mailedTo === undefined ? {} : { emailKey: emailKeyOf(mailedTo) }
    const token = await this.options.secrets.make({ purpose: PURPOSE, userId, data, lastsMs })
    const { origin, pathname } = new URL(webUrl)
    return `${origin}${pathname.replace(/\/+$/, '')}/reset-password?token=${token}`
  }

  /**
   * Sets a password with the secret of a link. A password that is refused does not use the link up. Throws INVALID
   * at `token` or `password`.
   */
  async reset(token: string, password: string, ipAddress: string): Promise<void> {
    const { secrets, people, throttle } = this.options
    const found = await throttle.attempt({ ipAddress }, async () => {
      const known = isSecret(token) ? await secrets.peek(PURPOSE, token) : null
      const user = known?.userId ? await people.findById(known.userId) : null
      if (!user || user.suspendedAt) throw badLink()
      return { user, emailKey: known?.data.emailKey }
    })
    const { user, emailKey } = found
    await this.put(user, password, { token, isVerified: emailKey === user.emailKey })
  }

  /** Sets a password for somebody, as the one who runs the server. Throws INVALID at `password`. */
  set(user: User, password: string): Promise<void> {
    return this.put(user, password, { isVerified: false })
  }

  /** The new password, the end of every session and of every other link: at once or not at all. */
  private async put(
    user: User,
    password: string,
    { token, isVerified }: { token?: string; isVerified: boolean },
  ): Promise<void> {
    const problems = passwordProblems(password, user)
    if (problems.length) throw AppError.invalid(problems)
    const { database, sessions, secrets, revocations, clock } = this.options
    const passwordHash = await hashPassword(password)
    const now = new Date(clock.now())
    const ended = await database.work(async (runner): Promise<AuthChange[]> => {
      if (token !== undefined && !(await secrets.take(PURPOSE, token, runner))) throw badLink()
      const emailVerifiedAt = user.emailVerifiedAt ?? (isVerified ? now : null)
      const changes = { passwordHash, emailVerifiedAt, updatedAt: now }
      await runner.manager.update(User, { id: user.id }, changes)
      await runner.query('delete from one_time_secret where user_id = $1 and purpose = $2', [
        user.id,
        PURPOSE,
      ])
      return sessions.endIn(runner, user.id)
    })
    revocations.committed(ended)
  }

  private async send(email: string, webUrl: string): Promise<void> {
    const user = await this.options.people.findByEmail(email)
    if (!user || user.suspendedAt) return
    const lastsMs = LASTS_MINUTES * MINUTE_MS
    const link = await this.makeLink(user.id, webUrl, { lastsMs, mailedTo: user.email })
    const letter = passwordResetLetter({ name: user.name, link, minutes: LASTS_MINUTES })
    await this.options.mailer.send({ to: user.email, ...letter })
  }
}

function badLink(): AppError {
  const message = 'This link does not hold any more. Ask for a new one.'
  return AppError.invalid([{ path: ['token'], code: 'INVALID', message }])
}
