import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newWorkspace, sharedDatabase } from '../../../test/database.ts'
import { makeEventPartitions } from '../../../test/event-partitions.ts'
import { insertMonitor, logged } from '../../../test/monitors.ts'
import { type Database, RequestScope } from '../../db/index.ts'
import { EventHub } from '../../events/index.ts'
import type { Actor } from '../../lib/actor.ts'
import { systemClock } from '../../lib/clock.ts'
import { newId } from '../../lib/ids.ts'
import { silentLog } from '../../lib/log.ts'
import type { StatusPage, StatusPageSection } from '../page.objects.ts'
import { newPublicId } from '../page-ids.ts'
import { findPage, sectionsLoader } from '../reading/page-reader.ts'
import type { SectionWish } from './section-draft.ts'
import { type NewStatusPage, StatusPageService } from './status-page.service.ts'

let database: Database
let actor: Actor
let service: StatusPageService

beforeAll(async () => {
  database = await sharedDatabase()
  await makeEventPartitions(database)
})
beforeEach(async () => {
  actor = { kind: 'system', role: 'owner', workspaceId: await newWorkspace(database) }
  const hub = new EventHub({ database, clock: systemClock, log: silentLog })
  service = new StatusPageService({ database, hub, clock: systemClock })
})

const newSlug = (): string => `page-${newPublicId()}`
const create = (wish: Partial<NewStatusPage> = {}): Promise<string> =>
  service.create(actor, { slug: newSlug(), title: 'Acme', ...wish })

async function read(id: string): Promise<StatusPage & { sections: StatusPageSection[] }> {
  const scope = new RequestScope(database, actor)
  try {
    const page = await findPage(scope, id)
    return { ...page!, sections: await sectionsLoader(scope).load(id) }
  } finally {
    await scope.close()
  }
}

async function problemsOf(work: Promise<unknown>): Promise<string[]> {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e as { details?: { problems?: { path: string[]; code: string }[] } },
  )
  return (error?.details?.problems ?? []).map((p) => `${p.path.join('.')} ${p.code}`)
}

const audited = (): Promise<{ action: string; before: object | null; after: object | null }[]> =>
  database.worker.query(
    'select action, before, after from audit_entry where workspace_id = $1 order by at, id',
    [actor.workspaceId],
  )

const section = (name: string, ...components: string[]): SectionWish => ({
  name,
  components: components.map((one) => ({ name: one })),
})

describe('creating a page', () => {
  it('fills in what is not said, logs it and writes it down', async () => {
    const id = await create({ title: ' Acme ', sections: [section('Services', 'Website', 'API')] })
    const page = await read(id)
    expect(page).toMatchObject({
      ...{ title: 'Acme', description: '', visibility: 'public', theme: 'system', version: 1 },
      ...{ timeZone: 'UTC', locale: null, domain: null, hasPassword: false, logoUrl: null },
    })
    expect(page.url).toBe(`/status/${page.slug}`)
    const components = page.sections[0]!.components
    expect(components.map(({ name }) => name)).toEqual(['Website', 'API'])
    expect(components[0]!.id).toMatch(/^[a-z0-9]{12}$/)
    expect(components[0]).toMatchObject({ showBars: true, showChart: false, showUptime: true })
    expect(await logged(database, actor.workspaceId)).toEqual([
      { kind: 'page.created', body: { pageId: id } },
    ])
    expect((await audited()).map(({ action }) => action)).toEqual(['page.create'])
  })

  it('makes one page for one idempotency key, and refuses the key for another', async () => {
    const slug = newSlug()
    const once = () => create({ slug, idempotencyKey: 'k-1' })
    expect(await once()).toBe(await once())
    expect(await problemsOf(create({ idempotencyKey: 'k-1' }))).toEqual(['idempotencyKey CONFLICT'])
  })

  it('gives an address and a domain to one page only, whosever workspace it is in', async () => {
    const slug = newSlug()
    const domain = `${newPublicId()}.example.com`
    await create({ slug, domain })
    const other = { ...actor, workspaceId: await newWorkspace(database) }
    const again = service.create(other, { slug, title: 'Other' })
    expect(await problemsOf(again)).toEqual(['slug CONFLICT'])
    const same = service.create(other, { slug: newSlug(), title: 'Other', domain })
    expect(await problemsOf(same)).toEqual(['domain CONFLICT'])
  })

  it('refuses a reader, and a stranger', async () => {
    for (const [who, code] of [
      [{ ...actor, kind: 'user', role: 'viewer' }, 'FORBIDDEN'],
      [{ ...actor, kind: 'anonymous', role: null }, 'UNAUTHENTICATED'],
      [{ ...actor, kind: 'user', role: null }, 'NOT_FOUND'],
    ] as const) {
      const refused = service.create(who, { slug: newSlug(), title: 'x' })
      await expect(refused).rejects.toMatchObject({ code })
      await expect(service.update(who, { id: newId() })).rejects.toMatchObject({ code })
      await expect(service.delete(who, [newId()])).rejects.toMatchObject({ code })
      const set = service.setComponentStatus(who, newPublicId(), null)
      await expect(set).rejects.toMatchObject({ code })
    }
  })
})

