import type { Database } from '../../db/index.ts'
import type { Actor } from '../../lib/actor.ts'
import { AppError, type FieldProblem } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { requirePerson } from '../../lib/permissions.ts'
import { announceChanges, type Revocations } from '../authentication/revocations.ts'
import type { SessionService } from '../sessions/session.service.ts'
import type { Throttle } from '../throttle/throttle.ts'
import { isLocale, isTimeZone } from '../../lib/locales.ts'
import type { ThemeName } from '../viewer/viewer.object.ts'
import { hashPassword, passwordProblems, verifyPassword } from './password.ts'
import { nameProblems, type People } from './people.ts'
import { User } from './user.entity.ts'

export interface ProfileEdit {
  name?: string | null | undefined
  locale?: string | null | undefined
  timeZone?: string | null | undefined
  theme?: ThemeName | null | undefined
}

export interface PasswordChange {
  currentPassword?: string | null | undefined
  newPassword: string
}

/** What people change of themselves. */
export class ProfileService {
  constructor(
    private readonly options: {
      database: Database
      people: People
      sessions: SessionService
      throttle: Pick<Throttle, 'attempt'>
      revocations: Revocations
      clock: Clock
    },
  ) {}

  /** Changes what is given. Throws INVALID with all problems. */
  async update(actor: Actor, edit: ProfileEdit): Promise<void> {
    const { userId } = requirePerson(actor)
    const problems = problemsOf(edit)
    if (problems.length) throw AppError.invalid(problems)
    const { database, revocations, clock } = this.options
    const { name, locale, timeZone, theme } = edit
    const changes = {
      ...(name === undefined || name === null ? {} : { name: name.trim() }),
      ...(locale === undefined ? {} : { locale: locale && Intl.getCanonicalLocales(locale)[0]! }),
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(theme ? { theme } : {}),
    }
    const told = 'name' in changes ? [{ userId }] : []
    await database.work(async (runner) => {
      const updatedAt = new Date(clock.now())
      await runner.manager.update(User, { id: userId }, { ...changes, updatedAt })
      // The name stands in what other processes remember.
      await announceChanges(runner, told)
    })
    revocations.committed(told)
  }

  /** Sets a new password and ends every other session. Throws INVALID; LIMIT after many wrong tries. */
  async changePassword(actor: Actor, change: PasswordChange): Promise<void> {
    const { userId, sessionId } = requirePerson(actor)
    const { people, database, sessions, revocations, clock } = this.options
    const user = await people.findById(userId)
    if (!user) throw new AppError('UNAUTHENTICATED', 'Sign in first.')
    const problems = passwordProblems(change.newPassword, user, ['newPassword'])
    if (problems.length) throw AppError.invalid(problems)
    await this.checkCurrent(user, change.currentPassword ?? '', actor.ipAddress ?? '')
    const passwordHash = await hashPassword(change.newPassword)
    const updatedAt = new Date(clock.now())
    const ended = await database.work(async (runner) => {
      await runner.manager.update(User, { id: userId }, { passwordHash, updatedAt })
      return sessions.endIn(runner, userId, { except: sessionId })
    })
    revocations.committed(ended)
  }

  private async checkCurrent(user: User, given: string, ipAddress: string): Promise<void> {
    if (user.passwordHash === null) return
    const who = { account: `password of ${user.id}`, ipAddress }
    await this.options.throttle.attempt(who, async () => {
      if (await verifyPassword(user.passwordHash, given)) return
      const message = 'This is not your present password.'
      throw AppError.invalid([{ path: ['currentPassword'], code: 'INVALID', message }])
    })
  }
}

function problemsOf({ name, locale, timeZone }: ProfileEdit): FieldProblem[] {
  return [
    ...(name === undefined || name === null ? [] : nameProblems(name)),
    ...(locale && !isLocale(locale) ? [invalid('locale', 'a language such as en or pt-BR')] : []),
    ...(timeZone && !isTimeZone(timeZone)
      ? [invalid('timeZone', 'a time zone such as Europe/Berlin')]
      : []),
  ]
}

function invalid(field: string, what: string): FieldProblem {
  return { path: [field], code: 'INVALID', message: `This is not ${what}.` }
}
