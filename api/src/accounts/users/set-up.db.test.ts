import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openTestAccounts } from '../../../test/accounts.ts'
import { type Database, openDatabase } from '../../db/index.ts'
import { entities } from '../../entities.ts'
import { AppError } from '../../lib/app-error.ts'
import { systemClock } from '../../lib/clock.ts'
import { silentLog } from '../../lib/log.ts'
import { ensureDefaultWorkspace } from '../default-workspace.ts'
import type { Accounts } from '../open-accounts.ts'
import { People } from './people.ts'
import { SetUpService } from './set-up.service.ts'

const dataFolder = mkdtempSync(path.join(tmpdir(), 'allswell-set-up-'))
let database: Database
let accounts: Accounts

beforeAll(async () => {
  database = await openDatabase({ config: { dataFolder }, entities, log: silentLog })
  await ensureDefaultWorkspace(database, systemClock)
  accounts = await openTestAccounts(database)
})
afterAll(async () => {
  await accounts.revocations.stop()
  await database.close()
  rmSync(dataFolder, { recursive: true, force: true })
})

const good = {
  name: 'Ada',
  email: 'Ada@Example.com',
  password: 'correct horse battery',
  workspaceName: 'Ärzte & Söhne',
}
const serviceWith = (setUpToken?: string): SetUpService => {
  const people = new People({ database, clock: systemClock })
  return new SetUpService({ database, people, clock: systemClock, setUpToken })
}
const problemsOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'accepted',
    (error: unknown) =>
      error instanceof AppError
        ? (error.details.problems?.map(({ path: [field] }) => field) ?? error.code)
        : error,
  )

describe('the set-up', () => {
  it.each([
    ['an empty name', { name: '  ' }, ['name']],
    ['a name of 101 characters', { name: 'x'.repeat(101) }, ['name']],
    ['a name with a NUL', { name: 'a\0b' }, ['name']],
    ['no e-mail', { email: 'ada' }, ['email']],
    ['an e-mail with a line break', { email: 'a@b\r\nBcc: c@d' }, ['email']],
    ['a short password', { password: 'short' }, ['password']],
    ['the e-mail as password', { password: 'ada@example.com' }, ['password']],
    ['one character ten times', { password: 'aaaaaaaaaaaa' }, ['password']],
    ['a row of the keyboard', { password: 'qwertyuiopas' }, ['password']],
    [
      'nothing right',
      { name: '', email: '', password: '', workspaceName: '' },
      ['name', 'email', 'password', 'workspaceName'],
    ],
  ])('refuses %s at its field and makes nothing', async (_what, wrong, fields) => {
    expect(await problemsOf(serviceWith().setUp({ ...good, ...wrong }, '::1'))).toEqual(fields)
    expect(await serviceWith().isNeeded()).toBe(true)
  })

  it('asks for its token where it needs one', async () => {
    const service = serviceWith('the token')
    expect(await problemsOf(service.setUp(good, '::1'))).toEqual(['setUpToken'])
    expect(await problemsOf(service.setUp({ ...good, setUpToken: 'x' }, '::1'))).toEqual([
      'setUpToken',
    ])
  })

  it('of 50 at once makes one owner; afterwards it is not found (Cachet CVE-2021-39173)', async () => {
    const tries = await Promise.all(
      Array.from({ length: 50 }, (_, n) => {
        const person = { ...good, email: `ada${n}@example.com`, workspaceName: `Number ${n}` }
        return problemsOf(serviceWith().setUp(person, '::1'))
      }),
    )
    const count = (wanted: unknown): number => tries.filter((answer) => answer === wanted).length
    expect([count('accepted'), count('NOT_FOUND')]).toEqual([1, 49])
    const rows = (await database.worker.query('select role from membership')) as object[]
    expect(rows).toEqual([{ role: 'owner' }])
    expect(await problemsOf(serviceWith().setUp(good, '::1'))).toBe('NOT_FOUND')
    expect(await serviceWith().isNeeded()).toBe(false)
  })

  it('keeps the workspace of the first start and gives it a name', async () => {
    const rows = (await database.worker.query('select name, slug from workspace')) as {
      name: string
      slug: string
    }[]
    expect(rows).toHaveLength(1)
    expect(rows[0]!.name).toMatch(/^Number \d+$/)
    expect(rows[0]!.slug).toBe(rows[0]!.name.toLowerCase().replace(' ', '-'))
  })

  it('is written down with who did it', async () => {
    const rows = await database.worker.query(
      'select action, actor_kind as kind, ip_address as ip from audit_entry',
    )
    expect(rows).toEqual([{ action: 'workspace.create', kind: 'person', ip: '::1' }])
  })
})

describe('a sign-in by password', () => {
  it('gives the browser a session of its own each time', async () => {
    const [row] = (await database.worker.query('select email from app_user')) as { email: string }[]
    const { password } = good
    const sign = async (email: string): Promise<unknown> => {
      const answer = await accounts.passwords.check({ email, password }, '192.0.2.1')
      return 'user' in answer && answer.user.email
    }
    expect(await sign(row!.email)).toBe(row!.email)
    expect(await sign(` ${row!.email.toUpperCase()} `)).toBe(row!.email)
  })

  it('refuses an unknown e-mail and a wrong password in the same words', async () => {
    const [row] = (await database.worker.query('select email from app_user')) as { email: string }[]
    const refusal = (email: string): Promise<unknown> =>
      accounts.passwords
        .check({ email, password: 'wrong horse battery' }, '192.0.2.1')
        .catch((error: unknown) => (error as AppError).details.problems)
    const unknown = await refusal('nobody@example.com')
    expect(unknown).toHaveLength(1)
    expect(await refusal(row!.email)).toEqual(unknown)
    expect(await refusal('\0')).toEqual(unknown)
  })
})
