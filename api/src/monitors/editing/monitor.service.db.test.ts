import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newWorkspace, sharedDatabase } from '../../../test/database.ts'
import { logged, stored } from '../../../test/monitors.ts'
import { type Database, RequestScope } from '../../db/index.ts'
import { EventHub } from '../../events/index.ts'
import { PartitionKeeper } from '../../history/index.ts'
import type { Actor } from '../../lib/actor.ts'
import { silentLog } from '../../lib/log.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import { SecretBox } from '../../lib/secret-box.ts'
import { MONITOR_STATUS } from '../../lib/status.ts'
import type { Monitor } from '../monitor.entity.ts'
import { MonitorReader } from '../reading/monitor-reader.ts'
import { MonitorService } from './monitor.service.ts'

let database: Database
let actor: Actor
let service: MonitorService
const clock = new ManualClock()
const secretBox = new SecretBox(Buffer.alloc(32, 7))

beforeAll(async () => {
  database = await sharedDatabase()
  const keeper = new PartitionKeeper({ database, clock, log: silentLog })
  await keeper.runOnce()
  await keeper.ensureDays(Date.now(), Date.now())
})

beforeEach(async () => {
  actor = { kind: 'system', role: 'owner', workspaceId: await newWorkspace(database) }
  const hub = new EventHub({ database, clock, log: silentLog })
  service = new MonitorService({ database, hub, secretBox, clock })
})

const HTTP = { http: { url: 'https://example.com/health' } }

async function read(id: string): Promise<Monitor> {
  const scope = new RequestScope(database, actor)
  try {
    return await new MonitorReader().get(scope, id)
  } finally {
    await scope.close()
  }
}

async function problemsOf(work: Promise<unknown>): Promise<string[]> {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e as { details: { problems: { path: string[]; code: string }[] } },
  )
  return (error?.details.problems ?? []).map((p) => `${p.path.join('.')} ${p.code}`)
}

describe('creating a monitor', () => {
  it('fills in what is not said, and begins pending', async () => {
    const id = await service.create(actor, { name: '  Shop ', settings: HTTP })
    expect(await read(id)).toMatchObject({
      ...{ name: 'Shop', kind: 'http', version: 1, isPaused: false, failAfter: 3, recoverAfter: 2 },
      ...{ intervalSeconds: 60, timeoutMs: 10_000, retryIntervalSeconds: 20, conditions: [] },
    })
    const { state, spans } = await stored(database, {
      workspaceId: actor.workspaceId,
      monitorId: id,
    })
    expect(state).toMatchObject({ status: MONITOR_STATUS.PENDING, owner_epoch: null })
    expect(spans).toEqual([{ fromMs: clock.now(), toMs: null, status: MONITOR_STATUS.PENDING }])
    expect(await logged(database, actor.workspaceId)).toEqual([
      { kind: 'monitor.created', body: { monitorId: id } },
    ])
  })

  it('begins paused when that is wished', async () => {
    const id = await service.create(actor, { name: 'Shop', settings: HTTP, isPaused: true })
    const { state } = await stored(database, { workspaceId: actor.workspaceId, monitorId: id })
    expect(state['status']).toBe(MONITOR_STATUS.PAUSED)
  })

  it('gives a push monitor an address, its period, and no second opinion', async () => {
    const settings = { push: { periodSeconds: 300, graceSeconds: 30 } }
    const monitor = await read(await service.create(actor, { name: 'Job', settings }))
    expect(monitor).toMatchObject({ intervalSeconds: 300, timeoutMs: 30_000, failAfter: 1 })
    expect(service.pushUrlOf(monitor)).toMatch(/^\/api\/push\/[\w-]{32}$/)
    expect(JSON.stringify(monitor.secrets)).not.toContain(service.pushUrlOf(monitor)!.slice(10))
  })

  it.each([
    ['no name', { name: ' ', settings: HTTP }, ['name REQUIRED']],
    ['no settings', { name: 'a', settings: {} }, ['settings INVALID']],
    ['an unknown kind', { name: 'a', settings: { telnet: {} } }, ['settings INVALID']],
    [
      'two kinds at once',
      { name: 'a', settings: { ...HTTP, tcp: { host: 'a', port: 1 } } },
      ['settings INVALID'],
    ],
    ['no URL', { name: 'a', settings: { http: {} } }, ['settings.http.url REQUIRED']],
    [
      'a word as URL',
      { name: 'a', settings: { http: { url: 'x' } } },
      ['settings.http.url INVALID'],
    ],
    [
      'a file as URL',
      { name: 'a', settings: { http: { url: 'file:///etc/passwd' } } },
      ['settings.http.url INVALID'],
    ],
    ['interval 0', { name: 'a', settings: HTTP, intervalSeconds: 0 }, ['intervalSeconds LIMIT']],
    [
      'a huge interval',
      { name: 'a', settings: HTTP, intervalSeconds: 2_000_000_000 },
      ['intervalSeconds LIMIT'],
    ],
    ['half a second', { name: 'a', settings: HTTP, timeoutMs: 0.5 }, ['timeoutMs LIMIT']],
    ['a long name', { name: 'a'.repeat(201), settings: HTTP }, ['name LIMIT']],
    ['an empty key', { name: 'a', settings: HTTP, idempotencyKey: '' }, ['idempotencyKey INVALID']],
    [
      'several mistakes',
      { name: '', settings: { http: { url: 'x' } }, failAfter: 0 },
      ['name REQUIRED', 'settings.http.url INVALID', 'failAfter LIMIT'],
    ],
  ])('refuses %s, and says where', async (_, input, problems) => {
    expect(await problemsOf(service.create(actor, input))).toEqual(problems)
    expect(await logged(database, actor.workspaceId)).toEqual([])
  })

  it('refuses a condition that cannot be read', async () => {
    const input = { name: 'a', settings: HTTP, conditions: ['status ==', 'status == 200'] }
    const [problem, ...others] = await problemsOf(service.create(actor, input))
    expect(problem).toMatch(/^conditions\b.* INVALID$/)
    expect(others).toEqual([])
  })

  it('refuses a read-only actor', async () => {
    const viewer: Actor = { ...actor, role: 'viewer' }
    const refused = { code: 'FORBIDDEN' }
    await expect(service.create(viewer, { name: 'a', settings: HTTP })).rejects.toMatchObject(
      refused,
    )
    await expect(service.update(viewer, { id: 'a' })).rejects.toMatchObject(refused)
  })
})

