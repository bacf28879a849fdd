import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newMember, openTestAccounts } from '../../../test/accounts.ts'
import { newWorkspace, sharedDatabase } from '../../../test/database.ts'
import { type Database, RequestScope } from '../../db/index.ts'
import type { Actor } from '../../lib/actor.ts'
import { AppError } from '../../lib/app-error.ts'
import { systemClock } from '../../lib/clock.ts'
import { newId } from '../../lib/ids.ts'
import type { Accounts } from '../open-accounts.ts'
import { ApiTokenService } from './api-token.service.ts'

let database: Database
let accounts: Accounts
let tokens: ApiTokenService
let workspaceId: string
let owner: Actor

beforeAll(async () => {
  database = await sharedDatabase()
  accounts = await openTestAccounts(database)
  tokens = new ApiTokenService({ database, revocations: accounts.revocations, clock: systemClock })
  workspaceId = await newWorkspace(database)
  owner = (await newMember(database, workspaceId, 'owner', 'Ada')).actor
})
afterAll(() => accounts.revocations.stop())

const refusal = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => {
      if (!(error instanceof AppError)) throw error
      return error.details.problems?.map(({ path }) => path.join('.')).join() ?? error.code
    },
  )
const codeOf = (bearer: string): Promise<string | undefined> =>
  refusal(accounts.authenticator.authenticate({ bearer }))

describe('an API token', () => {
  it('works from the moment it is made, and its secret is stored nowhere', async () => {
    const { apiToken, token } = await tokens.create(owner, { name: 'Deploy', role: 'editor' })
    expect(await accounts.authenticator.authenticate({ bearer: token })).toMatchObject({
      ...{ kind: 'token', id: apiToken.id, role: 'editor', workspaceId },
    })
    const rows = JSON.stringify(await database.worker.query('select * from api_token'))
    expect(rows).not.toContain(token)
    expect(token.startsWith(apiToken.prefix)).toBe(true)
  })

  it('is refused at once when it is revoked, and revoked once', async () => {
    const { apiToken, token } = await tokens.create(owner, { name: 'Short-lived' })
    expect(await codeOf(token)).toBeUndefined()
    expect(await tokens.revoke(owner, apiToken.id)).toBe(true)
    expect(await codeOf(token)).toBe('UNAUTHENTICATED')
    expect(await tokens.revoke(owner, apiToken.id)).toBe(false)
  })

  it('of another workspace looks like none, and stays', async () => {
    const { apiToken, token } = await tokens.create(owner, { name: 'Ours' })
    const { actor } = await newMember(database, await newWorkspace(database), 'owner')
    expect(await tokens.revoke(actor, apiToken.id)).toBe(false)
    expect(await tokens.revoke(actor, newId())).toBe(false)
    expect(await tokens.revoke(actor, 'x')).toBe(false)
    expect(await codeOf(token)).toBeUndefined()
  })

  it.each(['viewer', 'editor'] as const)('is neither made nor revoked by a %s', async (role) => {
    const { actor } = await newMember(database, workspaceId, role)
    expect(await refusal(tokens.create(actor, { name: 'Mine' }))).toBe('FORBIDDEN')
    expect(await refusal(tokens.revoke(actor, newId()))).toBe('FORBIDDEN')
  })

  it('makes no other token: a revoked one must leave nothing behind', async () => {
    const { token } = await tokens.create(owner, { name: 'Mother', role: 'owner' })
    const actor = await accounts.authenticator.authenticate({ bearer: token })
    expect(await refusal(tokens.create(actor, { name: 'Daughter' }))).toBe('FORBIDDEN')
  })

  it('may no more than who makes it', async () => {
    const { actor } = await newMember(database, workspaceId, 'admin')
    expect(await refusal(tokens.create(actor, { name: 'Above', role: 'owner' }))).toBe('role')
  })

  it('is listed with who made it, and never with its secret', async () => {
    const { apiToken } = await tokens.create(owner, { name: 'Listed', scopes: ['monitors:read'] })
    const scope = new RequestScope(database, owner)
    const listed = (await tokens.list(scope)).find(({ id }) => id === apiToken.id)
    await scope.close()
    expect(listed).toMatchObject({ name: 'Listed', createdBy: 'Ada', scopes: ['monitors:read'] })
    expect(Object.keys(listed!).join()).not.toMatch(/secret|hash/i)
  })

  it('is one of at most 500, also when many are made at once', async () => {
    const inside = await newWorkspace(database)
    const { actor } = await newMember(database, inside, 'owner')
    await database.worker.query(
      `insert into api_token (workspace_id, id, name, prefix, secret_hash, role, created_at)
       select $1, gen_random_uuid(), 'Old', 'aw_xxxxx', sha256((random()::text || n)::bytea), 'viewer', now()
         from generate_series(1, 498) n`,
      [inside],
    )
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => refusal(tokens.create(actor, { name: 'New' }))),
    )
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(2)
  })
})
