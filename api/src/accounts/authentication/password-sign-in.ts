import { AppError } from '../../lib/app-error.ts'
import type { Throttle } from '../throttle/throttle.ts'
import { emailKeyOf, type People } from '../users/people.ts'
import { verifyPassword } from '../users/password.ts'
import type { User } from '../users/user.entity.ts'

/** The second factor, as a sign-in needs it. */
export interface CodeCheck {
  isOn(user: User): boolean
  check(user: User, code: string): Promise<boolean>
}

export interface GivenPassword {
  email: string
  password: string
  code?: string | null | undefined
}

export type PasswordAnswer = { user: User } | { isCodeRequired: true }

/** Proves who somebody is by password and, where it is on, a code. Opens nothing. */
export class PasswordSignIn {
  constructor(
    private readonly options: {
      people: People
      throttle: Pick<Throttle, 'attempt'>
      secondFactor: CodeCheck
    },
  ) {}

  /**
   * Throws INVALID, in the same words and after the same time whether or not there is such a person; LIMIT when
   * somebody tries too often.
   */
  async check(given: GivenPassword, ipAddress: string): Promise<PasswordAnswer> {
    const { throttle, secondFactor } = this.options
    const who = { account: emailKeyOf(given.email).slice(0, 300), ipAddress }
    const user = await throttle.attempt(who, () => this.byPassword(given))
    if (!secondFactor.isOn(user)) return { user }
    const code = given.code?.trim()
    if (!code) return { isCodeRequired: true }
    // Counted for itself: knowing the password must not wipe out how often a code was guessed.
    const whoseCode = { account: `code of ${user.id}`, ipAddress }
    await throttle.attempt(whoseCode, async () => {
      if (!(await secondFactor.check(user, code))) throw wrongCode()
    })
    return { user }
  }

  private async byPassword({ email, password }: GivenPassword): Promise<User> {
    const user = await this.options.people.findByEmail(email)
    const isRight = await verifyPassword(user?.passwordHash ?? null, password)
    if (!user || !isRight || user.suspendedAt) throw wrongPassword()
    return user
  }
}

function wrongPassword(): AppError {
  const message = 'The e-mail or the password is wrong.'
  return AppError.invalid([{ path: ['password'], code: 'INVALID', message }])
}

function wrongCode(): AppError {
  const message = 'This code is wrong, or was used before.'
  return AppError.invalid([{ path: ['code'], code: 'INVALID', message }])
}
