import { Client } from 'pg'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { join, newPerson } from '../../../test/accounts.ts'
import { newWorkspace, sharedDatabase } from '../../../test/database.ts'
import { insertMonitor } from '../../../test/monitors.ts'
import { insertStatusPage, type TestPage } from '../../../test/status-pages.ts'
import { hashPassword, Throttle } from '../../accounts/index.ts'
import type { Database } from '../../db/index.ts'
import { applySpanChanges } from '../../history/index.ts'
import { type Actor, anonymous } from '../../lib/actor.ts'
import { newId } from '../../lib/ids.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import { MONITOR_STATUS } from '../../lib/status.ts'
import { PageAccess } from './page-access.ts'
import { PageViews } from './page-views.ts'
import { PublicPageReader } from './public-page-reader.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const PASSWORD = 'correct horse battery'
const CANARY = 'CANARY-of-a-monitor'
let database: Database
let clock: ManualClock
let workspaceId: string
let access: PageAccess
let reader: PublicPageReader
let hash: string

beforeAll(async () => {
  database = await sharedDatabase()
  hash = await hashPassword(PASSWORD)
})
beforeEach(async () => {
  clock = new ManualClock(Date.UTC(2026, 2, 31, 12))
  workspaceId = await newWorkspace(database)
  const throttle = new Throttle({ database, clock })
  access = new PageAccess({ database, throttle, key: Buffer.alloc(32, 7), clock })
  reader = new PublicPageReader({ database, access, views: new PageViews(access), clock })
})

const stranger = { actor: anonymous('192.0.2.1') }
const member = (more: Partial<Actor> = {}): { actor: Actor } => ({
  actor: {
    ...{ kind: 'user', id: newId(), credentialId: newId(), workspaceId, role: 'viewer' },
    ...more,
  },
})
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'shown',
    (error: { code?: string }) => error.code ?? String(error),
  )

/** A monitor with a canary in every text, that was UP since long ago. */
async function monitor(): Promise<string> {
  const createdAt = new Date(clock.now() - 200 * DAY_MS)
  const { monitorId } = await insertMonitor(database, workspaceId, { createdAt })
  await database.worker.query(
    'update monitor set name = $3, target = $3 where workspace_id = $1 and id = $2',
    [workspaceId, monitorId, CANARY],
  )
  await change(monitorId, 'UP', createdAt.getTime() + 1)
  return monitorId
}

async function change(monitorId: string, name: keyof typeof MONITOR_STATUS, at: number) {
  const status = MONITOR_STATUS[name]
  const one = { workspaceId, monitorId, at, status, reason: CANARY, backdatedTo: at }
  await database.work(async (runner) => {
    await applySpanChanges(runner, [one])
    await runner.query(
      'update monitor_state set status = $3, status_since = $4, reason = $5 where workspace_id = $1 and monitor_id = $2',
      [workspaceId, monitorId, status, new Date(at), CANARY],
    )
  })
}

describe('who may see a page', () => {
  const see = (page: TestPage, who: { actor: Actor; access?: string }): Promise<string> =>
    codeOf(reader.bySlug(page.slug, who))

  it.each(['public', 'unlisted'] as const)('is everybody, when it is %s', async (visibility) => {
    const page = await insertStatusPage(database, workspaceId, { visibility })
    expect(await see(page, stranger)).toBe('shown')
  })

  it('is nobody but its members, and for others it does not exist', async () => {
    const page = await insertStatusPage(database, workspaceId, { visibility: 'members' })
    expect(await see(page, stranger)).toBe('NOT_FOUND')
    expect(await see(page, member())).toBe('shown')
    const elsewhere = await newWorkspace(database)
    expect(await see(page, member({ workspaceId: elsewhere, role: 'owner' }))).toBe('NOT_FOUND')
    expect(await see(page, member({ role: null }))).toBe('NOT_FOUND')
    const known = await reader.bySlug(page.slug, stranger).catch((e: Error) => e.message)
    const unknown = await reader.bySlug('no-such-page', stranger).catch((e: Error) => e.message)
    expect(known).toBe(unknown)
  })

  it('is a member wherever they act at the moment, as long as they are one', async () => {
    const page = await insertStatusPage(database, workspaceId, { visibility: 'members' })
    const { userId } = await newPerson(database)
    await join(database, workspaceId, userId, 'viewer')
    const elsewhere = member({ id: userId, workspaceId: await newWorkspace(database) })
    expect(await see(page, elsewhere)).toBe('shown')
    const suspend = 'update membership set suspended_at = now() where user_id = $1'
    await database.worker.query(suspend, [userId])
    expect(await see(page, elsewhere)).toBe('NOT_FOUND')
  })

  it('is no token that was made for something else', async () => {
    const page = await insertStatusPage(database, workspaceId, { visibility: 'members' })
    const token = (scopes: string[]) => member({ kind: 'token', scopes })
    expect(await see(page, token(['pages:read']))).toBe('shown')
    expect(await see(page, token(['monitors:read']))).not.toBe('shown')
  })

  it.each(['', '\0', 'A', '../x', "' or 1=1 --", 'ä', 'x'.repeat(4_096), 'a\r\nb'])(
    'finds none under %j',
    async (slug) => {
      expect(await codeOf(reader.bySlug(slug, stranger))).toBe('NOT_FOUND')
      expect(await codeOf(reader.logo(slug, stranger))).toBe('NOT_FOUND')
    },
  )
})

