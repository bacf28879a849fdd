import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createToken, joinAs, OWNER, type Person, signIn } from '../harness/accounts.ts'
import type { Credential } from '../harness/credentials.ts'
import { createMonitor, graphql, inWords, type UserError } from '../harness/graphql.ts'
import { Guest } from '../harness/guest.ts'
import { type OwnPostgres, startPostgres } from '../harness/own-postgres.ts'
import { PostgresProxy } from '../harness/postgres-proxy.ts'
import { ServerProcess, until } from '../harness/server-process.ts'

const WITHIN_MS = 1000
const NEW_PASSWORD = 'staple battery horse 42'
const RENAME =
  'mutation ($input: UpdateMonitorInput!) { updateMonitor(input: $input) { userErrors { message } } }'

let postgres: OwnPostgres
let proxy: PostgresProxy
let one: ServerProcess
let two: ServerProcess
let monitorId: string
let untouched: { person: Guest; token: Guest | undefined }
const times: string[] = []

beforeAll(async () => {
  postgres = await startPostgres()
  proxy = await PostgresProxy.start(postgres)
  const env = { DATABASE_URL: postgres.url(proxy.port) }
  one = await ServerProcess.start({ env })
  two = await ServerProcess.start({ env })
  const settings = { push: { periodSeconds: 60 } }
  monitorId = await createMonitor(one.url, { name: 'Ours', intervalSeconds: 60, settings })
})
afterAll(async () => {
  console.log(times.join('\n'))
  await two.stop()
  await one.stop()
  await proxy.stop()
  await postgres.stop()
})

/** Asked of the first server; a userError is a failure of the test. */
async function act(by: Credential, field: string, type?: string, input?: object): Promise<void> {
  const query = type
    ? `mutation ($input: ${type}!) { ${field}(input: $input) { userErrors { path message } } }`
    : `mutation { ${field} { userErrors { path message } } }`
  const data = await graphql<Record<string, { userErrors: UserError[] }>>(
    one.url,
    query,
    input ? { input } : {},
    by,
  )
  const problems = data[field]?.userErrors ?? []
  if (problems.length) throw new Error(inWords(problems))
}

/** How long each door of the guest stayed open after the change was answered. */
async function expectShut(what: string, guest: Guest, change: () => Promise<void>): Promise<void> {
  await change()
  const changedAt = performance.now()
  await until(`every door is shut after ${what}`, () => guest.isShut, { withinMs: 5_000 })
  const { http = 0, socket = 0, stream = 0 } = guest.shut
  const took = [http, socket, stream].map((at) => Math.max(0, Math.round(at - changedAt)))
  times.push(`${what}: HTTP ${took[0]} ms, WebSocket ${took[1]} ms, SSE ${took[2]} ms`)
  expect(Math.max(...took)).toBeLessThanOrEqual(WITHIN_MS)
  expect(guest.closeCode).toBe(4403)
  await guest.leave()
}

let people = 0
/** A new member, signed in by a session of their own. */
async function newMember(role: string): Promise<{ id: string; session: Credential } & Person> {
  const n = ++people
  const person = {
    name: `Member ${n}`,
    email: `member${n}@example.com`,
    password: 'purple window tractor',
  }
  const session = await joinAs(one.url, one.session, role, person)
  const { viewer } = await graphql<{ viewer: { id: string } }>(
    one.url,
    '{ viewer { id } }',
    {},
    session,
  )
  return { id: viewer.id, session, ...person }
}

const renaming = () => ({
  query: RENAME,
  variables: { input: { id: monitorId, name: 'Ours still' } },
})

describe('on the other server of the same database, within a second', () => {
  beforeAll(async () => {
    const token = await createToken(one.url, one.session).catch(() => undefined)
    untouched = {
      person: await Guest.enter(two.url, await signIn(two.url)),
      token: token && (await Guest.enter(two.url, token.credential)),
    }
  })
  afterAll(async () => {
    await untouched.person.leave()
    await untouched.token?.leave()
  })

  it('a sign-out ends what the session was doing', async () => {
    const session = await signIn(one.url)
    const guest = await Guest.enter(two.url, session)
    await expectShut('sign-out', guest, () => act(session, 'signOut'))
  })

  it('a session revoked from another one ends', async () => {
    const session = await signIn(one.url)
    const { sessions } = await graphql<{ sessions: { id: string; isCurrent: boolean }[] }>(
      one.url,
      '{ sessions { id isCurrent } }',
      {},
      session,
    )
    const id = sessions.find((s) => s.isCurrent)?.id
    const guest = await Guest.enter(two.url, session)
    await expectShut('session revoked', guest, () =>
      act(one.session, 'revokeSession', 'RevokeSessionInput', { id }),
    )
  })

  it('a change of role ends the sockets, and what the new role may not is refused', async () => {
    const { id, session } = await newMember('EDITOR')
    const guest = await Guest.enter(two.url, session, renaming())
    const input = { userId: id, role: 'VIEWER' }
    await expectShut('role drop', guest, () =>
      act(one.session, 'changeMemberRole', 'ChangeMemberRoleInput', input),
    )
    await (await Guest.enter(two.url, session)).leave()
  })

  it.each([
    ['removal', 'removeMember', 'RemoveMemberInput'],
    ['suspension', 'suspendMember', 'SuspendMemberInput'],
  ])('a %s shuts every door', async (what, field, type) => {
    const { id, session } = await newMember('EDITOR')
    const guest = await Guest.enter(two.url, session)
    await expectShut(what, guest, () => act(one.session, field, type, { userId: id }))
  })

  it('a revoked token is refused', async () => {
    const { id, credential } = await createToken(one.url, one.session)
    const guest = await Guest.enter(two.url, credential)
    await expectShut('token revoked', guest, () =>
      act(one.session, 'revokeApiToken', 'RevokeApiTokenInput', { id }),
    )
  })

  it('a token may no more than who made it, from the moment they may less', async () => {
    const { id, session } = await newMember('ADMIN')
    const { credential } = await createToken(one.url, session, { name: 'Theirs', role: 'EDITOR' })
    const guest = await Guest.enter(two.url, credential, renaming())
    const input = { userId: id, role: 'VIEWER' }
    await expectShut('role drop of the maker of a token', guest, () =>
      act(one.session, 'changeMemberRole', 'ChangeMemberRoleInput', input),
    )
  })

  it('leaves open what nobody has touched (negative control)', () => {
    expect(untouched.person.isUntouched).toBe(true)
    expect(untouched.token?.isUntouched ?? true).toBe(true)
  })

  it('a new password ends every session but the one that set it', async () => {
    const acting = await signIn(one.url)
    const kept = await Guest.enter(two.url, acting)
    const guest = await Guest.enter(two.url, await signIn(two.url))
    const input = { currentPassword: OWNER.password, newPassword: NEW_PASSWORD }
    await expectShut('new password', guest, () =>
      act(acting, 'changePassword', 'ChangePasswordInput', input),
    )
    expect(kept.isUntouched).toBe(true)
    await kept.leave()
  })
})
