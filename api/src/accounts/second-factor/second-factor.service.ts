import type { QueryRunner } from 'typeorm'
import type { Database } from '../../db/index.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import type { SecretBox } from '../../lib/secret-box.ts'
import type { CodeCheck } from '../authentication/password-sign-in.ts'
import type { Throttle } from '../throttle/throttle.ts'
import { verifyPassword } from '../users/password.ts'
import type { User } from '../users/user.entity.ts'
import { bareCode, hashRecoveryCode, isRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'
import { isTotpCode, newTotp, type NewTotp, stepOf } from './totp.ts'

/** The person, as far as the second factor concerns them. */
type Holder = Pick<User, 'id' | 'totpSecret' | 'totpConfirmedAt'>

/** Where the secret of a person's app is sealed for. */
export const totpPlace = (userId: string): string => `app_user.totp_secret/${userId}`

/** The second factor: codes of an authenticator app (RFC 6238), and recovery codes. Every code serves once. */
export class SecondFactor implements CodeCheck {
  constructor(
    private readonly options: {
      database: Database
      secretBox: SecretBox
      throttle: Pick<Throttle, 'attempt'>
      clock: Clock
    },
  ) {}

  isOn(user: Pick<User, 'totpConfirmedAt'>): boolean {
    return user.totpConfirmedAt !== null
  }

  /** Uses up a code of the app or a recovery code; false when it is wrong or was used. The caller throttles. */
  async check(user: Holder, code: string): Promise<boolean> {
    const bare = bareCode(code)
    if (isRecoveryCode(bare)) return this.isOn(user) && this.takeRecoveryCode(user.id, bare)
    return this.takeAppCode(user, bare)
  }

  async countCodes(userId: string): Promise<number> {
    const [row] = (await this.options.database.worker.query(
      'select count(*)::int as count from recovery_code where user_id = $1',
      [userId],
    )) as { count: number }[]
    return row?.count ?? 0
  }

  /** Makes a secret that counts once it is confirmed. Throws INVALID at `password`, CONFLICT when it is on. */
  async begin(user: User, password: string | null, ipAddress: string): Promise<NewTotp> {
    if (this.isOn(user)) throw isOnAlready()
    await this.checkPassword(user, password ?? '', ipAddress)
    const { database, secretBox } = this.options
    const made = newTotp(user.email)
    const [, count] = (await database.worker.query(
      `update app_user set totp_secret = $2, totp_last_step = null, updated_at = $3
        where id = $1 and totp_confirmed_at is null`,
      [user.id, secretBox.seal(made.secret, totpPlace(user.id)), this.now],
    )) as [unknown, number]
    if (!count) throw isOnAlready()
    return made
  }

  /** Turns it on; answers the recovery codes. Throws INVALID at `code`. */
  async confirm(user: User, code: string, ipAddress: string): Promise<string[]> {
    if (this.isOn(user)) throw isOnAlready()
    const sealed = user.totpSecret
    if (sealed === null) throw notBegun()
    return this.guarded(user, ipAddress, async () => {
      const step = this.stepOf(user.id, sealed, bareCode(code))
      if (step === null) throw wrongCode()
      return this.options.database.work(async (runner) => {
        const [, count] = (await runner.query(
          `update app_user set totp_confirmed_at = $3, totp_last_step = $4, updated_at = $3
            where id = $1 and totp_secret = $2 and totp_confirmed_at is null`,
          [user.id, sealed, this.now, step],
        )) as [unknown, number]
        if (!count) throw isOnAlready()
        return replaceCodes(runner, user.id)
      })
    })
  }

  /** Turns it off with a code of the app or a recovery code. Throws INVALID at `code`. */
  async disable(user: User, code: string, ipAddress: string): Promise<void> {
    if (!this.isOn(user)) throw isOff()
    await this.guarded(user, ipAddress, async () => {
      if (!(await this.check(user, code))) throw wrongCode()
    })
    await this.options.database.work(async (runner) => {
      await runner.query(
        `update app_user set totp_secret = null, totp_confirmed_at = null, totp_last_step = null, updated_at = $2
          where id = $1`,
        [user.id, this.now],
      )
      await runner.query('delete from recovery_code where user_id = $1', [user.id])
    })
  }

  /** Replaces the recovery codes, with a code of the app. Throws INVALID at `code`. */
  async renew(user: User, code: string, ipAddress: string): Promise<string[]> {
    if (!this.isOn(user)) throw isOff()
    await this.guarded(user, ipAddress, async () => {
      if (!(await this.takeAppCode(user, bareCode(code)))) throw wrongCode()
    })
    return this.options.database.work((runner) => replaceCodes(runner, user.id))
  }

  private get now(): string {
    return new Date(this.options.clock.now()).toISOString()
  }

  /** Guesses count together, whatever they are made for. */
  private guarded<T>(user: Holder, ipAddress: string, run: () => Promise<T>): Promise<T> {
    return this.options.throttle.attempt({ account: `code of ${user.id}`, ipAddress }, run)
  }

  private async checkPassword(user: User, given: string, ipAddress: string): Promise<void> {
    if (user.passwordHash === null) return
    const who = { account: `password of ${user.id}`, ipAddress }
    await this.options.throttle.attempt(who, async () => {
      if (await verifyPassword(user.passwordHash, given)) return
      throw invalid('password', 'This is not your password.')
    })
  }

  private stepOf(userId: string, sealed: string, bare: string): number | null {
    if (!isTotpCode(bare)) return null
    const { secretBox, clock } = this.options
    return stepOf(secretBox.open(sealed, totpPlace(userId)), bare, clock.now())
  }

  /** Of several who come with the same code at once, one moves the last step on. */
  private async takeAppCode(user: Holder, bare: string): Promise<boolean> {
    const sealed = this.isOn(user) ? user.totpSecret : null
    const step = sealed && this.stepOf(user.id, sealed, bare)
    if (!step) return false
    const [, count] = (await this.options.database.worker.query(
      `update app_user set totp_last_step = $3
        where id = $1 and totp_secret = $2 and totp_confirmed_at is not null
          and (totp_last_step is null or totp_last_step < $3)`,
      [user.id, sealed, step],
    )) as [unknown, number]
    return count > 0
  }

  private async takeRecoveryCode(userId: string, bare: string): Promise<boolean> {
    const [, count] = (await this.options.database.worker.query(
      'delete from recovery_code where user_id = $1 and code_hash = $2',
      [userId, hashRecoveryCode(userId, bare)],
    )) as [unknown, number]
    return count > 0
  }
}

async function replaceCodes(runner: QueryRunner, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes()
  // Who renews twice at once gets one list that counts, not two.
  await runner.query('select from app_user where id = $1 for update', [userId])
  await runner.query('delete from recovery_code where user_id = $1', [userId])
  await runner.query(
    'insert into recovery_code (user_id, code_hash) select $1, unnest($2::bytea[])',
    [userId, codes.map((code) => hashRecoveryCode(userId, code))],
  )
  return codes
}

function invalid(field: string, message: string): AppError {
  return AppError.invalid([{ path: [field], code: 'INVALID', message }])
}

const wrongCode = (): AppError => invalid('code', 'This code is wrong, or was used before.')
const notBegun = (): AppError => invalid('code', 'Begin anew: there is nothing to confirm.')

function isOnAlready(): AppError {
  const message = 'The second factor is on already. Turn it off first.'
  return AppError.invalid([{ path: [], code: 'CONFLICT', message }])
}

function isOff(): AppError {
  return AppError.invalid([{ path: [], code: 'CONFLICT', message: 'The second factor is off.' }])
}
