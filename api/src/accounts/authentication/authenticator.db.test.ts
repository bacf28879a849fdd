import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  newMember,
  newPerson,
  newToken,
  join,
  openTestAccounts,
  TestDoor,
} from '../../../test/accounts.ts'
import { newWorkspace, sharedDatabase } from '../../../test/database.ts'
import type { Database } from '../../db/index.ts'
import { NO_WORKSPACE } from '../../lib/actor.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import type { Accounts } from '../open-accounts.ts'

let database: Database
let accounts: Accounts
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'answered',
    (error: unknown) => (error as { code?: string }).code,
  )

beforeAll(async () => {
  database = await sharedDatabase()
  accounts = await openTestAccounts(database)
})
afterAll(() => accounts.revocations.stop())

async function signedIn(role: 'viewer' | 'owner' = 'viewer') {
  const workspaceId = await newWorkspace(database)
  const person = await newMember(database, workspaceId, role)
  const { secret: cookie, sessionId } = await accounts.sessions.open(
    person.userId,
    'browser',
    new TestDoor(),
  )
  return { ...person, workspaceId, cookie, sessionId }
}

describe('a session cookie', () => {
  it('makes its person the actor, with the role in the workspace', async () => {
    const { cookie, userId, sessionId, workspaceId } = await signedIn('owner')
    const actor = await accounts.authenticator.authenticate({ cookie, ipAddress: '192.0.2.1' })
    expect(actor).toMatchObject({
      ...{ kind: 'user', id: userId, credentialId: sessionId },
      ...{ workspaceId, role: 'owner', ipAddress: '192.0.2.1' },
    })
  })

  it.each(['', 'x', 'a'.repeat(43), '../../etc', '\0', '"'])(
    'that is none (%j) is nobody, and no error',
    async (cookie) => {
      const actor = await accounts.authenticator.authenticate({ cookie })
      expect(actor).toMatchObject({ kind: 'anonymous', role: null, workspaceId: NO_WORKSPACE })
    },
  )

  it('of a suspended person is nobody', async () => {
    const { cookie, userId } = await signedIn()
    await database.worker.query('update app_user set suspended_at = now() where id = $1', [userId])
    expect((await accounts.authenticator.authenticate({ cookie })).kind).toBe('anonymous')
  })

  it('of a person without a workspace may nothing but be somebody', async () => {
    const { userId } = await newPerson(database)
    const { secret: cookie } = await accounts.sessions.open(userId, 'browser', new TestDoor())
    const actor = await accounts.authenticator.authenticate({ cookie })
    expect(actor).toMatchObject({ kind: 'user', role: null, workspaceId: NO_WORKSPACE })
  })

  it('holds no longer than its 30 days, however it is used, nor 7 days without use', async () => {
    const clock = new ManualClock(Date.now())
    const own = await openTestAccounts(database, clock)
    // Nothing is polled on a clock that leaps.
    await own.revocations.stop()
    const { userId } = await signedIn()
    const { secret: cookie } = await own.sessions.open(userId, 'browser', new TestDoor())
    const kind = async (): Promise<string> =>
      (await own.authenticator.authenticate({ cookie })).kind
    const DAY = 86_400_000
    for (let day = 0; day < 29; day += 4) {
      expect(await kind()).toBe('user')
      clock.advance(4 * DAY)
    }
    expect(await kind()).toBe('anonymous')
    const { secret: other } = await own.sessions.open(userId, 'browser', new TestDoor())
    clock.advance(8 * DAY)
    expect((await own.authenticator.authenticate({ cookie: other })).kind).toBe('anonymous')
  })
})