const HALF = '\ud800'

describe('what a page may be', () => {
  it.each<[string, Partial<NewStatusPage>, string]>([
    ['no address', { slug: '' }, 'slug REQUIRED'],
    ['an address with a path', { slug: '../etc' }, 'slug INVALID'],
    ['an address in capitals', { slug: 'Acme' }, 'slug INVALID'],
    ['an address with an umlaut', { slug: 'ä' }, 'slug INVALID'],
    ['an address of 4 kB', { slug: 'a'.repeat(4_096) }, 'slug INVALID'],
    ['no title', { title: ' ' }, 'title REQUIRED'],
    ['a title of two lines', { title: 'a\r\nb' }, 'title INVALID'],
    ['a title that turns around', { title: 'a\u202eb' }, 'title INVALID'],
    ['a title of 4 kB', { title: 'a'.repeat(4_096) }, 'title INVALID'],
    ['a description with NUL', { description: 'a\0b' }, 'description INVALID'],
    ['a description with half a letter', { description: HALF }, 'description INVALID'],
    ['a description that is too long', { description: 'a'.repeat(10_001) }, 'description LIMIT'],
    ['a colour by name', { accentColor: 'red' }, 'accentColor INVALID'],
    ['a colour with more', { accentColor: '#ffffff;x' }, 'accentColor INVALID'],
    ['no known time zone', { timeZone: 'Mars/Base' }, 'timeZone INVALID'],
    ['a time zone with NUL', { timeZone: '\0' }, 'timeZone INVALID'],
    ['no language', { locale: '!!' }, 'locale INVALID'],
    ['a domain with a scheme', { domain: 'https://x.example' }, 'domain INVALID'],
    ['a domain with a port', { domain: 'x.example:80' }, 'domain INVALID'],
    ['an address as domain', { domain: '127.0.0.1' }, 'domain INVALID'],
    ['a short password', { password: 'short' }, 'password INVALID'],
    ['a password of 4 kB', { password: 'x'.repeat(4_096) }, 'password LIMIT'],
    ['privacy without password', { visibility: 'password' }, 'password REQUIRED'],
    ['a logo that is none', { logo: 'hello' }, 'logo INVALID'],
    ['a logo from elsewhere', { logo: 'https://example.com/x.png' }, 'logo INVALID'],
    ['too many sections', { sections: Array(51).fill(section('x')) }, 'sections LIMIT'],
    [
      'a component without name',
      { sections: [section('x', ' ')] },
      'sections.0.components.0.name REQUIRED',
    ],
    ['a section of two lines', { sections: [section('a\nb')] }, 'sections.0.name INVALID'],
  ])('is not %s', async (_what, wish, problem) => {
    expect(await problemsOf(create(wish))).toEqual([problem])
  })

  it('names everything that is wrong at once', async () => {
    expect(await problemsOf(create({ title: '', accentColor: 'x', timeZone: 'x' }))).toEqual([
      'title REQUIRED',
      'accentColor INVALID',
      'timeZone INVALID',
    ])
  })

  it('has no monitors of other workspaces, and no parts of other pages', async () => {
    const theirs = await insertMonitor(database, await newWorkspace(database))
    const foreign = {
      name: 'x',
      components: [{ name: 'x', monitorIds: [theirs.monitorId, newId(), 'x'] }],
    }
    expect(await problemsOf(create({ sections: [foreign] }))).toEqual(
      [0, 1, 2].map((n) => `sections.0.components.0.monitorIds.${n} NOT_FOUND`),
    )
    const other = await read(await create({ sections: [section('x', 'y')] }))
    const [{ id, components }] = other.sections as [StatusPageSection]
    const stolen = { id, components: [{ id: components[0]!.id, name: 'z' }] }
    expect(await problemsOf(create({ sections: [stolen] }))).toEqual([
      'sections.0.id NOT_FOUND',
      'sections.0.components.0.id NOT_FOUND',
    ])
  })
})

