import { beforeAll, describe, expect, it } from 'vitest'
import { Secret, TOTP } from 'otpauth'
import { newPerson } from '../../../test/accounts.ts'
import { sharedDatabase } from '../../../test/database.ts'
import type { Database } from '../../db/index.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import { SecretBox } from '../../lib/secret-box.ts'
import { hashPassword } from '../users/password.ts'
import { People } from '../users/people.ts'
import type { User } from '../users/user.entity.ts'
import { SecondFactor } from './second-factor.service.ts'

const STEP_MS = 30_000
const IP = '192.0.2.7'

describe('the second factor', () => {
  let database: Database
  const clock = new ManualClock()
  const attempts: string[] = []
  const throttle = {
    attempt: <T>(who: { account?: string }, run: () => Promise<T>): Promise<T> => {
      attempts.push(who.account ?? '')
      return run()
    },
  }
  let secondFactor: SecondFactor
  let people: People

  beforeAll(async () => {
    database = await sharedDatabase()
    const secretBox = new SecretBox(Buffer.alloc(32, 7))
    secondFactor = new SecondFactor({ database, secretBox, throttle, clock })
    people = new People({ database, clock })
  })

  const again = async (user: Pick<User, 'id'>): Promise<User> => (await people.findById(user.id))!
  const person = async (passwordHash: string | null = null): Promise<User> =>
    again({ id: (await newPerson(database, { passwordHash })).userId })
  const codeAt = (secret: string, steps = 0): string =>
    TOTP.generate({
      secret: Secret.fromBase32(secret),
      timestamp: clock.now() + steps * STEP_MS,
    })
  /** A person whose second factor is on, some steps later. */
  const holder = async (): Promise<{ user: User; secret: string; codes: string[] }> => {
    const user = await person()
    const { secret } = await secondFactor.begin(user, null, IP)
    const codes = await secondFactor.confirm(await again(user), codeAt(secret), IP)
    clock.advance(3 * STEP_MS)
    return { user: await again(user), secret, codes }
  }
  const refusedAt = (path: string[], code = 'INVALID'): unknown =>
    expect.objectContaining({
      details: { problems: [expect.objectContaining({ path, code })] },
    })

  it('is off until a code of the app was seen', async () => {
    const user = await person()
    const { secret, uri } = await secondFactor.begin(user, null, IP)
    expect(uri).toContain(`secret=${secret}`)
    expect(uri).toMatch(/^otpauth:\/\/totp\/Allswell:/)
    const begun = await again(user)
    expect(secondFactor.isOn(begun)).toBe(false)
    expect(begun.totpSecret).not.toContain(secret)
    expect(await secondFactor.check(begun, codeAt(secret))).toBe(false)
    await expect(secondFactor.confirm(begun, '000000', IP)).rejects.toThrow('wrong')
    await secondFactor.confirm(begun, codeAt(secret), IP)
    expect(secondFactor.isOn(await again(user))).toBe(true)
  })

  it('takes a code once, also when it comes many times at once', async () => {
    const { user, secret } = await holder()
    const code = codeAt(secret)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => secondFactor.check(user, code)),
    )
    expect(answers.filter(Boolean)).toHaveLength(1)
    expect(await secondFactor.check(user, code)).toBe(false)
  })

  it('does not take the code again that has confirmed it', async () => {
    const user = await person()
    const { secret } = await secondFactor.begin(user, null, IP)
    await secondFactor.confirm(user.totpSecret ? user : await again(user), codeAt(secret), IP)
    expect(await secondFactor.check(await again(user), codeAt(secret))).toBe(false)
  })

  it.each([
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ])('judges the code of a clock that is %i steps off: %s', async (steps, isTaken) => {
    const { user, secret } = await holder()
    expect(await secondFactor.check(user, codeAt(secret, steps))).toBe(isTaken)
  })

  it('takes no older code after a newer one', async () => {
    const { user, secret } = await holder()
    expect(await secondFactor.check(user, codeAt(secret, 1))).toBe(true)
    expect(await secondFactor.check(user, codeAt(secret, 0))).toBe(false)
  })

  it('reads a code with spaces and dashes', async () => {
    const { user, secret, codes } = await holder()
    const code = codeAt(secret)
    expect(await secondFactor.check(user, ` ${code.slice(0, 3)} ${code.slice(3)}\n`)).toBe(true)
    expect(await secondFactor.check(user, codes[0]!.toUpperCase().replaceAll('-', ' – '))).toBe(
      true,
    )
  })

  it('takes each recovery code once, also when it comes many times at once', async () => {
    const { user, codes } = await holder()
    expect(codes).toHaveLength(10)
    expect(codes[0]).toMatch(/^[a-z2-7]{5}-[a-z2-7]{5}-[a-z2-7]{5}$/)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => secondFactor.check(user, codes[3]!)),
    )
    expect(answers.filter(Boolean)).toHaveLength(1)
    expect(await secondFactor.countCodes(user.id)).toBe(9)
  })

  it('takes nobody else’s codes', async () => {
    const [one, other] = [await holder(), await holder()]
    expect(await secondFactor.check(one.user, other.codes[0]!)).toBe(false)
    expect(await secondFactor.check(one.user, codeAt(other.secret))).toBe(false)
  })

  it.each(['', '12345', '1234567', 'abcdef', '\0', '１２３４５６', 'x'.repeat(4_000), '-- --'])(
    'refuses %j',
    async (code) => {
      const { user } = await holder()
      expect(await secondFactor.check(user, code)).toBe(false)
    },
  )

  it('asks for the password where one is set', async () => {
    const user = await person(await hashPassword('correct horse battery'))
    const refused = secondFactor.begin(user, 'wrong horse battery', IP)
    await expect(refused).rejects.toEqual(refusedAt(['password']))
    await expect(secondFactor.begin(user, null, IP)).rejects.toEqual(refusedAt(['password']))
    expect(attempts).toContain(`password of ${user.id}`)
    expect(await secondFactor.begin(user, 'correct horse battery', IP)).toHaveProperty('secret')
  })

  it('is begun anew until it is on, and not after that', async () => {
    const user = await person()
    const first = await secondFactor.begin(user, null, IP)
    const second = await secondFactor.begin(user, null, IP)
    const begun = await again(user)
    await expect(secondFactor.confirm(begun, codeAt(first.secret), IP)).rejects.toEqual(
      refusedAt(['code']),
    )
    await secondFactor.confirm(begun, codeAt(second.secret), IP)
    const conflict = refusedAt([], 'CONFLICT')
    await expect(secondFactor.begin(begun, null, IP)).rejects.toEqual(conflict)
    await expect(secondFactor.begin(await again(user), null, IP)).rejects.toEqual(conflict)
  })

  it('gives one list of recovery codes when it is confirmed twice at once', async () => {
    const user = await person()
    const { secret } = await secondFactor.begin(user, null, IP)
    const begun = await again(user)
    const both = await Promise.allSettled(
      [1, 2].map(() => secondFactor.confirm(begun, codeAt(secret), IP)),
    )
    expect(both.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await secondFactor.countCodes(user.id)).toBe(10)
  })

  it('is turned off by a code, and what belonged to it is gone', async () => {
    const { user, secret, codes } = await holder()
    await expect(secondFactor.disable(user, '000000', IP)).rejects.toEqual(refusedAt(['code']))
    await secondFactor.disable(user, codes[0]!, IP)
    const off = await again(user)
    expect(off).toMatchObject({ totpSecret: null, totpConfirmedAt: null, totpLastStep: null })
    expect(await secondFactor.countCodes(user.id)).toBe(0)
    expect(await secondFactor.check(user, codeAt(secret))).toBe(false)
    await expect(secondFactor.disable(off, codeAt(secret), IP)).rejects.toEqual(
      refusedAt([], 'CONFLICT'),
    )
  })

  it('renews the recovery codes with a code of the app only; the old ones are void', async () => {
    const { user, secret, codes } = await holder()
    await expect(secondFactor.renew(user, codes[0]!, IP)).rejects.toEqual(refusedAt(['code']))
    const renewed = await secondFactor.renew(user, codeAt(secret), IP)
    expect(await secondFactor.check(user, codes[1]!)).toBe(false)
    expect(await secondFactor.check(user, renewed[1]!)).toBe(true)
    expect(attempts).toContain(`code of ${user.id}`)
  })
})