describe('a page with a password', () => {
  const locked = () =>
    insertStatusPage(database, workspaceId, { visibility: 'password', passwordHash: hash })
  let address = 0
  const unlock = (slug: string, password = PASSWORD, ip = `198.51.${address++}.9`) =>
    access.unlock(slug, password, ip)

  it('opens for who knows it, for twelve hours', async () => {
    const page = await locked()
    expect(await codeOf(reader.bySlug(page.slug, stranger))).toBe('UNAUTHENTICATED')
    const visitor = { ...stranger, access: await unlock(page.slug) }
    expect(await codeOf(reader.bySlug(page.slug, visitor))).toBe('shown')
    clock.advance(12 * HOUR_MS - 1)
    expect(await codeOf(reader.bySlug(page.slug, visitor))).toBe('shown')
    clock.advance(1)
    expect(await codeOf(reader.bySlug(page.slug, visitor))).toBe('UNAUTHENTICATED')
  })

  it('is locked again by another password', async () => {
    const page = await locked()
    const visitor = { ...stranger, access: await unlock(page.slug) }
    await database.worker.query(
      'update status_page set password_version = password_version + 1 where id = $1',
      [page.pageId],
    )
    expect(await codeOf(reader.bySlug(page.slug, visitor))).toBe('UNAUTHENTICATED')
  })

  it('does not open by the access to another page, nor by what somebody made up', async () => {
    const [page, other] = [await locked(), await locked()]
    const real = await unlock(other.slug)
    const longer = real.replace(/^v1\.(.)/, 'v1.z')
    for (const made of [real, longer, `${real}x`, '', '\0', 'v1.zzzz.', 'x'.repeat(4_096), 'v1.é'])
      expect(await codeOf(reader.bySlug(page.slug, { ...stranger, access: made }))).toBe(
        'UNAUTHENTICATED',
      )
    const stretched = { ...stranger, access: longer }
    expect(await codeOf(reader.bySlug(other.slug, stretched))).toBe('UNAUTHENTICATED')
  })

  it('is refused in the same words where there is no such page, or none with a password', async () => {
    const [page, open] = [await locked(), await insertStatusPage(database, workspaceId)]
    const words = await Promise.all(
      [page.slug, open.slug, 'no-such-page', '\0'].map((slug) =>
        unlock(slug, 'wrong horse').catch((e: Error) => e.message),
      ),
    )
    expect(new Set(words).size).toBe(1)
  })

  it('can be guessed five times, then slower and slower', async () => {
    const page = await locked()
    const tries = []
    for (let n = 0; n < 7; n++)
      tries.push(await codeOf(unlock(page.slug, `wrong ${n}`, '203.0.113.9')))
    expect(tries).toEqual([...Array<string>(5).fill('INVALID'), 'LIMIT', 'LIMIT'])
    expect(await codeOf(unlock(page.slug, PASSWORD, '203.0.113.9'))).toBe('LIMIT')
    expect(await codeOf(unlock(page.slug))).toBe('shown')
  })
})

