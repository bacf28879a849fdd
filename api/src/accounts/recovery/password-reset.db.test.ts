import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newPerson, type TestPerson, TestDoor } from '../../../test/accounts.ts'
import { sharedDatabase } from '../../../test/database.ts'
import type { Database } from '../../db/index.ts'
import { AppError } from '../../lib/app-error.ts'
import { silentLog } from '../../lib/log.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import { OneTimeSecrets } from '../authentication/one-time-secrets.ts'
import { Revocations } from '../authentication/revocations.ts'
import type { Letter } from '../mail/mailer.ts'
import { SessionService } from '../sessions/session.service.ts'
import { hashPassword, verifyPassword } from '../users/password.ts'
import { People } from '../users/people.ts'
import { PasswordReset } from './password-reset.service.ts'
import { RequestQuota } from './request-quota.ts'

const OLD = 'the old horse battery'
const NEW = 'a newer horse battery'
const door = new TestDoor()

describe('a forgotten password', () => {
  let database: Database
  let clock: ManualClock
  let people: People
  let sessions: SessionService
  let secrets: OneTimeSecrets
  let sent: (Letter & { to: string })[]
  let oldHash: string
  const attempts: { account?: string }[] = []

  beforeAll(async () => {
    database = await sharedDatabase()
    oldHash = await hashPassword(OLD)
  })

  beforeEach(() => {
    clock = new ManualClock()
    const revocations = new Revocations({ database, clock, log: silentLog })
    people = new People({ database, clock })
    sessions = new SessionService({ database, clock, revocations })
    secrets = new OneTimeSecrets({ database, clock })
    sent = []
    attempts.length = 0
  })

  const open = (
    isConfigured = true,
    send = async (letter: Letter & { to: string }) => {
      await Promise.resolve()
      sent.push(letter)
    },
  ): PasswordReset => {
    const revocations = new Revocations({ database, clock, log: silentLog })
    const throttle = {
      attempt: <T>(who: { account?: string }, run: () => Promise<T>): Promise<T> => {
        attempts.push(who)
        return run()
      },
    }
    return new PasswordReset({
      ...{ database, people, sessions, secrets, throttle, revocations, clock, log: silentLog },
      ...{ mailer: { isConfigured, send }, quota: new RequestQuota({ clock }) },
    })
  }
  const someone = (): Promise<TestPerson> => newPerson(database, { passwordHash: oldHash })
  const linkIn = ({ text }: Letter): string => /https?:\/\/\S+/.exec(text)![0]
  const tokenIn = (letter: Letter): string => new URL(linkIn(letter)).searchParams.get('token')!
  const mailed = async (reset: PasswordReset, { email }: TestPerson): Promise<string> => {
    await reset.request(email, door)
    await reset.idle()
    return tokenIn(sent.at(-1)!)
  }
  const hasPassword = async ({ userId }: TestPerson, password: string): Promise<boolean> =>
    verifyPassword((await people.findById(userId))!.passwordHash, password)
  const outcomeOf = (tried: Promise<unknown>): Promise<unknown> =>
    tried.then(
      () => 'done',
      (error: unknown) =>
        error instanceof AppError
          ? [error.code, ...(error.details.problems ?? []).map((p) => p.path.join())]
          : error,
    )
  const badLink = ['INVALID', 'token']

  it('is set anew by a link that comes by mail, once', async () => {
    const [reset, person] = [open(), await someone()]
    const token = await mailed(reset, person)
    expect(sent[0]).toMatchObject({ to: person.email, subject: 'Set a new password for Allswell' })
    expect(linkIn(sent[0]!)).toBe(`http://localhost:3000/reset-password?token=${token}`)
    await reset.reset(token, NEW, door.ipAddress)
    expect(await hasPassword(person, NEW)).toBe(true)
    expect(await outcomeOf(reset.reset(token, OLD, door.ipAddress))).toEqual(badLink)
    expect(await hasPassword(person, NEW)).toBe(true)
  })

  it('is set once when the link is used many times at once', async () => {
    const [reset, person] = [open(), await someone()]
    const token = await mailed(reset, person)
    const outcomes = await Promise.all(
      ['one', 'two', 'three'].map((n) =>
        outcomeOf(reset.reset(token, `${NEW} ${n}`, door.ipAddress)),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
  })

  it('ends every session, and voids every other link', async () => {
    const [reset, person, other] = [open(), await someone(), await someone()]
    for (const kind of ['browser', 'program'] as const)
      await sessions.open(person.userId, kind, door)
    await sessions.open(other.userId, 'browser', door)
    const [first, second] = [await mailed(reset, person), await mailed(reset, person)]
    const foreign = await mailed(reset, other)
    await reset.reset(second, NEW, door.ipAddress)
    expect(await sessions.list(person.userId)).toEqual([])
    expect(await sessions.list(other.userId)).toHaveLength(1)
    expect(await outcomeOf(reset.reset(first, OLD, door.ipAddress))).toEqual(badLink)
    expect(await outcomeOf(reset.reset(foreign, NEW, door.ipAddress))).toBe('done')
  })

  it('leaves the second factor on', async () => {
    const [reset, person] = [open(), await someone()]
    await database.worker.query(
      `update app_user set totp_secret = 'sealed', totp_confirmed_at = now() where id = $1`,
      [person.userId],
    )
    await reset.reset(await mailed(reset, person), NEW, door.ipAddress)
    expect((await people.findById(person.userId))!.totpConfirmedAt).not.toBeNull()
  })

  it('verifies the address that the letter went to, and no other', async () => {
    const reset = open()
    const unverify = ({ userId }: TestPerson): Promise<unknown> =>
      database.worker.query('update app_user set email_verified_at = null where id = $1', [userId])
    const verifiedAt = async ({ userId }: TestPerson): Promise<Date | null> =>
      (await people.findById(userId))!.emailVerifiedAt
    const [mailedTo, byHand, moved] = [await someone(), await someone(), await someone()]
    for (const person of [mailedTo, byHand, moved]) await unverify(person)
    await reset.reset(await mailed(reset, mailedTo), NEW, door.ipAddress)
    expect(await verifiedAt(mailedTo)).toEqual(new Date(clock.now()))
    const link = await reset.makeLink(byHand.userId, 'http://localhost:3000', { lastsMs: 1_000 })
    await reset.reset(new URL(link).searchParams.get('token')!, NEW, door.ipAddress)
    expect(await verifiedAt(byHand)).toBeNull()
    const token = await mailed(reset, moved)
    await database.worker.query(
      `update app_user set email_key = 'now-' || email_key, email = 'now-' || email where id = $1`,
      [moved.userId],
    )
    await reset.reset(token, NEW, door.ipAddress)
    expect(await verifiedAt(moved)).toBeNull()
  })

  it('has thirty minutes', async () => {
    const [reset, person] = [open(), await someone()]
    const [early, late] = [await mailed(reset, person), await mailed(reset, await someone())]
    clock.advance(30 * 60_000 - 1)
    expect(await outcomeOf(reset.reset(early, NEW, door.ipAddress))).toBe('done')
    clock.advance(2)
    expect(await outcomeOf(reset.reset(late, NEW, door.ipAddress))).toEqual(badLink)
  })

  it('is not set by a secret of another purpose, by no secret, or for a suspended person', async () => {
    const [reset, person] = [open(), await someone()]
    const lastsMs = 60_000
    const other = await secrets.make({ purpose: 'passkey-sign-in', userId: person.userId, lastsMs })
    const nobodys = await secrets.make({ purpose: 'password-reset', lastsMs })
    const token = await mailed(reset, person)
    await database.worker.query('update app_user set suspended_at = now() where id = $1', [
      person.userId,
    ])
    for (const bad of [other, nobodys, token, '', '\0', 'x'.repeat(43), 'é'.repeat(4_000)])
      expect(await outcomeOf(reset.reset(bad, NEW, door.ipAddress))).toEqual(badLink)
    expect(attempts.every((who) => who.account === undefined)).toBe(true)
    expect(await hasPassword(person, OLD)).toBe(true)
  })

  it('keeps the link when the new password is refused', async () => {
    const [reset, person] = [open(), await someone()]
    const token = await mailed(reset, person)
    for (const weak of ['short', person.email, 'password1234'])
      expect(await outcomeOf(reset.reset(token, weak, door.ipAddress))).toEqual([
        'INVALID',
        'password',
      ])
    expect(await outcomeOf(reset.reset(token, NEW, door.ipAddress))).toBe('done')
  })

  it('answers the same for nobody and for the suspended, and sends nothing', async () => {
    const [reset, person] = [open(), await someone()]
    await database.worker.query('update app_user set suspended_at = now() where id = $1', [
      person.userId,
    ])
    for (const email of ['nobody@example.com', person.email])
      expect(await outcomeOf(reset.request(email, door))).toBe('done')
    await reset.idle()
    expect(sent).toEqual([])
  })

  it('answers before anybody is looked up or written to', async () => {
    let letGo = (): void => undefined
    const held = new Promise<void>((resolve) => (letGo = resolve))
    const reset = open(true, () => held)
    await reset.request((await someone()).email, door)
    letGo()
    await reset.idle()
  })

  it('survives a mail server that refuses', async () => {
    const reset = open(true, () => Promise.reject(new Error('no')))
    await reset.request((await someone()).email, door)
    await reset.idle()
  })

  it('sends nothing without a mail server', async () => {
    const reset = open(false)
    await reset.request((await someone()).email, door)
    await reset.idle()
    expect(sent).toEqual([])
  })

  it('takes only addresses', async () => {
    for (const email of [
      '',
      'nobody',
      'a@b\r\nBcc: c@d',
      'a@b,c@d',
      '\0@b',
      `${'x'.repeat(300)}@b`,
    ])
      expect(await outcomeOf(open().request(email, door))).toEqual(['INVALID', 'email'])
  })

  it('is asked for three times in a quarter of an hour for an account, known or not', async () => {
    const [reset, person] = [open(), await someone()]
    for (const email of [person.email, 'nobody-at-all@example.com']) {
      for (let n = 0; n < 3; n++) expect(await outcomeOf(reset.request(email, door))).toBe('done')
      const limit = reset.request(` ${email.toUpperCase()}`, new TestDoor('192.0.2.8'))
      await expect(limit).rejects.toMatchObject({
        ...{ code: 'LIMIT', details: { retryAfterSeconds: 900 } },
      })
    }
    await reset.idle()
    expect(sent).toHaveLength(3)
    clock.advance(900_000)
    expect(await outcomeOf(reset.request(person.email, door))).toBe('done')
    await reset.idle()
  })

  it('is asked for twenty times from a neighbourhood', async () => {
    const reset = open(false)
    const ask = (n: number, from = door): Promise<unknown> =>
      outcomeOf(reset.request(`nobody${n}@example.com`, from))
    for (let n = 0; n < 20; n++) expect(await ask(n)).toBe('done')
    expect(await ask(20, new TestDoor('192.0.2.200'))).toEqual(['LIMIT'])
    expect(await ask(21, new TestDoor('198.51.100.9'))).toBe('done')
  })
})
