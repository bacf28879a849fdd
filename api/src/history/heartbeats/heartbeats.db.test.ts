import { graphql, type GraphQLSchema } from 'graphql'
import { buildSchema } from 'type-graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Database, RequestScope } from '../../db/index.ts'
import { newId } from '../../lib/ids.ts'
import { silentLog as log } from '../../lib/log.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import { HEARTBEAT_STATUS, MONITOR_STATUS } from '../../lib/status.ts'
import { sharedDatabase } from '../../../test/database.ts'
import { WatchedWorkspace } from '../../../test/watched-workspace.ts'
import type { EvidenceBody } from '../../checks/index.ts'
import { lastEvidenceLoader } from '../evidence/evidence.loaders.ts'
import { saveEvidence } from '../evidence/evidence-writer.ts'
import { PartitionKeeper } from '../partitions/partition-keeper.ts'
import { stateSpanLoader } from '../spans/state-span.loaders.ts'
import { DAY_MS } from '../time-windows.ts'
import { HeartbeatResolver } from './heartbeat.resolver.ts'

const NOW = Date.UTC(2026, 0, 5, 12)
const FACTS: EvidenceBody = {
  remoteAddress: '127.0.0.1:8080',
  requestedUrl: 'http://localhost:8080/',
  statusLine: '503 Service Unavailable',
  headers: [{ name: 'content-type', value: 'text/plain' }],
  body: 'over\0loaded \ud800',
  isBodyTruncated: false,
  conditions: [{ expression: 'status == 200', isPassed: false, actual: '503' }],
  redirects: [],
}

let database: Database
let schema: GraphQLSchema

beforeAll(async () => {
  database = await sharedDatabase()
  const keeper = new PartitionKeeper({ database, clock: new ManualClock(NOW), log })
  await keeper.ensureDays(NOW - DAY_MS, NOW + DAY_MS, ['heartbeat', 'evidence'])
  schema = await buildSchema({ resolvers: [HeartbeatResolver], validate: false })
})

const scopeOf = (workspaceId: string): RequestScope =>
  new RequestScope(database, { kind: 'system', workspaceId, role: 'viewer' })

interface Page {
  edges: { cursor: string; node: { latencyMs: number } }[]
  nodes: { at: Date; status: string; message: string | null; evidence: object | null }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null }
}

async function ask(workspaceId: string, args: string): Promise<{ page?: Page; errors?: unknown }> {
  const scope = scopeOf(workspaceId)
  try {
    const source = `{ heartbeats(${args}) {
      edges { cursor node { latencyMs } }
      nodes { id at status message timings { dnsMs totalMs } evidence { at body statusLine } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    } }`
    const { data, errors } = await graphql({ schema, source, contextValue: scope })
    if (errors) return { errors: errors.map((error) => error.originalError) }
    return { page: data?.['heartbeats'] as Page }
  } finally {
    await scope.close()
  }
}