describe('what visitors see', () => {
  it('is nothing of the monitors behind it', async () => {
    const monitorIds = [await monitor()]
    const page = await insertStatusPage(database, workspaceId, { monitorIds, showChart: true })
    await change(monitorIds[0]!, 'DOWN', clock.now() - HOUR_MS)
    const { monitorIds: _ids, workspaceId: _w, ...told } = await reader.bySlug(page.slug, stranger)
    expect(JSON.stringify(told)).not.toContain(CANARY)
    expect(JSON.stringify(told)).not.toContain(monitorIds[0])
  })

  it('is the state, since when, the days and the uptime of each component', async () => {
    const monitorIds = [await monitor(), await monitor()]
    const page = await insertStatusPage(database, workspaceId, { monitorIds })
    const noon = Date.UTC(2026, 2, 30, 12)
    await change(monitorIds[0]!, 'DOWN', noon)
    await change(monitorIds[0]!, 'UP', noon + 864_000)
    await change(monitorIds[1]!, 'DEGRADED', clock.now() - HOUR_MS)
    const told = await reader.bySlug(page.slug, stranger)
    expect(told.status).toBe('DEGRADED')
    const [one, other] = told.sections[0]!.components
    expect(one).toMatchObject({ status: 'OPERATIONAL', since: new Date(noon + 864_000) })
    expect(one!.days!.from).toBe('2026-01-01')
    expect(one!.days!.marks).toBe(`${'u'.repeat(88)}xu`)
    expect(one!.days!.downSeconds.at(-2)).toBe(864)
    expect(one!.days!.uptimes.at(-2)).toBe(0.99)
    const known = 89.5 * DAY_MS
    expect(one!.uptime).toBeCloseTo(1 - 864_000 / known, 5)
    expect(other).toMatchObject({ status: 'DEGRADED', uptime: 1 })
    expect(other!.days!.marks).toBe(`${'u'.repeat(89)}d`)
    expect(told.updatedAt.getTime()).toBeGreaterThanOrEqual(clock.now() - HOUR_MS)
    const outages = await reader.outages(told, { limit: 10 })
    expect(outages).toEqual([
      {
        ...{ id: expect.stringMatching(`^${one!.id}-`), componentId: one!.id },
        ...{ componentName: one!.name, status: 'MAJOR_OUTAGE' },
        ...{ startedAt: new Date(noon), endedAt: new Date(noon + 864_000) },
      },
    ])
  })

  it('has the days of its own time zone, also when the clocks change', async () => {
    const monitorIds = [await monitor()]
    const timeZone = 'Europe/Berlin'
    const page = await insertStatusPage(database, workspaceId, { monitorIds, timeZone })
    // The 29th has 23 hours there: from 23:00 UTC of the 28th to 22:00 UTC.
    const begin = Date.UTC(2026, 2, 28, 23)
    await change(monitorIds[0]!, 'DOWN', begin)
    await change(monitorIds[0]!, 'UP', begin + 23 * HOUR_MS)
    const { sections } = await reader.bySlug(page.slug, stranger)
    const { marks, downSeconds, uptimes } = sections[0]!.components[0]!.days!
    expect(marks.slice(-4)).toBe('uxuu')
    expect(downSeconds.at(-3)).toBe(23 * 3_600)
    expect(uptimes.slice(-4)).toEqual([1, 0, 1, 1])
  })

  it('tells an outage by the same id while it lasts and when it is over', async () => {
    const monitorIds = [await monitor()]
    const page = await insertStatusPage(database, workspaceId, { monitorIds })
    await change(monitorIds[0]!, 'DOWN', clock.now() - HOUR_MS)
    const outages = async () =>
      reader.outages(await reader.bySlug(page.slug, stranger), { limit: 10 })
    const [lasting] = await outages()
    expect(lasting!.endedAt).toBeNull()
    await change(monitorIds[0]!, 'UP', clock.now() - 60_000)
    const [over] = await outages()
    expect(over).toEqual({ ...lasting, endedAt: new Date(clock.now() - 60_000) })
  })

  it('tells outages of long ago when they are asked for, and only those', async () => {
    const monitorIds = [await monitor()]
    const page = await insertStatusPage(database, workspaceId, { monitorIds })
    const longAgo = clock.now() - 150 * DAY_MS
    await change(monitorIds[0]!, 'DOWN', longAgo)
    await change(monitorIds[0]!, 'UP', longAgo + HOUR_MS)
    const told = await reader.bySlug(page.slug, stranger)
    const ask = (from: number, to: number) =>
      reader.outages(told, { from: new Date(from), to: new Date(to), limit: 10 })
    expect(await reader.outages(told, { limit: 10 })).toEqual([])
    expect(await ask(longAgo - DAY_MS, longAgo + DAY_MS)).toHaveLength(1)
    expect(await ask(longAgo + 2 * DAY_MS, clock.now())).toEqual([])
  })

  it('does not call well what nobody speaks for any more', async () => {
    const monitorIds = [await monitor()]
    const page = await insertStatusPage(database, workspaceId, { monitorIds })
    await database.worker.query(
      'update monitor set deleted_at = now() where workspace_id = $1 and id = $2',
      [workspaceId, monitorIds[0]],
    )
    const told = await reader.bySlug(page.slug, stranger)
    expect(told.sections[0]!.components[0]).toMatchObject({ status: 'UNKNOWN', uptime: null })
  })

  it('is read with the same few statements, however many components there are', async () => {
    const statements = async (count: number): Promise<number> => {
      const made = Array.from({ length: count }, () => insertMonitor(database, workspaceId))
      const monitorIds = (await Promise.all(made)).map(({ monitorId }) => monitorId)
      const page = await insertStatusPage(database, workspaceId, { monitorIds, showChart: true })
      const told = vi.spyOn(Client.prototype, 'query')
      const { sections } = await reader.bySlug(page.slug, stranger)
      expect(sections[0]!.components).toHaveLength(count)
      const { length } = told.mock.calls
      told.mockRestore()
      return length
    }
    const few = await statements(2)
    expect(few).toBeLessThan(20)
    expect(await statements(40)).toBe(few)
  })
})
