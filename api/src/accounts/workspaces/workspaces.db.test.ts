import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { join, newMember, newPerson, openTestAccounts } from '../../../test/accounts.ts'
import { newWorkspace, sharedDatabase } from '../../../test/database.ts'
import type { Database } from '../../db/index.ts'
import { type Actor, NO_WORKSPACE } from '../../lib/actor.ts'
import { AppError } from '../../lib/app-error.ts'
import { systemClock } from '../../lib/clock.ts'
import { newId } from '../../lib/ids.ts'
import type { Accounts } from '../open-accounts.ts'
import { slugOf } from './slug.ts'
import { WorkspaceService } from './workspace.service.ts'

let database: Database
let accounts: Accounts
let workspaces: WorkspaceService

beforeAll(async () => {
  database = await sharedDatabase()
  accounts = await openTestAccounts(database)
  workspaces = new WorkspaceService({
    ...{ database, revocations: accounts.revocations, clock: systemClock },
  })
})
afterAll(() => accounts.revocations.stop())

const person = async (): Promise<Actor> => {
  const { userId, name } = await newPerson(database)
  const actor = { kind: 'user', id: userId, name, credentialId: newId(), role: null } as const
  return { ...actor, workspaceId: NO_WORKSPACE }
}
const refusal = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => {
      if (!(error instanceof AppError)) throw error
      const [problem] = error.details.problems ?? []
      return problem ? `${problem.path.join('.')} ${problem.code}` : error.code
    },
  )
const slugIn = async (id: string): Promise<string> => {
  const rows = (await database.worker.query('select slug from workspace where id = $1', [id])) as {
    slug: string
  }[]
  return rows[0]!.slug
}

describe('a new workspace', () => {
  it('belongs to who made it, has an event log, and an address from its name', async () => {
    const actor = await person()
    const id = await workspaces.create(actor, { name: `Zoë’s Café ${actor.id!.slice(-6)}` })
    expect(await slugIn(id)).toBe(`zoe-s-cafe-${actor.id!.slice(-6)}`)
    const [member] = (await database.worker.query(
      'select role, user_id = $2 as own from membership where workspace_id = $1',
      [id, actor.id],
    )) as object[]
    expect(member).toEqual({ role: 'owner', own: true })
    const snapshot = await database.openSnapshot(id)
    expect(snapshot.head.position).toBe(0)
    await snapshot.close()
  })

  it('gets another address where somebody has the one of its name', async () => {
    const actor = await person()
    const name = `Team ${actor.id!.slice(-8)}`
    const ids = [
      await workspaces.create(actor, { name }),
      await workspaces.create(actor, { name, slug: '' }),
    ]
    const slugs = await Promise.all(ids.map(slugIn))
    expect(slugs).toEqual([slugOf(name), `${slugOf(name)}-2`])
    expect(await refusal(workspaces.create(actor, { name, slug: slugs[0] }))).toBe('slug CONFLICT')
  })

  it('gets an address of its own also with a long name, and where many ask at once', async () => {
    const name = 'A name that is as long as an address of a workspace may be'
    const people = await Promise.all(Array.from({ length: 6 }, person))
    const ids = await Promise.all(people.map((actor) => workspaces.create(actor, { name })))
    const slugs = await Promise.all(ids.map((id) => slugIn(id)))
    expect(new Set(slugs).size).toBe(6)
  })

  it.each(['A', '-x', 'x-', 'x y', 'ü', 'x'.repeat(41), '../x', 'a/b', 'a\0b'])(
    'can’t have the address %j',
    async (slug) => {
      expect(await refusal(workspaces.create(await person(), { name: 'Team', slug }))).toBe(
        'slug INVALID',
      )
    },
  )

  it('is refused to who is a member of 50, also when they ask for many at once', async () => {
    const actor = await person()
    for (let n = 0; n < 48; n++)
      await join(database, await newWorkspace(database), actor.id!, 'viewer')
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => refusal(workspaces.create(actor, { name: 'One more' }))),
    )
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(2)
    expect(answers.filter((answer) => answer === ' LIMIT')).toHaveLength(3)
  })

  it('is made by people, not by tokens', async () => {
    const token: Actor = {
      kind: 'token',
      id: newId(),
      credentialId: newId(),
      role: 'owner',
      workspaceId: newId(),
    }
    expect(await refusal(workspaces.create(token, { name: 'Team' }))).toBe('FORBIDDEN')
  })
})

describe('a workspace', () => {
  it('is renamed by an admin; its new address leads to it at once', async () => {
    const workspaceId = await newWorkspace(database)
    const { actor } = await newMember(database, workspaceId, 'admin')
    const slug = `n-${workspaceId.slice(-10)}`
    await workspaces.update(actor, { name: 'New name', slug })
    expect(await slugIn(workspaceId)).toBe(slug)
  })

  it.each(['viewer', 'editor'] as const)('is not renamed by a %s', async (role) => {
    const { actor } = await newMember(database, await newWorkspace(database), role)
    expect(await refusal(workspaces.update(actor, { name: 'Mine' }))).toBe('FORBIDDEN')
  })

  it('does not take the address of another', async () => {
    const taken = await slugIn(await newWorkspace(database))
    const { actor } = await newMember(database, await newWorkspace(database), 'owner')
    expect(await refusal(workspaces.update(actor, { slug: taken }))).toBe('slug CONFLICT')
    expect(await refusal(workspaces.update(actor, { slug: '' }))).toBe('slug INVALID')
    expect(await refusal(workspaces.update(actor, { name: '' }))).toBe('name REQUIRED')
  })
})