describe('the list of heartbeats', () => {
  it('is read newest first, page by page, each check once, also within one millisecond', async () => {
    const workspace = await WatchedWorkspace.make(database)
    const beats = Array.from({ length: 7 }, (_, n) =>
      workspace.beat(NOW, { slotUs: NOW * 1000 + n, latencyUs: n * 1_000 }),
    )
    await workspace.insert(...beats)
    const seen: number[] = []
    let after = ''
    for (let pages = 1; pages <= 4; pages++) {
      const cursor = after && `, after: "${after}"`
      const { page } = await ask(
        workspace.id,
        `monitorId: "${workspace.monitorIds[0]}", first: 2${cursor}`,
      )
      seen.push(...page!.edges.map((edge) => edge.node.latencyMs))
      expect(page!.pageInfo.hasNextPage).toBe(pages < 4)
      expect(page!.pageInfo.hasPreviousPage).toBe(pages > 1)
      after = page!.pageInfo.endCursor!
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0])
  })

  it('is narrowed by result and time', async () => {
    const workspace = await WatchedWorkspace.make(database)
    const { DOWN, UP } = HEARTBEAT_STATUS
    await workspace.insert(
      ...[UP, DOWN, UP, DOWN].map((status, n) =>
        workspace.beat(NOW + n * 1_000, { status, message: `no. ${n}` }),
      ),
    )
    const [from, to] = [NOW + 1_000, NOW + 3_000].map((ms) => new Date(ms).toISOString())
    const { page } = await ask(
      workspace.id,
      `monitorId: "${workspace.monitorIds[0]}", statuses: [DOWN], from: "${from}", to: "${to}"`,
    )
    expect(page!.nodes).toMatchObject([{ status: 'DOWN', message: 'no. 1' }])
  })

  it('keeps the first of two results of one slot', async () => {
    const workspace = await WatchedWorkspace.make(database)
    await workspace.insert(workspace.beat(NOW, { message: 'first' }))
    await workspace.insert(workspace.beat(NOW, { message: 'second' }), workspace.beat(NOW + 1))
    const { page } = await ask(workspace.id, `monitorId: "${workspace.monitorIds[0]}"`)
    expect(page!.nodes.map((node) => node.message)).toEqual([null, 'first'])
  })

  it('carries the evidence of the checks that have one', async () => {
    const workspace = await WatchedWorkspace.make(database)
    const [monitorId, slotUs] = [workspace.monitorIds[0]!, NOW * 1000 + 7]
    await workspace.insert(
      workspace.beat(NOW, { slotUs, timings: [null, 1, 2, 3, 4, 10_500] }),
      workspace.beat(NOW + 1),
    )
    await database.work((runner) =>
      saveEvidence(runner, [{ workspaceId: workspace.id, monitorId, slotUs, body: FACTS }]),
    )
    const { page } = await ask(workspace.id, `monitorId: "${monitorId}"`)
    expect(page!.nodes[0]!.evidence).toBeNull()
    expect(page!.nodes[1]).toMatchObject({
      timings: { dnsMs: null, totalMs: 10.5 },
      evidence: { body: 'over\ufffdloaded \ufffd', statusLine: '503 Service Unavailable' },
    })
  })

  it('answers an unknown and a foreign monitor alike', async () => {
    const [workspace, stranger] = [
      await WatchedWorkspace.make(database),
      await WatchedWorkspace.make(database),
    ]
    for (const id of [stranger.monitorIds[0], newId(), 'x', "' or 1=1"])
      expect((await ask(workspace.id, `monitorId: "${id}"`)).errors).toEqual([
        expect.objectContaining({ code: 'NOT_FOUND', message: 'There is no such monitor.' }),
      ])
  })

  it.each([
    'first: 0',
    'first: 501',
    'after: "nonsense"',
    'from: "2026-01-05T00:00:00Z", to: "2026-01-04T00:00:00Z"',
  ])('refuses %s', async (bad) => {
    const workspace = await WatchedWorkspace.make(database)
    const { errors } = await ask(workspace.id, `monitorId: "${workspace.monitorIds[0]}", ${bad}`)
    expect(errors).toEqual([expect.objectContaining({ code: 'INVALID' })])
  })
})

describe('what is read of many monitors at once', () => {
  it('gives each monitor its own last evidence', async () => {
    const workspace = await WatchedWorkspace.make(database, 3)
    const [one, two, none] = workspace.monitorIds
    const row = (monitorId: string, ms: number, body: string) => ({
      workspaceId: workspace.id,
      monitorId,
      slotUs: ms * 1000,
      body: { ...FACTS, body },
    })
    await database.work((runner) =>
      saveEvidence(runner, [
        row(one!, NOW - DAY_MS, 'old'),
        row(one!, NOW, 'new'),
        row(two!, NOW, 'two'),
      ]),
    )
    const scope = scopeOf(workspace.id)
    const found = await lastEvidenceLoader(scope).loadMany([none!, two!, one!])
    await scope.close()
    expect(found).toMatchObject([null, { body: 'two' }, { body: 'new' }])
  })

  it('gives each monitor its own spans, newest first, as many as asked for', async () => {
    const workspace = await WatchedWorkspace.make(database, 2)
    const [one, two] = workspace.monitorIds
    const { UP, DOWN } = MONITOR_STATUS
    for (const [minute, status] of [UP, DOWN, UP].entries())
      await workspace.change(NOW + minute * 60_000, status)
    await workspace.change(NOW, DOWN, NOW, 1)
    const scope = scopeOf(workspace.id)
    const load = (monitorId: string, limit: number, from?: Date, to?: Date) =>
      stateSpanLoader(scope).load({ monitorId, limit, from: from ?? null, to: to ?? null })
    const [latest, touching, other, bad] = await Promise.allSettled([
      load(one!, 2),
      load(one!, 50, new Date(NOW + 30_000), new Date(NOW + 61_000)),
      load(two!, 50),
      load(two!, 0),
    ])
    await scope.close()
    expect(latest).toMatchObject({ value: [{ status: 'UP', to: null }, { status: 'DOWN' }] })
    expect(touching).toMatchObject({ value: [{ status: 'DOWN' }, { status: 'UP' }] })
    expect(other).toMatchObject({ value: [{ status: 'DOWN', from: new Date(NOW) }] })
    expect(bad).toMatchObject({ reason: { code: 'INVALID' } })
  })
})