describe('the workspace of a request', () => {
  it('is the one that is named, by address or id, among the person’s own', async () => {
    const { cookie, userId, workspaceId } = await signedIn('owner')
    const second = await newWorkspace(database)
    await join(database, second, userId, 'viewer')
    await accounts.revocations.look()
    accounts.revocations.committed([{ userId }])
    const inside = async (workspace?: string): Promise<unknown> => {
      const actor = await accounts.authenticator.authenticate({ cookie, workspace })
      return [actor.workspaceId, actor.role]
    }
    expect(await inside()).toEqual([workspaceId, 'owner'])
    expect(await inside(second)).toEqual([second, 'viewer'])
    expect(await inside(`w-${second.slice(-12)}`)).toEqual([second, 'viewer'])
  })

  it.each([
    ['another’s', () => newWorkspace(database)],
    ['unknown', () => Promise.resolve(NO_WORKSPACE)],
    ['no id at all', () => Promise.resolve('../x')],
    ['empty', () => Promise.resolve('')],
  ])('must not be %s: all look the same', async (_what, make) => {
    const { cookie } = await signedIn()
    const workspace = await make()
    await expect(accounts.authenticator.authenticate({ cookie, workspace })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'There is no such workspace.',
    })
  })

  it('is not one in which the membership is suspended', async () => {
    const { cookie, workspaceId } = await signedIn('owner')
    await database.worker.query(
      'update membership set suspended_at = now() where workspace_id = $1',
      [workspaceId],
    )
    expect((await accounts.authenticator.authenticate({ cookie })).role).toBeNull()
  })
})

describe('an API token', () => {
  it('acts in its workspace with its role and scopes', async () => {
    const workspaceId = await newWorkspace(database)
    const { id, secret: bearer } = await newToken(database, workspaceId, {
      role: 'editor',
      scopes: ['monitors:write'],
    })
    const actor = await accounts.authenticator.authenticate({ bearer })
    expect(actor).toMatchObject({
      ...{ kind: 'token', id, credentialId: id, workspaceId, role: 'editor' },
      scopes: ['monitors:write'],
    })
  })

  it('is refused in any other workspace', async () => {
    const { secret: bearer } = await newToken(database, await newWorkspace(database))
    const workspace = await newWorkspace(database)
    expect(await codeOf(accounts.authenticator.authenticate({ bearer, workspace }))).toBe(
      'NOT_FOUND',
    )
  })

  it('may never more than who made it', async () => {
    const workspaceId = await newWorkspace(database)
    const { userId } = await newMember(database, workspaceId, 'viewer')
    const { secret: bearer } = await newToken(database, workspaceId, {
      ...{ role: 'admin', createdBy: userId },
    })
    expect((await accounts.authenticator.authenticate({ bearer })).role).toBe('viewer')
  })

  it.each([
    ['removed', 'delete from membership where user_id = $1'],
    ['suspended here', 'update membership set suspended_at = now() where user_id = $1'],
    ['suspended everywhere', 'update app_user set suspended_at = now() where id = $1'],
  ])('dies when who made it is %s', async (_how, sql) => {
    const workspaceId = await newWorkspace(database)
    const { userId } = await newMember(database, workspaceId, 'admin')
    const { secret: bearer } = await newToken(database, workspaceId, { createdBy: userId })
    await database.worker.query(sql, [userId])
    expect(await codeOf(accounts.authenticator.authenticate({ bearer }))).toBe('UNAUTHENTICATED')
  })

  it('is refused once it has expired, also when it is remembered', async () => {
    const clock = new ManualClock(Date.now())
    const own = await openTestAccounts(database, clock)
    const expiresAt = new Date(clock.now() + 500)
    const { secret: bearer } = await newToken(database, await newWorkspace(database), { expiresAt })
    expect((await own.authenticator.authenticate({ bearer })).kind).toBe('token')
    clock.advance(500)
    expect(await codeOf(own.authenticator.authenticate({ bearer }))).toBe('UNAUTHENTICATED')
    await own.revocations.stop()
  })

  it('that is wrong is refused, and never taken for nobody, even beside a good cookie', async () => {
    const { cookie } = await signedIn()
    for (const bearer of ['', 'x', `aw_${'0'.repeat(46)}`, 'a.b.c', 'aw_\0', 'x'.repeat(100_000)])
      expect(await codeOf(accounts.authenticator.authenticate({ bearer, cookie }))).toBe(
        'UNAUTHENTICATED',
      )
  })
})

