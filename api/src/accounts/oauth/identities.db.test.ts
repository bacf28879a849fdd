import { beforeAll, describe, expect, it } from 'vitest'
import { newPerson } from '../../../test/accounts.ts'
import { newWorkspace, sharedDatabase } from '../../../test/database.ts'
import type { Database } from '../../db/index.ts'
import { systemClock } from '../../lib/clock.ts'
import { newId } from '../../lib/ids.ts'
import type { Revocations } from '../authentication/revocations.ts'
import { People } from '../users/people.ts'
import { Identities, type IdentitiesOptions } from './identities.ts'
import type { ProvedIdentity } from './provider.ts'

/** Looks like K, and becomes k in small letters. */
const KELVIN = '\u212A'
let database: Database

beforeAll(async () => {
  database = await sharedDatabase()
})

function identities(rules: Partial<IdentitiesOptions['rules']> = {}): Identities {
  const revocations = { committed: () => undefined } as unknown as Revocations
  const people = new People({ database, clock: systemClock })
  const none = { allowedDomains: [], autoJoinRole: undefined, autoJoinWorkspace: undefined }
  return new Identities({
    ...{ database, people, revocations, clock: systemClock },
    rules: { ...none, ...rules },
  })
}

const proved = (email: string): ProvedIdentity => ({
  ...{ subject: newId(), email, isEmailVerified: true, name: null },
})

async function personWithK(): Promise<{ userId: string; email: string }> {
  const { userId } = await newPerson(database)
  const email = `k${userId.slice(-12)}@example.com`
  await database.worker.query('update app_user set email = $2, email_key = $2 where id = $1', [
    userId,
    email,
  ])
  return { userId, email }
}

describe('an e-mail that only looks like somebody’s', () => {
  it('signs nobody else in, while capitals do', async () => {
    const { userId, email } = await personWithK()
    await expect(
      identities().personOf('oidc', proved(email.replace('k', KELVIN))),
    ).rejects.toMatchObject({ code: 'email_unverified' })
    const found = await identities().personOf('oidc', proved(email.toUpperCase()))
    expect(found.id).toBe(userId)
  })

  it('makes nobody new either, who would stand in the way of its owner', async () => {
    await newWorkspace(database)
    const email = `${KELVIN}${newId().slice(-12)}@example.com`
    await expect(
      identities({ autoJoinRole: 'viewer' }).personOf('oidc', proved(email)),
    ).rejects.toMatchObject({ code: 'email_unverified' })
  })

  it('is of no allowed domain', async () => {
    const rules = { allowedDomains: ['kit.test'] }
    await expect(
      identities(rules).personOf('oidc', proved(`zoe@${KELVIN}it.test`)),
    ).rejects.toMatchObject({ code: 'domain_not_allowed' })
  })
})

it('does not attach an account of another domain, which could not sign in', async () => {
  const { userId } = await newPerson(database)
  const rules = { allowedDomains: ['kit.test'] }
  await expect(identities(rules).link(userId, 'oidc', proved('x@evil.test'))).rejects.toMatchObject(
    { code: 'domain_not_allowed' },
  )
})

it('judges more strangers at once than there are connections', async () => {
  const service = identities()
  const strangers = Array.from({ length: 40 }, () => proved(`${newId()}@example.com`))
  const codes = await Promise.all(
    strangers.map((stranger) =>
      service.personOf('oidc', stranger).catch((error: { code: string }) => error.code),
    ),
  )
  expect(new Set(codes)).toEqual(new Set(['no_account']))
})
