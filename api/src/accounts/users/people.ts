import type { QueryRunner } from 'typeorm'
import type { Database } from '../../db/index.ts'
import { AppError, type FieldProblem } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { newId } from '../../lib/ids.ts'
import { User } from './user.entity.ts'

const LONGEST_NAME = 100
const LONGEST_EMAIL = 254
const CONTROL = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u
/** One @, something before it, a domain behind it; whether mail arrives only mail can tell. */
const EMAIL = /^[^\s@<>()",;:\\[\]]+@[^\s@<>()",;:\\[\]]+$/

export interface NewPerson {
  name: string
  email: string
  passwordHash: string | null
  isEmailVerified: boolean
}

/** What must be unique of an e-mail. */
export function emailKeyOf(email: string): string {
  return email.trim().normalize('NFC').toLowerCase()
}

export function emailProblems(email: string, path: string[] = ['email']): FieldProblem[] {
  const text = email.trim()
  const isRight = EMAIL.test(text) && !CONTROL.test(text) && text.length <= LONGEST_EMAIL
  return isRight ? [] : [{ path, code: 'INVALID', message: 'This is no e-mail address.' }]
}

export function nameProblems(name: string, path: string[] = ['name']): FieldProblem[] {
  const text = name.trim()
  if (!text) return [{ path, code: 'REQUIRED', message: 'A name is missing.' }]
  if (text.length > LONGEST_NAME)
    return [{ path, code: 'LIMIT', message: `A name has at most ${LONGEST_NAME} characters.` }]
  if (CONTROL.test(text))
    return [{ path, code: 'INVALID', message: 'A name can’t hold invisible characters.' }]
  return []
}

/** The people of this server. */
export class People {
  constructor(private readonly options: { database: Database; clock: Clock }) {}

  /** Who is in a transaction asks on its connection: waiting for another one may be waiting for oneself. */
  findByEmail(
    email: string,
    { manager }: Pick<QueryRunner, 'manager'> = this.options.database.worker,
  ): Promise<User | null> {
    // PostgreSQL knows no NUL, and nobody's e-mail has one.
    if (email.includes('\0')) return Promise.resolve(null)
    return manager.findOneBy(User, { emailKey: emailKeyOf(email) })
  }

  findById(id: string): Promise<User | null> {
    return this.options.database.worker.manager.findOneBy(User, { id })
  }

  /** Throws CONFLICT at `email` when somebody has it. */
  async create(runner: QueryRunner, person: NewPerson): Promise<User> {
    const nowMs = this.options.clock.now()
    const now = new Date(nowMs)
    const user = runner.manager.create(User, {
      id: newId(nowMs),
      email: person.email.trim(),
      emailKey: emailKeyOf(person.email),
      name: person.name.trim(),
      emailVerifiedAt: person.isEmailVerified ? now : null,
      passwordHash: person.passwordHash,
      ...{ locale: null, timeZone: null, theme: 'system', lastWorkspaceId: null },
      ...{ totpSecret: null, totpConfirmedAt: null, totpLastStep: null, suspendedAt: null },
      ...{ createdAt: now, updatedAt: now },
    })
    const { raw } = await runner.manager
      .createQueryBuilder()
      .insert()
      .into(User)
      .values(user)
      .orIgnore()
      .returning('id')
      .execute()
    if (!(raw as unknown[]).length) throw emailTaken()
    return user
  }
}

function emailTaken(): AppError {
  const message = 'Somebody has this e-mail already.'
  return AppError.invalid([{ path: ['email'], code: 'CONFLICT', message }])
}
