import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newMember, newPerson, openTestAccounts } from '../../../test/accounts.ts'
import { newWorkspace, sharedDatabase } from '../../../test/database.ts'
import type { Database } from '../../db/index.ts'
import { type Actor, anonymous, NO_WORKSPACE, type Role } from '../../lib/actor.ts'
import { AppError } from '../../lib/app-error.ts'
import { silentLog } from '../../lib/log.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import { newId } from '../../lib/ids.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { Accounts } from '../open-accounts.ts'
import { People } from '../users/people.ts'
import { InvitationAcceptance } from './invitation-acceptance.ts'
import { InvitationService } from './invitation.service.ts'

const clock = new ManualClock(Date.now())
const letters: { to: string; text: string }[] = []
let mailFails = false
const mailer: Mailer = {
  isConfigured: true,
  send: async (letter) => {
    await Promise.resolve()
    if (mailFails) throw new Error('away')
    letters.push(letter)
  },
}
const door = { webUrl: 'https://app.example' }
let database: Database
let accounts: Accounts
let invitations: InvitationService
let acceptance: InvitationAcceptance
let workspaceId: string
let admin: Actor

beforeAll(async () => {
  database = await sharedDatabase()
  accounts = await openTestAccounts(database)
  invitations = new InvitationService({ database, mailer, clock, log: silentLog })
  const people = new People({ database, clock })
  acceptance = new InvitationAcceptance({
    ...{ database, people, clock, revocations: accounts.revocations },
  })
  workspaceId = await newWorkspace(database)
  admin = (await newMember(database, workspaceId, 'admin', 'Ada')).actor
})
afterAll(() => accounts.revocations.stop())

const invite = async (
  wishes: { email?: string; role?: Role; expiresInHours?: number } = {},
  by = admin,
): Promise<{ token: string; id: string; isSent: boolean }> => {
  const { url, invitation, isSent } = await invitations.invite(
    by,
    { role: 'viewer', ...wishes },
    door,
  )
  expect(url).toMatch(/^https:\/\/app\.example\/join\/[\w-]{43}$/)
  return { token: url.split('/').at(-1)!, id: invitation.id, isSent }
}
const visitor = anonymous('192.0.2.9')
const newcomer = (): { name: string; email: string; password: string } => ({
  ...{ name: 'Grace', email: `${newId().slice(-12)}@example.com` },
  password: 'correct horse battery',
})
const signedIn = async (): Promise<Actor & { email: string }> => {
  const { userId, email, name } = await newPerson(database)
  const actor = { kind: 'user', id: userId, name, credentialId: newId(), role: null } as const
  return { ...actor, workspaceId: NO_WORKSPACE, email }
}
const refusal = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => {
      if (!(error instanceof AppError)) throw error
      const problems = error.details.problems ?? []
      return problems.map(({ path, code }) => `${path.join('.')} ${code}`).join(', ') || error.code
    },
  )

