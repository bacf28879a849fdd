import { execute, parse, printSchema, subscribe } from 'graphql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LiveServer, MemoryScope } from '../../../test/live-server.ts'
import { updated } from '../../../test/memory-log.ts'
import { encodeCursor } from '../../events/index.ts'
import { newId } from '../../lib/ids.ts'
import type { ToldBatch } from '../../../test/live-client.ts'

let server: LiveServer

beforeEach(async () => {
  server = await new LiveServer().start()
})
afterEach(() => server.stop())

const cursor = (position: number, epoch = 1, workspaceId = server.workspaceId): string =>
  encodeCursor(workspaceId, { epoch, position })

interface Answer {
  data?: { eventsSince?: ToldBatch; liveCursor?: string } | null
  code?: unknown
}

async function ask(query: string): Promise<Answer> {
  const { data, errors } = await execute({
    schema: server.live.schema,
    document: parse(query),
    contextValue: new MemoryScope(server.actor, server.log),
  })
  const cause = errors?.[0]?.originalError as { code?: string } | undefined
  return { data: data as Answer['data'], ...(cause ? { code: cause.code } : {}) }
}

const since = async (args: string): Promise<Answer> =>
  ask(
    `{ eventsSince${args} { cursor resync events { ... on MonitorUpdated { monitorId } } } liveCursor }`,
  )

describe('eventsSince', () => {
  beforeEach(() => server.commit(updated('m1'), updated('m2'), updated('m3')))

  it('answers an empty batch with the present cursor when there is none yet', async () => {
    const { data } = await since('')
    expect(data!.eventsSince).toEqual({ cursor: cursor(3), resync: false, events: [] })
    expect(data!.liveCursor).toBe(cursor(3))
  })

  it('answers what happened since, a page at a time', async () => {
    const page = async (after: string): Promise<ToldBatch> =>
      (await since(`(after: "${after}", limit: 2)`)).data!.eventsSince!
    const first = await page(cursor(0))
    expect(first).toEqual({
      cursor: cursor(2),
      resync: false,
      events: [{ monitorId: 'm1' }, { monitorId: 'm2' }],
    })
    expect(await page(first.cursor)).toEqual({
      cursor: cursor(3),
      resync: false,
      events: [{ monitorId: 'm3' }],
    })
    expect(await page(cursor(3))).toEqual({ cursor: cursor(3), resync: false, events: [] })
  })

  it.each([
    ['ahead of the log', () => cursor(4)],
    ['of another epoch', () => cursor(1, 0)],
  ])('says resync for a cursor %s', async (_what, after) => {
    const { data } = await since(`(after: "${after()}")`)
    expect(data!.eventsSince).toEqual({ cursor: cursor(3), resync: true, events: [] })
  })

  it('says resync for a cursor older than retention', async () => {
    server.log.droppedTo = 2
    expect((await since(`(after: "${cursor(1)}")`)).data!.eventsSince!.resync).toBe(true)
    expect((await since(`(after: "${cursor(2)}")`)).data!.eventsSince!.resync).toBe(false)
  })

  it('refuses what is no cursor of this workspace, and limits out of range', async () => {
    const codes = await Promise.all(
      [
        'after: "nonsense"',
        'after: ""',
        `after: "${cursor(1, 1, newId())}"`,
        'limit: 0',
        'limit: 1001',
      ].map(async (args) => (await since(`(${args})`)).code),
    )
    expect(codes).toEqual(Array(5).fill('INVALID'))
  })
})

describe('graphql.subscribe, without any transport', () => {
  it('works through the schema', async () => {
    server.commit(updated('m1'))
    const result = await subscribe({
      schema: server.live.schema,
      document: parse(
        `subscription { monitorUpdates(after: "${cursor(0)}", ids: ["m1"]) { events { ... on MonitorUpdated { monitorId monitor { name } } } } }`,
      ),
      contextValue: new MemoryScope(server.actor, server.log),
    })
    const batches = result as AsyncGenerator<unknown, void>
    const next = async (): Promise<unknown> => (await batches.next()).value
    const one = { monitorId: 'm1', monitor: { name: 'm1 v1' } }
    expect(await next()).toEqual({ data: { monitorUpdates: { events: [one] } } })
    server.commit(updated('m2'), updated('m1'))
    expect(await next()).toEqual({ data: { monitorUpdates: { events: [one] } } })
    const waiting = batches.next()
    await batches.return(undefined)
    expect((await waiting).done).toBe(true)
  })

  it('answers an error for a cursor that makes no sense', async () => {
    const result = await subscribe({
      schema: server.live.schema,
      document: parse('subscription { events(after: "nonsense") { cursor } }'),
      contextValue: new MemoryScope(server.actor, server.log),
    })
    expect(result).toMatchObject({ errors: [{ originalError: { code: 'INVALID' } }] })
  })
})

it('the live part of the contract is as promised', () => {
  const text = printSchema(server.live.schema)
  for (const line of [
    'eventsSince(',
    'limit: Int = 500',
    'liveCursor: Cursor!',
    'events(',
    'topics: [Topic!]',
    'monitorUpdates(',
    'ids: [ID!]',
    'after: Cursor',
    'latenciesMs: [Float]!',
    'beats: PackedBeats!',
    'slots: [DateTime!]!',
    'statuses: [HeartbeatStatus!]!',
    'events: [Event!]!',
    'type MonitorDeleted implements Event',
    'reason: String\n',
  ])
    expect(text).toContain(line)
})
