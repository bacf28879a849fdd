import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  newMember,
  newPerson,
  newToken,
  openTestAccounts,
  TestDoor,
} from '../../../test/accounts.ts'
import { newWorkspace, sharedDatabase } from '../../../test/database.ts'
import type { Database } from '../../db/index.ts'
import type { Actor, Role } from '../../lib/actor.ts'
import { AppError } from '../../lib/app-error.ts'
import { systemClock } from '../../lib/clock.ts'
import { newId } from '../../lib/ids.ts'
import type { Accounts } from '../open-accounts.ts'
import { MemberService } from './member.service.ts'

let database: Database
let accounts: Accounts
let members: MemberService
let workspaceId: string

beforeAll(async () => {
  database = await sharedDatabase()
  accounts = await openTestAccounts(database)
  const { revocations } = accounts
  members = new MemberService({ database, revocations, clock: systemClock })
  workspaceId = await newWorkspace(database)
})
afterAll(() => accounts.revocations.stop())

/** What refuses: the path and code of the first problem, or the code of the whole; undefined: it was done. */
const refusal = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => {
      if (!(error instanceof AppError)) throw error
      const [problem] = error.details.problems ?? []
      return problem ? `${problem.path.join('.')} ${problem.code}` : error.code
    },
  )

const roleOf = async (
  userId: string,
  inside = workspaceId,
): Promise<Role | 'suspended' | 'none'> => {
  const rows = (await database.worker.query(
    'select role, suspended_at from membership where workspace_id = $1 and user_id = $2',
    [inside, userId],
  )) as { role: Role; suspended_at: Date | null }[]
  if (!rows[0]) return 'none'
  return rows[0].suspended_at ? 'suspended' : rows[0].role
}

const audited = async (userId: string): Promise<unknown[]> =>
  (await database.worker.query(
    'select action, before, after from audit_entry where target_id = $1 order by id',
    [userId],
  )) as unknown[]

describe('a member’s role', () => {
  it('is changed by an admin, and written down with what it was', async () => {
    const { actor } = await newMember(database, workspaceId, 'admin')
    const { userId } = await newMember(database, workspaceId, 'viewer')
    await members.changeRole(actor, userId, 'editor')
    expect(await roleOf(userId)).toBe('editor')
    expect(await audited(userId)).toEqual([
      { action: 'member.role', before: { role: 'viewer' }, after: { role: 'editor' } },
    ])
  })

  it('that stays as it is leaves no entry', async () => {
    const { actor } = await newMember(database, workspaceId, 'admin')
    const { userId } = await newMember(database, workspaceId, 'viewer')
    await members.changeRole(actor, userId, 'viewer')
    expect(await audited(userId)).toEqual([])
  })

  it.each(['viewer', 'editor'] as const)('is not changed by a %s', async (role) => {
    const { actor } = await newMember(database, workspaceId, role)
    const { userId } = await newMember(database, workspaceId, 'viewer')
    for (const work of [
      () => members.changeRole(actor, userId, 'viewer'),
      () => members.suspend(actor, userId),
      () => members.reinstate(actor, userId),
      () => members.remove(actor, userId),
      () => members.transfer(actor, userId),
    ])
      expect(await refusal(work())).toBe('FORBIDDEN')
  })

  it('is never raised above that of who gives it, also not one’s own', async () => {
    const { actor, userId: own } = await newMember(database, workspaceId, 'admin')
    const { userId } = await newMember(database, workspaceId, 'viewer')
    expect(await refusal(members.changeRole(actor, userId, 'owner'))).toBe('role INVALID')
    expect(await refusal(members.changeRole(actor, own, 'owner'))).toBe('role INVALID')
  })

  it('above that of the actor is not touched', async () => {
    const { actor } = await newMember(database, workspaceId, 'admin')
    const { userId } = await newMember(database, workspaceId, 'owner')
    for (const work of [
      () => members.changeRole(actor, userId, 'viewer'),
      () => members.suspend(actor, userId),
      () => members.remove(actor, userId),
    ])
      expect(await refusal(work())).toBe('FORBIDDEN')
  })

  it('of nobody here looks the same, whether there is such a person elsewhere or not', async () => {
    const { actor } = await newMember(database, workspaceId, 'owner')
    const other = await newMember(database, await newWorkspace(database), 'viewer')
    const person = await newPerson(database)
    for (const userId of [other.userId, person.userId, newId(), 'x', ''])
      for (const work of [
        () => members.changeRole(actor, userId, 'viewer'),
        () => members.suspend(actor, userId),
        () => members.reinstate(actor, userId),
        () => members.remove(actor, userId),
        () => members.transfer(actor, userId),
      ])
        expect(await refusal(work())).toBe('userId NOT_FOUND')
    expect(await roleOf(other.userId, other.actor.workspaceId)).toBe('viewer')
  })
})

