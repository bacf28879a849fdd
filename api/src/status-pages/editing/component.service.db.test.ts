import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newWorkspace, sharedDatabase } from '../../../test/database.ts'
import { makeEventPartitions } from '../../../test/event-partitions.ts'
import { insertMonitor, logged } from '../../../test/monitors.ts'
import { insertStatusPage, type TestPage } from '../../../test/status-pages.ts'
import { type Database, RequestScope } from '../../db/index.ts'
import { EventHub } from '../../events/index.ts'
import type { Actor } from '../../lib/actor.ts'
import { systemClock } from '../../lib/clock.ts'
import { newId } from '../../lib/ids.ts'
import { silentLog } from '../../lib/log.ts'
import type { StatusPageComponent } from '../page.objects.ts'
import { newPublicId } from '../page-ids.ts'
import { findComponent, sectionsLoader } from '../reading/page-reader.ts'
import { ComponentService } from './component.service.ts'
import { StatusPageService } from './status-page.service.ts'

let database: Database
let actor: Actor
let service: ComponentService
let page: TestPage

beforeAll(async () => {
  database = await sharedDatabase()
  await makeEventPartitions(database)
})
beforeEach(async () => {
  actor = { kind: 'system', role: 'owner', workspaceId: await newWorkspace(database) }
  const hub = new EventHub({ database, clock: systemClock, log: silentLog })
  const pages = new StatusPageService({ database, hub, clock: systemClock })
  service = new ComponentService({ database, pages, clock: systemClock })
  page = await insertStatusPage(database, actor.workspaceId)
})

async function inScope<T>(read: (scope: RequestScope) => Promise<T>): Promise<T> {
  const scope = new RequestScope(database, actor)
  try {
    return await read(scope)
  } finally {
    await scope.close()
  }
}

const read = (id: string): Promise<StatusPageComponent | null> =>
  inScope((scope) => findComponent(scope, id))
const names = (): Promise<string[][]> =>
  inScope(async (scope) =>
    (await sectionsLoader(scope).load(page.pageId)).map((section) =>
      section.components.map(({ name }) => name),
    ),
  )

async function problemsOf(work: Promise<unknown>): Promise<string[]> {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e as { details?: { problems?: { path: string[]; code: string }[] } },
  )
  return (error?.details?.problems ?? []).map((p) => `${p.path.at(-1)} ${p.code}`)
}

describe('a component on its own', () => {
  it('is added at the end, changed and deleted; each is a change of its page', async () => {
    const { monitorId } = await insertMonitor(database, actor.workspaceId)
    const { pageId } = page
    const id = await service.create(actor, { pageId, name: ' Shop ', monitorIds: [monitorId] })
    expect(await names()).toEqual([['Part 1', 'Shop']])
    expect(await read(id)).toMatchObject({ name: 'Shop', monitorIds: [monitorId], showBars: true })
    await service.update(actor, { id, showBars: false, manualStatus: 'DEGRADED' })
    expect(await read(id)).toMatchObject({
      ...{ name: 'Shop', monitorIds: [monitorId], showBars: false, manualStatus: 'DEGRADED' },
    })
    expect(await service.delete(actor, [id, newPublicId(), '\0'])).toEqual(new Set([id]))
    expect(await names()).toEqual([['Part 1']])
    const kinds = (await logged(database, actor.workspaceId)).map(({ kind }) => kind)
    expect(kinds).toEqual(['page.updated', 'page.updated', 'page.updated'])
    const entries = await database.worker.query(
      'select action from audit_entry where workspace_id = $1',
      [actor.workspaceId],
    )
    expect(entries).toEqual(Array(3).fill({ action: 'page.update' }))
  })

  it('is made once for one idempotency key', async () => {
    const once = () =>
      service.create(actor, { pageId: page.pageId, name: 'Shop', idempotencyKey: 'k' })
    expect(await once()).toBe(await once())
    expect(await names()).toEqual([['Part 1', 'Shop']])
    const other = { pageId: page.pageId, name: 'Other', idempotencyKey: 'k' }
    expect(await problemsOf(service.create(actor, other))).toEqual(['idempotencyKey CONFLICT'])
  })

  it('loses nothing when several are added at once', async () => {
    const added = ['a', 'b', 'c', 'd', 'e']
    await Promise.all(added.map((name) => service.create(actor, { pageId: page.pageId, name })))
    expect((await names())[0]!.toSorted()).toEqual(['Part 1', ...added])
  })

  it('keeps the others as they are', async () => {
    await service.update(actor, { id: page.componentId, manualStatus: 'MAINTENANCE' })
    await service.create(actor, { pageId: page.pageId, name: 'Shop' })
    expect(await read(page.componentId)).toMatchObject({ manualStatus: 'MAINTENANCE' })
  })

  it.each([
    ['no name', { name: ' ' }, 'name REQUIRED'],
    ['a name of 4 kB', { name: 'x'.repeat(4_096) }, 'name INVALID'],
    ['a name with NUL', { name: 'a\0' }, 'name INVALID'],
    ['a description with a line break', { description: 'a\r\nb' }, 'description INVALID'],
    ['an unknown section', { sectionId: newId() }, 'sectionId NOT_FOUND'],
    ['an odd section', { sectionId: '\0' }, 'sectionId NOT_FOUND'],
    ['an unknown monitor', { monitorIds: [newId()] }, '0 NOT_FOUND'],
    ['an odd key', { idempotencyKey: '\0' }, 'idempotencyKey INVALID'],
  ])('does not have %s', async (_what, wish, problem) => {
    const given = { pageId: page.pageId, name: 'Shop', ...wish }
    expect(await problemsOf(service.create(actor, given))).toEqual([problem])
    expect(await names()).toEqual([['Part 1']])
  })

  it('is found by nobody else', async () => {
    const other = { ...actor, workspaceId: await newWorkspace(database) }
    const code = 'NOT_FOUND'
    for (const id of [page.componentId, newPublicId(), '', '\0', '../x'])
      await expect(service.update(other, { id, name: 'x' })).rejects.toMatchObject({ code })
    for (const pageId of [page.pageId, newId(), '\0'])
      await expect(service.create(other, { pageId, name: 'x' })).rejects.toMatchObject({ code })
    expect(await service.delete(other, [page.componentId])).toEqual(new Set())
    expect(await names()).toEqual([['Part 1']])
  })

  it('refuses a reader', async () => {
    const reader: Actor = { ...actor, kind: 'user', role: 'viewer' }
    const code = 'FORBIDDEN'
    const { pageId, componentId: id } = page
    await expect(service.create(reader, { pageId, name: 'x' })).rejects.toMatchObject({ code })
    await expect(service.update(reader, { id })).rejects.toMatchObject({ code })
    await expect(service.delete(reader, [id])).rejects.toMatchObject({ code })
  })
})
