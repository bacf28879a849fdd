import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newMember, newPerson, openTestAccounts, TestDoor } from '../../../test/accounts.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Database } from '../../db/index.ts'
import { type Actor, anonymous } from '../../lib/actor.ts'
import { newId } from '../../lib/ids.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import { SignInResolver } from '../authentication/sign-in.resolver.ts'
import type { Accounts } from '../open-accounts.ts'
import { PasskeyResolver } from '../passkeys/passkey.resolver.ts'
import type { AccountScope } from '../request-door.ts'
import { hashPassword } from '../users/password.ts'
import { SecondFactorResolver } from './second-factor.resolver.ts'

const PASSWORD = 'correct horse battery'

describe('signing in with the second factor', () => {
  let database: Database
  let workspaceId: string
  let accounts: Accounts
  let signIns: SignInResolver
  let factors: SecondFactorResolver
  let passkeys: PasskeyResolver
  const clock = new ManualClock(Date.now())

  beforeAll(async () => {
    ;({ database, workspaceId } = await testDatabase())
    accounts = await openTestAccounts(database, clock)
    const find = <T>(kind: abstract new (...parts: never[]) => T): T =>
      accounts.resolvers.find((one) => one instanceof kind) as T
    signIns = find(SignInResolver)
    factors = find(SecondFactorResolver)
    passkeys = find(PasskeyResolver)
  })
  afterAll(() => accounts.revocations.stop())

  const scopeOf = (actor: Actor): AccountScope =>
    ({ actor, door: new TestDoor() }) as unknown as AccountScope
  const codeOf = (secret: string): string =>
    TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: clock.now() })

  it('asks for a code after the right password, and takes each once', async () => {
    const passwordHash = await hashPassword(PASSWORD)
    const { userId, email } = await newPerson(database, { passwordHash })
    const session = {
      kind: 'user',
      id: userId,
      credentialId: newId(),
      workspaceId,
      role: null,
    } as const
    const begun = await factors.beginTotp({ password: PASSWORD }, scopeOf(session))
    expect(begun.userErrors).toEqual([])
    const code = codeOf(begun.secret!)
    const { recoveryCodes } = await factors.confirmTotp({ code }, scopeOf(session))
    const signIn = (given: string | null, password = PASSWORD) =>
      signIns.signIn({ email, password, code: given }, scopeOf(anonymous('192.0.2.7')))

    expect(await signIn(null)).toEqual({ viewer: null, isCodeRequired: true, userErrors: [] })
    const repeated = await signIn(code)
    expect(repeated).toMatchObject({ viewer: null, userErrors: [{ path: ['code'] }] })
    const guessed = await signIn(recoveryCodes![0]!, 'wrong horse battery')
    expect(guessed).toMatchObject({ viewer: null, isCodeRequired: false })
    const inside = await signIn(recoveryCodes![0]!)
    expect(inside.viewer).toMatchObject({ id: userId, hasTotp: true, recoveryCodesLeft: 9 })
    clock.advance(60_000)
    const off = await factors.disableTotp({ code: codeOf(begun.secret!) }, scopeOf(session))
    expect(off).toEqual({ isDisabled: true, userErrors: [] })
    expect((await signIn(null)).viewer).toMatchObject({ id: userId, hasTotp: false })
  })

  it('is refused to visitors and to API tokens, as passkeys are', async () => {
    const { actor } = await newMember(database, workspaceId, 'owner')
    for (const who of [anonymous(), { ...actor, kind: 'token' } as const]) {
      const scope = scopeOf(who)
      const verbs = [
        () => factors.beginTotp({}, scope),
        () => factors.confirmTotp({ code: '1' }, scope),
        () => factors.disableTotp({ code: '1' }, scope),
        () => factors.renewRecoveryCodes({ code: '1' }, scope),
        async () => passkeys.passkeys(scope),
        () => passkeys.beginPasskeyRegistration(scope),
        () => passkeys.addPasskey({ response: {} }, scope),
        () => passkeys.removePasskey({ id: newId() }, scope),
      ]
      const code = who.kind === 'token' ? 'FORBIDDEN' : 'UNAUTHENTICATED'
      for (const verb of verbs) await expect(verb()).rejects.toMatchObject({ code })
    }
  })
})
