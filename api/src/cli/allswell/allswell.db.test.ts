import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { newMember, openTestAccounts, TestDoor } from '../../../test/accounts.ts'
import { type Ran, runAllswell } from '../../../test/command-line.ts'
import { testDatabase } from '../../../test/database.ts'
import type { Accounts, ListedUser } from '../../accounts/index.ts'
import type { Database } from '../../db/index.ts'
import { newId } from '../../lib/ids.ts'

const PASSWORD = 'a newer horse battery'
const door = new TestDoor()

describe('allswell on the command line, while a server runs', () => {
  let database: Database
  let workspaceId: string
  /** The room of the accounts in the server: this process. */
  let accounts: Accounts

  beforeAll(async () => {
    ;({ database, workspaceId } = await testDatabase())
    accounts = await openTestAccounts(database)
  })
  afterAll(() => accounts.revocations.stop())

  const run = (args: string[], input?: string): Promise<Ran> =>
    runAllswell(args, {
      env: { ALLSWELL_DATA: inject('dataFolder') },
      ...(input === undefined ? {} : { input }),
    })
  const newEmail = (): string => `${newId()}@example.com`
  const tokenIn = ({ output }: Ran): string => new URL(output.trim()).searchParams.get('token')!

  it('makes a person, who sets a password by the link and signs in', async () => {
    const email = newEmail()
    const wish = ['user', 'create', email, '--name', 'Ada', '--role', 'editor']
    const made = await run([...wish, '--workspace', workspaceId, '--url', 'https://a.example/x'])
    expect(made).toMatchObject({ code: 0, said: expect.stringContaining('within 24 hours') })
    expect(made.output).toMatch(/^https:\/\/a\.example\/x\/reset-password\?token=[\w-]{43}\n$/)
    await accounts.passwordReset.reset(tokenIn(made), PASSWORD, door.ipAddress)
    const given = { email, password: PASSWORD }
    const { user } = (await accounts.passwords.check(given, door.ipAddress)) as {
      user: { id: string; name: string }
    }
    expect(user.name).toBe('Ada')
    const [entry] = (await database.worker.query(
      'select action, target_id, actor_kind, after from audit_entry where workspace_id = $1',
      [workspaceId],
    )) as object[]
    expect(entry).toEqual({
      ...{ action: 'member.add', target_id: user.id, actor_kind: 'system' },
      after: { role: 'editor' },
    })
    const listed = JSON.parse((await run(['user', 'list', '--json'])).output) as ListedUser[]
    expect(listed.find((one) => one.email === email)).toMatchObject({
      ...{ name: 'Ada', hasPassword: true, isSuspended: false },
      memberships: [{ role: 'editor' }],
    })
  })

  it('sets a password from its input, and every session has ended within a second', async () => {
    const { email, userId } = await newMember(database, workspaceId, 'viewer')
    const { secret } = await accounts.sessions.open(userId, 'browser', door)
    expect((await accounts.authenticator.authenticate({ cookie: secret })).id).toBe(userId)
    const ran = await run(['user', 'reset-password', email, '--password-stdin'], `${PASSWORD}\n`)
    expect(ran).toMatchObject({ code: 0, output: '' })
    await expect
      .poll(async () => (await accounts.authenticator.authenticate({ cookie: secret })).kind, {
        timeout: 1_000,
      })
      .toBe('anonymous')
    const given = { email, password: PASSWORD }
    expect(await accounts.passwords.check(given, door.ipAddress)).toHaveProperty('user')
  })

  it('shuts somebody out within a second, and lets them in again', async () => {
    const { email, userId } = await newMember(database, workspaceId, 'owner')
    const { secret } = await accounts.sessions.open(userId, 'browser', door)
    expect((await accounts.authenticator.authenticate({ cookie: secret })).id).toBe(userId)
    const out = await run(['user', 'suspend', email])
    expect(out.code).toBe(0)
    expect(out.said).toContain('No other owner can sign in to:')
    await expect
      .poll(async () => (await accounts.authenticator.authenticate({ cookie: secret })).kind, {
        timeout: 1_000,
      })
      .toBe('anonymous')
    expect((await run(['user', 'reinstate', email])).code).toBe(0)
    const link = await run(['user', 'reset-password', email])
    expect(link.said).toContain('within an hour')
    await accounts.passwordReset.reset(tokenIn(link), PASSWORD, door.ipAddress)
    const actions = (await database.worker.query(
      `select action from audit_entry where workspace_id = $1 and target_id = $2 order by id`,
      [workspaceId, userId],
    )) as { action: string }[]
    expect(actions.map(({ action }) => action)).toEqual(['user.suspend', 'user.reinstate'])
  })

  it('signs access tokens with a new key', async () => {
    const old = (await accounts.signingKeys.jwks()).keys.map(({ kid }) => kid)
    const { code, output } = await run(['keys', 'rotate'])
    expect(code).toBe(0)
    expect(old).not.toContain(output.trim())
    expect(await accounts.signingKeys.publicKey(old[0]!)).toBeDefined()
    await accounts.signingKeys.rotate()
    expect((await accounts.signingKeys.jwks()).keys.map(({ kid }) => kid)).toContain(output.trim())
  })

  it('says what is wrong, and ends with 2 for what it does not understand and 1 for what fails', async () => {
    const [strange, nobody, refused, misconfigured] = await Promise.all([
      run(['user', 'promote', 'a@example.com']),
      run(['user', 'suspend', 'nobody@example.com']),
      run(['secrets', 'rotate']),
      runAllswell(['user', 'list'], { env: { PORT: 'many' } }),
    ])
    expect(strange).toMatchObject({ code: 2, said: expect.stringContaining('allswell -- help') })
    expect(nobody).toMatchObject({ code: 1, said: expect.stringContaining('There is nobody') })
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('Stop it first') })
    expect(misconfigured).toMatchObject({ code: 1, said: expect.stringContaining('PORT is many') })
  })
})