describe('changing a page', () => {
  it('changes what is given, raises the version and logs it', async () => {
    const id = await create({ description: 'Hello', locale: 'de' })
    await service.update(actor, { id, title: 'Acme 2', locale: null, expectedVersion: 1 })
    expect(await read(id)).toMatchObject({
      ...{ title: 'Acme 2', description: 'Hello', locale: null, version: 2 },
    })
    expect((await logged(database, actor.workspaceId)).at(-1)).toEqual({
      kind: 'page.updated',
      body: { pageId: id },
    })
    expect((await audited()).at(-1)).toMatchObject({
      action: 'page.update',
      before: { title: 'Acme', locale: 'de' },
      after: { title: 'Acme 2', locale: null },
    })
  })

  it('is refused to whoever has seen an older version', async () => {
    const id = await create()
    await service.update(actor, { id, title: 'Two' })
    const late = service.update(actor, { id, title: 'Three', expectedVersion: 1 })
    expect(await problemsOf(late)).toEqual(['expectedVersion CONFLICT'])
    expect((await read(id)).title).toBe('Two')
  })

  it('keeps what is named by its id, in its new order, and removes what is not', async () => {
    const monitor = await insertMonitor(database, actor.workspaceId)
    const monitorIds = [monitor.monitorId]
    const id = await create({
      sections: [
        { name: 'A', components: [{ name: 'a1', monitorIds }, { name: 'a2' }] },
        section('B', 'b1'),
      ],
    })
    const [a, b] = (await read(id)).sections as [StatusPageSection, StatusPageSection]
    const [a1] = a.components as [StatusPageSection['components'][number]]
    await service.update(actor, {
      id,
      sections: [
        { id: b.id, name: 'B2', components: [{ id: a1.id, name: 'a1 moved' }, { name: 'new' }] },
      ],
    })
    const { sections } = await read(id)
    expect(sections.map((s) => [s.id, s.name])).toEqual([[b.id, 'B2']])
    const [moved, added, ...rest] = sections[0]!.components
    expect(moved).toMatchObject({ id: a1.id, name: 'a1 moved', monitorIds })
    expect(added!.id).not.toBe(b.components[0]!.id)
    expect(rest).toEqual([])
  })

  it('tells nobody the password, in the audit log neither', async () => {
    const id = await create({ visibility: 'password', password: 'correct horse' })
    await service.update(actor, { id, password: 'battery staple' })
    expect(await read(id)).toMatchObject({ hasPassword: true })
    expect(JSON.stringify(await audited())).not.toMatch(/correct horse|battery staple|argon2/)
  })

  it('finds no page of another workspace, nor an id that is none', async () => {
    const id = await create()
    const other = { ...actor, workspaceId: await newWorkspace(database) }
    for (const wanted of [id, newId(), '', '\0', "' or 1=1", 'x'.repeat(4_096)])
      await expect(service.update(other, { id: wanted, title: 'x' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
    expect(await service.delete(other, [id, '\0'])).toEqual(new Set())
    expect(await read(id)).toMatchObject({ title: 'Acme', version: 1 })
  })
})

describe('the state that a person sets', () => {
  it('is kept, logged and written down, and taken back by null', async () => {
    const id = await create({ sections: [section('A', 'a')] })
    const componentId = (await read(id)).sections[0]!.components[0]!.id
    expect(await service.setComponentStatus(actor, componentId, 'MAINTENANCE')).toBe(id)
    const page = await read(id)
    expect(page.sections[0]!.components[0]!.manualStatus).toBe('MAINTENANCE')
    expect(page.version).toBe(2)
    expect((await audited()).at(-1)).toMatchObject({
      ...{ action: 'component.status', after: { manualStatus: 'MAINTENANCE' } },
    })
    await service.setComponentStatus(actor, componentId, null)
    expect((await read(id)).sections[0]!.components[0]!.manualStatus).toBeNull()
  })

  it.each(['', '\0', 'abcdefabcdef', '../../etc', 'Ä'.repeat(12)])(
    'finds no component %j',
    async (id) => {
      const set = service.setComponentStatus(actor, id, 'DEGRADED')
      await expect(set).rejects.toMatchObject({ code: 'NOT_FOUND' })
    },
  )
})

describe('deleting pages', () => {
  it('takes their components along and leaves the monitors', async () => {
    const { monitorId } = await insertMonitor(database, actor.workspaceId)
    const components = [{ name: 'a', monitorIds: [monitorId] }]
    const id = await create({ sections: [{ name: 'A', components }] })
    expect(await service.delete(actor, [id, newId()])).toEqual(new Set([id]))
    const count = (table: string): Promise<{ n: string }[]> =>
      database.worker.query(`select count(*) as n from ${table} where workspace_id = $1`, [
        actor.workspaceId,
      ])
    for (const table of ['status_page', 'status_page_section', 'component', 'component_monitor'])
      expect(await count(table)).toEqual([{ n: '0' }])
    expect(await count('monitor')).toEqual([{ n: '1' }])
    expect((await logged(database, actor.workspaceId)).at(-1)!.kind).toBe('page.deleted')
  })
})
