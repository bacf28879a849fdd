import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newWorkspace, sharedDatabase } from '../../../test/database.ts'
import { insertMonitor } from '../../../test/monitors.ts'
import { type Database, RequestScope } from '../../db/index.ts'
import { MONITOR_STATUS, type MonitorStatus } from '../../lib/status.ts'
import { MonitorOrder } from './monitor-order.ts'
import type { MonitorSelection } from './monitor-query.ts'
import { MonitorReader } from './monitor-reader.ts'

const NOW = Date.UTC(2026, 0, 5, 12)

let database: Database
let workspaceId: string
let scope: RequestScope
const reader = new MonitorReader()

beforeAll(async () => {
  database = await sharedDatabase()
})

beforeEach(async () => {
  workspaceId = await newWorkspace(database)
  scope = new RequestScope(database, { kind: 'system', role: 'owner', workspaceId })
})

afterEach(() => scope.close())

/** One monitor per entry: name, status, latency in µs, and ms of its last day that it was down. */
async function given(
  ...entries: [name: string, status: MonitorStatus, latencyUs: number | null, downMs: number][]
): Promise<void> {
  for (const [n, [name, status, latencyUs, downMs]] of entries.entries()) {
    const { monitorId } = await insertMonitor(database, workspaceId, {
      createdAt: new Date(NOW - 100_000_000 + n),
    })
    await database.work(async (runner) => {
      await runner.query('update monitor set name = $2, target = $3 where id = $1', [
        ...[monitorId, name, `https://${name.toLowerCase()}.example`],
      ])
      await runner.query(
        `update monitor_state set status = $2, last_latency_us = $3, status_since = $4
          where monitor_id = $1`,
        [monitorId, MONITOR_STATUS[status], latencyUs, new Date(NOW - n * 1000)],
      )
      if (downMs < 0) return
      const turn = new Date(NOW - downMs)
      await runner.query('delete from state_span where monitor_id = $1', [monitorId])
      await runner.query(
        `insert into state_span (workspace_id, monitor_id, from_at, to_at, status)
         values ($1, $2, $3, $4, 1), ($1, $2, $4, null, 3)`,
        [workspaceId, monitorId, new Date(NOW - 100_000_000), turn],
      )
    })
  }
}

async function allPages(
  orderBy: MonitorOrder,
  first: number,
  selection: MonitorSelection = {},
): Promise<string[]> {
  const names: string[] = []
  let after: string | null = null
  for (;;) {
    const page = await reader.list(scope, selection, { first, after, orderBy, nowMs: NOW })
    names.push(...page.items.map((item) => item.monitor.name))
    after = page.items.at(-1)?.cursor ?? null
    if (!page.hasNextPage) return names
  }
}

const SIX: Parameters<typeof given> = [
  ['delta', 'UP', 300, 10],
  ['Alpha', 'DOWN', null, 5_000],
  ['charlie', 'UP', 100, 20],
  ['Bravo', 'DEGRADED', 900, -1],
  ['echo', 'PAUSED', 300, 30],
  ['foxtrot', 'UNKNOWN', 200, 40],
]

describe('a list of monitors', () => {
  it.each<[MonitorOrder, string]>([
    ['PROBLEMS_FIRST', 'Alpha Bravo foxtrot charlie delta echo'],
    ['NAME_ASC', 'Alpha Bravo charlie delta echo foxtrot'],
    ['NAME_DESC', 'foxtrot echo delta charlie Bravo Alpha'],
    ['STATUS_SINCE_DESC', 'delta Alpha charlie Bravo echo foxtrot'],
    ['LATENCY_DESC', 'Bravo delta echo foxtrot charlie Alpha'],
    ['UPTIME_ASC', 'Alpha foxtrot echo charlie delta Bravo'],
    ['CREATED_DESC', 'foxtrot echo Bravo charlie Alpha delta'],
  ])('is the same in the order %s whatever the size of a page', async (orderBy, names) => {
    await given(...SIX)
    for (const first of [1, 2, 4, 6, 500])
      expect((await allPages(orderBy, first)).join(' ')).toBe(names)
  })

  it('has each of many equals once', async () => {
    const same = Array.from({ length: 7 }, (): (typeof SIX)[number] => ['same', 'UP', 5, 0])
    await given(...same)
    for (const orderBy of Object.values(MonitorOrder))
      expect(await allPages(orderBy, 2)).toHaveLength(7)
  })

  it.each<[string, MonitorSelection, string]>([
    ['a part of the name', { search: 'LPH' }, 'Alpha'],
    ['a part of the target', { search: '//echo.' }, 'echo'],
    ['nothing that is a pattern', { search: '%' }, ''],
    ['statuses', { statuses: ['UP', 'DOWN'] }, 'Alpha charlie delta'],
    ['no status', { statuses: [] }, ''],
    ['kinds', { kinds: ['tcp'] }, ''],
    ['several things at once', { search: 'a', statuses: ['UP'], kinds: ['http'] }, 'charlie delta'],
    ['ids that are none', { ids: ['x', '0190a000-0000-7000-8000-000000000000'] }, ''],
    ['NUL', { search: 'a\0lpha' }, 'Alpha'],
  ])('can be narrowed by %s', async (_, selection, names) => {
    await given(...SIX)
    expect((await allPages('NAME_ASC', 10, selection)).join(' ')).toBe(names)
    expect(await reader.count(scope, selection)).toBe(names ? names.split(' ').length : 0)
  })

  it('counts statuses, whatever statuses are selected', async () => {
    await given(...SIX)
    const counts = await reader.statusCounts(scope, { statuses: ['DOWN'], search: 'ha' })
    expect(counts).toEqual([
      { status: 'UP', count: 1 },
      { status: 'DOWN', count: 1 },
    ])
  })

  it('never shows another workspace’s or deleted ones', async () => {
    await insertMonitor(database, await newWorkspace(database))
    const { monitorId } = await insertMonitor(database, workspaceId)
    await database.worker.query('update monitor set deleted_at = now() where id = $1', [monitorId])
    expect(await allPages('NAME_ASC', 10)).toEqual([])
    await expect(reader.get(scope, monitorId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it.each([
    'x',
    '',
    Buffer.from('[]').toString('base64url'),
    Buffer.from('["NAME_DESC",1,"a","0190a000-0000-7000-8000-000000000000"]').toString('base64url'),
    Buffer.from('["NAME_ASC",1,"a","\' or 1=1"]').toString('base64url'),
    Buffer.from('["NAME_ASC",1e300,"a","0190a000-0000-7000-8000-000000000000"]').toString(
      'base64url',
    ),
  ])('refuses the cursor %j', async (after) => {
    const page = { first: 5, after: after || '?', orderBy: 'NAME_ASC' as const, nowMs: NOW }
    await expect(reader.list(scope, {}, page)).rejects.toMatchObject({ code: 'INVALID' })
  })

  it.each([0, -1, 501])('refuses pages of %i', async (first) => {
    const page = { first, after: null, orderBy: 'NAME_ASC' as const, nowMs: NOW }
    await expect(reader.list(scope, {}, page)).rejects.toMatchObject({ code: 'LIMIT' })
  })
})