describe('a change of rights', () => {
  it('made by another process is known here within a second', async () => {
    const other = await openTestAccounts(database)
    const { cookie, userId, sessionId } = await signedIn()
    const here = (): Promise<string> =>
      accounts.authenticator.authenticate({ cookie }).then(({ kind }) => kind)
    expect(await here()).toBe('user')
    expect(await other.sessions.revoke(userId, sessionId)).toBe(true)
    const beganAt = performance.now()
    while ((await here()) === 'user' && performance.now() - beganAt < 2_000)
      await new Promise((later) => setTimeout(later, 5))
    expect(performance.now() - beganAt).toBeLessThan(1_000)
    await other.revocations.stop()
  })

  it('is looked for by itself when nobody was told of it', async () => {
    const { cookie, userId } = await signedIn()
    await accounts.authenticator.authenticate({ cookie })
    await database.work(async (runner) => {
      await runner.query('delete from session where user_id = $1', [userId])
      await runner.query('insert into auth_change (user_id) values ($1)', [userId])
    })
    await accounts.revocations.look()
    expect((await accounts.authenticator.authenticate({ cookie })).kind).toBe('anonymous')
  })

  it('of a transaction that began earlier and ended later is not missed', async () => {
    const { cookie, userId } = await signedIn()
    await accounts.authenticator.authenticate({ cookie })
    await database.work(async (runner) => {
      await runner.query('delete from session where user_id = $1', [userId])
      await runner.query('insert into auth_change (user_id) values ($1)', [userId])
      // Somebody else's change, of a later number, is seen before.
      await database.worker.query('insert into auth_change (user_id) values ($1)', [userId])
      await accounts.revocations.look()
    })
    await accounts.revocations.look()
    expect((await accounts.authenticator.authenticate({ cookie })).kind).toBe('anonymous')
  })

  it('is cleared away when everybody has long heard of it', async () => {
    const { userId } = await newPerson(database)
    await database.worker.query(
      `insert into auth_change (user_id, at) values ($1, now() - interval '2 hours'), ($1, now())`,
      [userId],
    )
    const own = await openTestAccounts(database)
    const rows = (await database.worker.query('select id from auth_change where user_id = $1', [
      userId,
    ])) as object[]
    expect(rows).toHaveLength(1)
    await own.revocations.stop()
  })

  it('that can’t be heard makes that nothing remembered is trusted', async () => {
    const clock = new ManualClock(Date.now())
    const own = await openTestAccounts(database, clock)
    await own.revocations.stop()
    const { cookie, userId } = await signedIn()
    expect((await own.authenticator.authenticate({ cookie })).kind).toBe('user')
    await database.worker.query('delete from session where user_id = $1', [userId])
    expect((await own.authenticator.authenticate({ cookie })).kind).toBe('user')
    clock.advance(1_000)
    expect((await own.authenticator.authenticate({ cookie })).kind).toBe('anonymous')
  })
})

describe('the last use', () => {
  it('of a session is written down with its address, and of a token', async () => {
    const { cookie, sessionId } = await signedIn()
    const { id, secret: bearer } = await newToken(database, await newWorkspace(database))
    await accounts.authenticator.authenticate({ cookie, ipAddress: '198.51.100.9' })
    await accounts.authenticator.authenticate({ bearer })
    const read = async (): Promise<unknown> => {
      const [session] = (await database.worker.query(
        'select ip_address as ip from session where id = $1',
        [sessionId],
      )) as { ip: string }[]
      const [token] = (await database.worker.query(
        'select last_used_at is not null as used from api_token where id = $1',
        [id],
      )) as { used: boolean }[]
      return [session?.ip, token?.used]
    }
    await expect.poll(read).toEqual(['198.51.100.9', true])
  })

  it('names the workspace to which the person comes back', async () => {
    const { cookie, userId } = await signedIn()
    const second = await newWorkspace(database)
    await join(database, second, userId, 'viewer')
    accounts.revocations.committed([{ userId }])
    await accounts.authenticator.authenticate({ cookie, workspace: second })
    const read = async (): Promise<unknown> => {
      accounts.revocations.committed([{ userId }])
      return (await accounts.authenticator.authenticate({ cookie })).workspaceId
    }
    await expect.poll(read).toBe(second)
  })
})