describe('the last owner', () => {
  it('can’t be demoted, suspended, removed, nor leave', async () => {
    const inside = await newWorkspace(database)
    const { actor, userId } = await newMember(database, inside, 'owner')
    expect(await refusal(members.changeRole(actor, userId, 'admin'))).toBe('role CONFLICT')
    expect(await refusal(members.suspend(actor, userId))).toBe('userId CONFLICT')
    expect(await refusal(members.remove(actor, userId))).toBe('userId CONFLICT')
    expect(await refusal(members.leave(actor))).toBe(' CONFLICT')
    expect(await roleOf(userId, inside)).toBe('owner')
  })

  it('is not another owner who is suspended', async () => {
    const inside = await newWorkspace(database)
    const { actor, userId } = await newMember(database, inside, 'owner')
    const { userId: second } = await newMember(database, inside, 'owner')
    await members.suspend(actor, second)
    expect(await refusal(members.changeRole(actor, userId, 'admin'))).toBe('role CONFLICT')
  })

  it('is not another owner whom the whole server shuts out', async () => {
    const inside = await newWorkspace(database)
    const { actor } = await newMember(database, inside, 'owner')
    const { userId: second } = await newMember(database, inside, 'owner')
    await database.worker.query('update app_user set suspended_at = now() where id = $1', [second])
    expect(await refusal(members.leave(actor))).toBe(' CONFLICT')
  })

  it('stays when many owners demote each other at once', async () => {
    const inside = await newWorkspace(database)
    const owners = await Promise.all(
      Array.from({ length: 5 }, () => newMember(database, inside, 'owner')),
    )
    const acts = owners.flatMap(({ actor }) =>
      owners
        .filter(({ userId }) => userId !== actor.id)
        .map(({ userId }) => members.changeRole(actor, userId, 'viewer')),
    )
    expect(acts).toHaveLength(20)
    await Promise.allSettled(acts)
    const roles = await Promise.all(owners.map(({ userId }) => roleOf(userId, inside)))
    expect(roles.filter((role) => role === 'owner').length).toBeGreaterThanOrEqual(1)
  })

  it('hands on: the other becomes the owner and they an admin', async () => {
    const inside = await newWorkspace(database)
    const { actor, userId } = await newMember(database, inside, 'owner')
    const { userId: heir } = await newMember(database, inside, 'viewer')
    expect(await refusal(members.transfer(actor, userId))).toBe('userId INVALID')
    await members.transfer(actor, heir)
    expect([await roleOf(userId, inside), await roleOf(heir, inside)]).toEqual(['admin', 'owner'])
  })
})

describe('a request that waited for the change that took its rights', () => {
  it('gives no role back: an admin who is demoted stays so, however often they ask', async () => {
    const inside = await newWorkspace(database)
    const { actor: owner } = await newMember(database, inside, 'owner')
    const { actor, userId } = await newMember(database, inside, 'admin')
    const demoted = members.changeRole(owner, userId, 'viewer')
    const asked = Array.from({ length: 10 }, () => members.changeRole(actor, userId, 'admin'))
    await Promise.allSettled([demoted, ...asked])
    expect(await refusal(members.changeRole(actor, userId, 'admin'))).toBe('FORBIDDEN')
    expect(await roleOf(userId, inside)).toBe('viewer')
  })

  it('reinstates nobody who was suspended, by themselves', async () => {
    const inside = await newWorkspace(database)
    const { actor: owner } = await newMember(database, inside, 'owner')
    const { actor, userId } = await newMember(database, inside, 'admin')
    await members.suspend(owner, userId)
    expect(await refusal(members.reinstate(actor, userId))).toBe('FORBIDDEN')
    expect(await roleOf(userId, inside)).toBe('suspended')
  })

  it('hands on no workspace that is not theirs any more', async () => {
    const inside = await newWorkspace(database)
    const { actor } = await newMember(database, inside, 'owner')
    const heirs = await Promise.all([1, 2].map(() => newMember(database, inside, 'viewer')))
    await Promise.allSettled(heirs.map(({ userId }) => members.transfer(actor, userId)))
    const roles = await Promise.all(heirs.map(({ userId }) => roleOf(userId, inside)))
    expect(roles.toSorted()).toEqual(['owner', 'viewer'])
  })
})

describe('who is suspended or removed', () => {
  const actorOf = async (userId: string): Promise<Actor> => {
    const { secret: cookie } = await accounts.sessions.open(userId, 'browser', new TestDoor())
    return accounts.authenticator.authenticate({ cookie })
  }

  it('may nothing here at once, and again when they are reinstated', async () => {
    const { actor } = await newMember(database, workspaceId, 'admin')
    const { userId } = await newMember(database, workspaceId, 'editor')
    const before = await actorOf(userId)
    await members.suspend(actor, userId)
    expect(await accounts.authenticator.recheck(before)).toBeNull()
    await members.reinstate(actor, userId)
    expect(await accounts.authenticator.recheck(before)).toMatchObject({ role: 'editor' })
    await members.remove(actor, userId)
    expect(await accounts.authenticator.recheck(before)).toBeNull()
  })

  it('takes the tokens along that they made', async () => {
    const { actor } = await newMember(database, workspaceId, 'owner')
    const { userId } = await newMember(database, workspaceId, 'admin')
    const { secret: bearer } = await newToken(database, workspaceId, { createdBy: userId })
    await accounts.authenticator.authenticate({ bearer })
    await members.remove(actor, userId)
    await expect(accounts.authenticator.authenticate({ bearer })).rejects.toThrow('not good')
  })

  it('is not oneself: nobody suspends themselves', async () => {
    const { actor, userId } = await newMember(database, workspaceId, 'admin')
    expect(await refusal(members.suspend(actor, userId))).toBe('userId INVALID')
  })

  it('may leave by themselves', async () => {
    const { actor, userId } = await newMember(database, workspaceId, 'viewer')
    await members.leave(actor)
    expect(await roleOf(userId)).toBe('none')
    expect(await audited(userId)).toMatchObject([{ action: 'member.leave' }])
  })
})
