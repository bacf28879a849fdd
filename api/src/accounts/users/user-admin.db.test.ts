import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newMember, openTestAccounts } from '../../../test/accounts.ts'
import { newWorkspace } from '../../../test/database.ts'
import { madeFolder, removeFolders } from '../../../test/server-process.ts'
import { type Database, openDatabase } from '../../db/index.ts'
import { entities } from '../../entities.ts'
import { silentLog } from '../../lib/log.ts'
import type { Accounts } from '../open-accounts.ts'

describe('who runs the server', () => {
  let database: Database
  let accounts: Accounts

  beforeAll(async () => {
    const config = { dataFolder: madeFolder('allswell-admin-') }
    database = await openDatabase({ config, entities, log: silentLog })
    accounts = await openTestAccounts(database)
  })
  afterAll(async () => {
    await accounts.revocations.stop()
    await database.close()
    removeFolders()
  })

  const create = (email: string, role: 'viewer' | 'owner', workspace?: string) =>
    accounts.admin.create({ email, name: 'Ada', role, workspace })

  it('makes the first owner before anybody has set it up, and then nobody else can', async () => {
    await create('viewer@example.com', 'viewer')
    expect(await accounts.setUp.isNeeded()).toBe(true)
    await create('owner@example.com', 'owner')
    expect(await accounts.setUp.isNeeded()).toBe(false)
    expect(await accounts.admin.list()).toEqual([
      expect.objectContaining({
        ...{ email: 'owner@example.com', hasPassword: false },
        memberships: [{ slug: 'default', role: 'owner', isSuspended: false }],
      }),
      expect.objectContaining({ email: 'viewer@example.com' }),
    ])
  })

  it('must name the workspace when there are several, and a known one', async () => {
    const workspaceId = await newWorkspace(database)
    await expect(create('one@example.com', 'viewer')).rejects.toThrow('several')
    await expect(create('one@example.com', 'viewer', 'nowhere')).rejects.toThrow(/default/)
    expect(await accounts.admin.find('ONE@example.com').catch(() => null)).toBeNull()
    await create('one@example.com', 'viewer', workspaceId)
    expect((await accounts.admin.find(' ONE@example.com ')).name).toBe('Ada')
  })

  it('makes nobody of what is no e-mail, no name, or taken', async () => {
    await expect(create('nobody', 'viewer', 'default')).rejects.toThrow('no e-mail')
    await expect(create('OWNER@example.com', 'viewer', 'default')).rejects.toThrow('already')
    const nameless = {
      email: 'two@example.com',
      name: ' ',
      role: 'viewer',
      workspace: 'default',
    } as const
    await expect(accounts.admin.create(nameless)).rejects.toThrow('name')
  })

  it('is told which workspaces are left without an owner who can sign in', async () => {
    const workspaceId = await newWorkspace(database)
    const { admin } = accounts
    const [first, second] = [
      await newMember(database, workspaceId, 'owner'),
      await newMember(database, workspaceId, 'owner'),
    ]
    expect(await admin.suspend(await admin.find(first.email))).toEqual([])
    expect(await admin.suspend(await admin.find(second.email))).toHaveLength(1)
    await admin.reinstate(await admin.find(first.email))
    expect((await admin.find(first.email)).suspendedAt).toBeNull()
  })
})