describe('an invitation', () => {
  it('makes a new person a member, once', async () => {
    const { token } = await invite({ role: 'editor' })
    expect(await acceptance.preview(token)).toMatchObject({
      role: 'editor',
      invitedBy: 'Ada',
      workspaceName: 'Test',
    })
    const { user, role } = await acceptance.accept(visitor, { token, ...newcomer() })
    expect([role, user.emailVerifiedAt]).toEqual(['editor', null])
    expect(await acceptance.preview(token)).toBeNull()
    expect(await refusal(acceptance.accept(visitor, { token, ...newcomer() }))).toBe(
      'token NOT_FOUND',
    )
  })

  it('makes who is signed in a member', async () => {
    const { token } = await invite()
    const actor = await signedIn()
    expect(await acceptance.accept(actor, { token })).toMatchObject({ workspaceId, role: 'viewer' })
  })

  it('makes one member of twenty who come with it at once', async () => {
    const { token } = await invite()
    const people = await Promise.all(Array.from({ length: 20 }, signedIn))
    const answers = await Promise.all(
      people.map((actor) => refusal(acceptance.accept(actor, { token }))),
    )
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(1)
    expect(new Set(answers.filter(Boolean))).toEqual(new Set(['token NOT_FOUND']))
  })

  it('is for the invited e-mail alone', async () => {
    const { token } = await invite({ email: 'grace@example.com' })
    expect(await refusal(acceptance.accept(await signedIn(), { token }))).toBe(' CONFLICT')
    expect(await refusal(acceptance.accept(visitor, { token, ...newcomer() }))).toBe(
      'email INVALID',
    )
    const actor = await signedIn()
    const own = await invite({ email: actor.email.toUpperCase() })
    expect(await refusal(acceptance.accept(actor, { token: own.token }))).toBeUndefined()
  })

  it('is not used up by who is a member already, nor by wrong input', async () => {
    const { token } = await invite()
    const member = await newMember(database, workspaceId, 'viewer')
    expect(await refusal(acceptance.accept(member.actor, { token }))).toBe(' CONFLICT')
    const wrong = { token, name: ' ', email: 'x', password: 'short' }
    expect(await refusal(acceptance.accept(visitor, wrong))).toBe(
      'name REQUIRED, email INVALID, password INVALID',
    )
    expect(
      await refusal(acceptance.accept(visitor, { token, ...newcomer(), email: member.email })),
    ).toBe('email CONFLICT')
    expect(await acceptance.preview(token)).not.toBeNull()
  })

  it('ends with its time', async () => {
    const { token } = await invite({ expiresInHours: 1 })
    clock.advance(3_600_000)
    expect(await acceptance.preview(token)).toBeNull()
    expect(await refusal(acceptance.accept(await signedIn(), { token }))).toBe('token NOT_FOUND')
  })

  it('ends when it is taken back', async () => {
    const { token, id } = await invite()
    expect(await invitations.revoke(admin, id)).toBe(true)
    expect(await acceptance.preview(token)).toBeNull()
    expect(await invitations.revoke(admin, id)).toBe(false)
  })

  it.each([
    ['gone', 'delete from membership where user_id = $1'],
    ['suspended', 'update membership set suspended_at = now() where user_id = $1'],
    ['demoted below the role', `update membership set role = 'viewer' where user_id = $1`],
  ])('is void once who invited is %s', async (_how, sql) => {
    const inviter = await newMember(database, workspaceId, 'admin')
    const { token } = await invite({ role: 'editor' }, inviter.actor)
    await database.worker.query(sql, [inviter.userId])
    expect(await acceptance.preview(token)).toBeNull()
    expect(await refusal(acceptance.accept(await signedIn(), { token }))).toBe('token NOT_FOUND')
  })

  it('of another workspace is not taken back from here, and looks like none', async () => {
    const { id, token } = await invite()
    const { actor } = await newMember(database, await newWorkspace(database), 'owner')
    expect(await invitations.revoke(actor, id)).toBe(false)
    expect(await invitations.revoke(actor, newId())).toBe(false)
    expect(await acceptance.preview(token)).not.toBeNull()
  })

  it.each(['viewer', 'editor'] as const)('is neither made nor taken back by a %s', async (role) => {
    const { actor } = await newMember(database, workspaceId, role)
    expect(await refusal(invitations.invite(actor, { role: 'viewer' }, door))).toBe('FORBIDDEN')
    expect(await refusal(invitations.revoke(actor, newId()))).toBe('FORBIDDEN')
  })

  it('gives no role above that of who invites, and holds 1 to 720 hours', async () => {
    expect(await refusal(invite({ role: 'owner' }))).toBe('role INVALID')
    for (const expiresInHours of [0, -1, 721])
      expect(await refusal(invite({ expiresInHours }))).toBe('expiresInHours LIMIT')
    expect(await refusal(invite({ email: 'a@b\r\nBcc: c@d' }))).toBe('email INVALID')
  })

  it('is sent where an address is given; that it could not be sent is told, and the link holds', async () => {
    const sent = await invite({ email: 'mary@example.com' })
    expect(sent.isSent).toBe(true)
    expect(letters.at(-1)).toMatchObject({ to: 'mary@example.com' })
    expect(letters.at(-1)?.text).toContain(sent.token)
    mailFails = true
    const unsent = await invite({ email: 'mary@example.com' })
    mailFails = false
    expect(unsent.isSent).toBe(false)
    expect(await acceptance.preview(unsent.token)).not.toBeNull()
  })

  it.each(['', 'x', '\0', 'A'.repeat(43), '../x'])(
    'that is none (%j) leads nowhere',
    async (token) => {
      expect(await acceptance.preview(token)).toBeNull()
      expect(await refusal(acceptance.accept(visitor, { token, ...newcomer() }))).toBe(
        'token NOT_FOUND',
      )
    },
  )
})
