import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { newPerson, TestDoor } from '../../../test/accounts.ts'
import { sharedDatabase } from '../../../test/database.ts'
import { type Lies, SoftwareAuthenticator } from '../../../test/software-authenticator.ts'
import type { Database } from '../../db/index.ts'
import { AppError } from '../../lib/app-error.ts'
import { newId } from '../../lib/ids.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import { OneTimeSecrets } from '../authentication/one-time-secrets.ts'
import { People } from '../users/people.ts'
import type { User } from '../users/user.entity.ts'
import type { PasskeyEntity } from './passkey.entity.ts'
import { PasskeyService } from './passkey.service.ts'
import { PasskeySignIn } from './passkey-sign-in.ts'

const ORIGIN = 'http://localhost:3000'
const door = new TestDoor()

describe('a passkey', () => {
  let database: Database
  let people: People
  let passkeys: PasskeyService
  let signIn: PasskeySignIn
  const clock = new ManualClock()
  const attempts: unknown[] = []
  const throttle = {
    attempt: <T>(who: unknown, run: () => Promise<T>): Promise<T> => {
      attempts.push(who)
      return run()
    },
  }

  beforeAll(async () => {
    database = await sharedDatabase()
    people = new People({ database, clock })
    const secrets = new OneTimeSecrets({ database, clock })
    passkeys = new PasskeyService({ database, secrets, clock })
    signIn = new PasskeySignIn({ database, people, secrets, throttle, clock })
  })

  const person = async (passwordHash: string | null = null): Promise<User> =>
    (await people.findById((await newPerson(database, { passwordHash })).userId))!
  const register = async (user: User, lies: Lies = {}, key = new SoftwareAuthenticator(ORIGIN)) => {
    const response = key.register(await passkeys.begin(user, door), lies)
    const passkey: PasskeyEntity = await passkeys.add(user.id, { name: 'Laptop', response }, door)
    return { key, passkey }
  }
  const holder = async () => {
    const user = await person()
    return { user, ...(await register(user)) }
  }
  const tryWith = async (key: SoftwareAuthenticator, lies: Lies = {}): Promise<User> =>
    signIn.check(key.assert(await signIn.begin(door), lies), door)
  const refused = expect.objectContaining({
    details: { problems: [expect.objectContaining({ path: ['response'], code: 'INVALID' })] },
  })

  it('is asked to know its person and to verify them', async () => {
    const user = await person()
    const { passkey } = await register(user)
    const options = await passkeys.begin(user, door)
    expect(options).toMatchObject({
      rp: { id: 'localhost', name: 'Allswell' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [{ id: passkey.credentialId }],
    })
    expect(await signIn.begin(door)).toMatchObject({
      ...{ rpId: 'localhost', userVerification: 'required' },
    })
  })

  it('signs its person in without a name, again and again', async () => {
    const { user, key } = await holder()
    for (const counter of [1, 2]) expect((await tryWith(key, { counter })).id).toBe(user.id)
    expect(attempts).toContainEqual({ ipAddress: door.ipAddress })
    const [kept] = await passkeys.list(user.id)
    expect(kept).toMatchObject({ name: 'Laptop', isSynced: true, counter: '2' })
    expect(kept!.lastUsedAt).toEqual(new Date(clock.now()))
  })

  it('signs in again and again when it does not count', async () => {
    const { user, key } = await holder()
    for (let n = 0; n < 2; n++) expect((await tryWith(key)).id).toBe(user.id)
  })

  it('is refused when its counter goes back or stands still: it is a copy', async () => {
    const { key } = await holder()
    await tryWith(key, { counter: 5 })
    await expect(tryWith(key, { counter: 5 })).rejects.toEqual(refused)
    await expect(tryWith(key, { counter: 4 })).rejects.toEqual(refused)
    await expect(tryWith(key, { counter: 0 })).rejects.toEqual(refused)
    await tryWith(key, { counter: 6 })
  })

  it.each<[string, Lies]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['the same host on another port', { origin: 'http://localhost:3001' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['a person who was not verified', { isVerified: false }],
    ['a foreign user handle', { userHandle: Buffer.from(newId()).toString('base64url') }],
    ['another key', { signer: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }],
    ['a challenge of its own', { challenge: Buffer.alloc(32, 1).toString('base64url') }],
    ['the answer to another question', { type: 'webauthn.create' }],
  ])('does not sign in with %s', async (_what, lies) => {
    const { key } = await holder()
    await expect(tryWith(key, lies)).rejects.toEqual(refused)
    await tryWith(key)
  })

  it.each<[string, Lies]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['a person who was not verified', { isVerified: false }],
    ['a challenge of its own', { challenge: Buffer.alloc(32, 1).toString('base64url') }],
    ['the answer to another question', { type: 'webauthn.get' }],
    [
      'the certificate of a maker',
      { attestation: { fmt: 'packed', attStmt: new Map([['x5c', [new Uint8Array(9)]]]) } },
    ],
    ['an unknown attestation', { attestation: { fmt: 'tpm', attStmt: new Map() } }],
  ])('is not added with %s', async (_what, lies) => {
    const user = await person()
    await expect(register(user, lies)).rejects.toEqual(refused)
    expect(await passkeys.list(user.id)).toEqual([])
  })

  it('answers a challenge once, even when it is sent many times at once', async () => {
    const { key } = await holder()
    const answer = key.assert(await signIn.begin(door))
    const tries = await Promise.allSettled([1, 2, 3, 4].map(() => signIn.check(answer, door)))
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    await expect(signIn.check(answer, door)).rejects.toEqual(refused)
  })

  it('has five minutes for an answer', async () => {
    const { key, user } = await holder()
    const [early, late] = [await signIn.begin(door), await signIn.begin(door)]
    const registration = await passkeys.begin(user, door)
    clock.advance(299_000)
    await signIn.check(key.assert(early), door)
    clock.advance(2_000)
    await expect(signIn.check(key.assert(late), door)).rejects.toEqual(refused)
    const response = new SoftwareAuthenticator(ORIGIN).register(registration)
    await expect(passkeys.add(user.id, { response }, door)).rejects.toEqual(refused)
  })

  it('is added only by the person who asked for the challenge, and a challenge serves its purpose only', async () => {
    const [one, other] = [await person(), await person()]
    const key = new SoftwareAuthenticator(ORIGIN)
    const response = key.register(await passkeys.begin(one, door))
    await expect(passkeys.add(other.id, { response }, door)).rejects.toEqual(refused)
    const { challenge } = await signIn.begin(door)
    const options = { ...(await passkeys.begin(one, door)), challenge }
    await expect(passkeys.add(one.id, { response: key.register(options) }, door)).rejects.toEqual(
      refused,
    )
  })

  it('belongs to one person', async () => {
    const { key } = await holder()
    await expect(register(await person(), {}, key)).rejects.toThrow('known here already')
  })

  it('is refused in the same words to suspended and unknown people', async () => {
    const { user, key } = await holder()
    await database.worker.query('update app_user set suspended_at = now() where id = $1', [user.id])
    const messages = await Promise.all(
      [key, new SoftwareAuthenticator(ORIGIN)].map((one) =>
        tryWith(one).catch((error: unknown) => (error as Error).message),
      ),
    )
    expect(messages[0]).toBe(messages[1])
    expect(messages[0]).toEqual(expect.stringContaining('not known'))
  })

  it('takes the device for a name when none is given, and refuses a bad one', async () => {
    const user = await person()
    const key = new SoftwareAuthenticator(ORIGIN)
    const response = key.register(await passkeys.begin(user, door))
    const bad = passkeys.add(user.id, { name: 'a\u202Eb', response }, door)
    await expect(bad).rejects.toThrow('invisible')
    expect((await passkeys.add(user.id, { response }, door)).name).toBe('Firefox on Linux')
  })

  it('is not removed when nothing else is left to sign in with', async () => {
    const { user, passkey } = await holder()
    await expect(passkeys.remove(user.id, passkey.id)).rejects.toThrow('last way')
    const second = await register(user)
    const both = await Promise.allSettled(
      [passkey, second.passkey].map(({ id }) => passkeys.remove(user.id, id)),
    )
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await passkeys.list(user.id)).toHaveLength(1)
  })

  it('is removed when there is a password, by its person only', async () => {
    const [user, other] = [await person('hash'), await person('hash')]
    const { passkey, key } = await register(user)
    expect(await passkeys.remove(other.id, passkey.id)).toBe(false)
    expect(await passkeys.remove(user.id, newId())).toBe(false)
    expect(await passkeys.remove(user.id, 'no id')).toBe(false)
    expect(await passkeys.remove(user.id, passkey.id)).toBe(true)
    await expect(tryWith(key)).rejects.toEqual(refused)
  })

  it('is not offered where the server is reached by an address', async () => {
    const user = await person()
    for (const publicUrl of ['http://127.0.0.1:3000', 'http://[::1]:3000']) {
      const byAddress = Object.assign(new TestDoor(), { publicUrl })
      await expect(passkeys.begin(user, byAddress)).rejects.toThrow('host name')
      await expect(signIn.begin(byAddress)).rejects.toThrow('host name')
    }
  })

  const outcomeOf = (tried: Promise<unknown>): Promise<unknown> =>
    tried.then(
      () => 'taken',
      (error: unknown) => (error instanceof AppError ? error.code : error),
    )

  it('is refused, and nothing worse, whatever is sent as an answer', async () => {
    const user = await person()
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (response) => {
        expect(await outcomeOf(signIn.check(response, door))).toBe('INVALID')
        expect(await outcomeOf(passkeys.add(user.id, { response }, door))).toBe('INVALID')
      }),
      { numRuns: 120 },
    )
  })

  it('is refused, and nothing worse, whatever stands in one field of a good answer', async () => {
    const { user, key } = await holder()
    const bytes = fc.uint8Array({ maxLength: 400 }).map((b) => Buffer.from(b).toString('base64url'))
    const names = ['id', 'type', 'response', 'clientDataJSON', 'userHandle', 'signature']
    const field = fc.constantFrom(...names, 'authenticatorData', 'attestationObject')
    const broken = (good: { response: object }, name: string, value: unknown): unknown =>
      name in good.response
        ? { ...good, response: { ...good.response, [name]: value } }
        : { ...good, [name]: value }
    await fc.assert(
      fc.asyncProperty(field, fc.oneof(bytes, fc.jsonValue()), async (name, value) => {
        const assertion = broken(key.assert(await signIn.begin(door)), name, value)
        if (name !== 'attestationObject')
          expect(await outcomeOf(signIn.check(assertion, door))).toBe('INVALID')
        const made = new SoftwareAuthenticator(ORIGIN).register(await passkeys.begin(user, door))
        const response = broken(made, name, value)
        if (name in made.response || name in made)
          expect(await outcomeOf(passkeys.add(user.id, { response }, door))).toBe('INVALID')
      }),
      { numRuns: 120 },
    )
  })

  it('is refused, and nothing worse, when one bit of an answer was changed', async () => {
    const { user, key } = await holder()
    const flip = (text: string, bit: number, last = Infinity): string => {
      const data = Buffer.from(text, 'base64url')
      data[data.length - 1 - ((bit >> 3) % Math.min(last, data.length))]! ^= 1 << (bit & 7)
      return data.toString('base64url')
    }
    const names = ['clientDataJSON', 'authenticatorData', 'signature'] as const
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.nat(100_000), async (name, bit) => {
        const assertion = key.assert(await signIn.begin(door))
        // The first bytes of a signature say how the rest is written, some of them twice.
        const last = name === 'signature' ? 30 : undefined
        assertion.response[name] = flip(assertion.response[name], bit, last)
        expect(await outcomeOf(signIn.check(assertion, door))).toBe('INVALID')
        const response = new SoftwareAuthenticator(ORIGIN).register(
          await passkeys.begin(user, door),
        )
        response.response.attestationObject = flip(response.response.attestationObject, bit)
        const outcome = await outcomeOf(passkeys.add(user.id, { response }, door))
        expect(['INVALID', 'LIMIT', 'taken']).toContain(outcome)
      }),
      { numRuns: 120 },
    )
  })
})