describe('an idempotency key', () => {
  const input = { name: 'Shop', settings: HTTP, idempotencyKey: 'k' }

  it('makes one monitor of fifty parallel calls', async () => {
    const ids = await Promise.all(Array.from({ length: 50 }, () => service.create(actor, input)))
    expect(new Set(ids).size).toBe(1)
    expect(await logged(database, actor.workspaceId)).toHaveLength(1)
  })

  it('refuses another input', async () => {
    await service.create(actor, input)
    const other = service.create(actor, { ...input, name: 'Other' })
    await expect(other).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await problemsOf(service.create(actor, { ...input, failAfter: 9 }))).toEqual([
      'idempotencyKey CONFLICT',
    ])
  })

  it('belongs to its workspace', async () => {
    const id = await service.create(actor, input)
    const stranger: Actor = { ...actor, workspaceId: await newWorkspace(database) }
    expect(await service.create(stranger, input)).not.toBe(id)
  })

  it('leaves nothing behind when the creation fails', async () => {
    await expect(service.create(actor, { ...input, settings: {} })).rejects.toThrow()
    const id = await service.create(actor, input)
    expect((await read(id)).name).toBe('Shop')
  })
})

describe('editing a monitor', () => {
  it('changes what is given and leaves the rest', async () => {
    const id = await service.create(actor, { name: 'Shop', settings: HTTP, failAfter: 5 })
    await service.update(actor, { id, name: 'Store', intervalSeconds: 30, failAfter: null })
    expect(await read(id)).toMatchObject({
      ...{ name: 'Store', intervalSeconds: 30, failAfter: 3, version: 2, timeoutMs: 10_000 },
      settings: expect.objectContaining({ url: 'https://example.com/health' }),
    })
    expect((await logged(database, actor.workspaceId)).map((e) => e.kind)).toEqual([
      'monitor.created',
      'monitor.updated',
    ])
  })

  it('keeps a secret that is not given, replaces one that is, and clears it by null', async () => {
    const shown = { url: 'https://example.com', authentication: 'BASIC', username: 'me' }
    const withSecret = { http: { ...shown, password: 'hush' } }
    const id = await service.create(actor, { name: 'a', settings: withSecret })
    const secretsAfter = async (http: Record<string, unknown>): Promise<unknown> => {
      await service.update(actor, { id, settings: { http } })
      return service.draftOf(await read(id)).secrets
    }
    expect(JSON.stringify((await read(id)).secrets)).not.toContain('hush')
    expect(await secretsAfter(shown)).toEqual({ password: 'hush' })
    expect(await secretsAfter({ ...shown, password: 'new' })).toEqual({ password: 'new' })
    expect(await secretsAfter({ url: shown.url, password: null })).toEqual({})
  })

  it('refuses an outdated version and changes nothing', async () => {
    const id = await service.create(actor, { name: 'Shop', settings: HTTP })
    await service.update(actor, { id, expectedVersion: 1, name: 'Mine' })
    const late = service.update(actor, { id, expectedVersion: 1, name: 'Late' })
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await read(id)).toMatchObject({ name: 'Mine', version: 2 })
  })

  it('lets only one of two editors of the same version win', async () => {
    const id = await service.create(actor, { name: 'Shop', settings: HTTP })
    const edits = ['a', 'b', 'c'].map((name) =>
      service.update(actor, { id, expectedVersion: 1, name }),
    )
    const results = await Promise.allSettled(edits)
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1)
    expect((await read(id)).version).toBe(2)
  })

  it('does not change the kind', async () => {
    const id = await service.create(actor, { name: 'Shop', settings: HTTP })
    const settings = { tcp: { host: 'example.com', port: 443 } }
    expect(await problemsOf(service.update(actor, { id, settings }))).toEqual(['settings INVALID'])
  })

  it('finds no unknown monitor and no other workspace’s, in the same words', async () => {
    const id = await service.create(actor, { name: 'Shop', settings: HTTP })
    const stranger: Actor = { ...actor, workspaceId: await newWorkspace(database) }
    const unknown = '0190a000-0000-7000-8000-000000000000'
    const errors = await Promise.all(
      [
        service.update(stranger, { id, name: 'x' }),
        service.update(stranger, { id: unknown, name: 'x' }),
        service.update(stranger, { id: 'x', name: 'x' }),
      ].map((work) => work.catch((error: Error) => error.message)),
    )
    expect(new Set(errors).size).toBe(1)
    expect((await read(id)).name).toBe('Shop')
  })
})
