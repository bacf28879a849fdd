import { afterAll, beforeAll, expect, it } from 'vitest'
import { ask, createMonitor, graphql } from '../harness/graphql.ts'
import { type LiveBatch, LiveSubscriber } from '../harness/live-subscriber.ts'
import { type OwnPostgres, startPostgres } from '../harness/own-postgres.ts'
import { PostgresProxy } from '../harness/postgres-proxy.ts'
import { ServerProcess, until } from '../harness/server-process.ts'
import { pause } from './random.ts'
import { extendLog, judge, type StreamLog } from './stream-checker.ts'

let postgres: OwnPostgres
let proxy: PostgresProxy
let servers: ServerProcess[]

beforeAll(async () => {
  postgres = await startPostgres()
  proxy = await PostgresProxy.start(postgres)
  const env = { DATABASE_URL: postgres.url(proxy.port) }
  servers = [await ServerProcess.start({ env }), await ServerProcess.start({ env })]
})
afterAll(async () => {
  for (const server of servers) await server.stop()
  await proxy.stop()
  await postgres.stop()
})

const UPDATE = `mutation ($input: UpdateMonitorInput!) { updateMonitor(input: $input) { monitor { id name } userErrors { message } } }`
const SINCE =
  'query ($after: Cursor) { eventsSince(after: $after, limit: 1000) { cursor resync events { id } } }'

it('loses nothing that was acknowledged when one of two processes is killed, and its listeners go on at the other', async () => {
  const [one, two] = servers as [ServerProcess, ServerProcess]
  const ids: string[] = []
  for (let n = 0; n < 8; n++)
    ids.push(await createMonitor(one.url, { name: `Job ${n}`, settings: { push: {} } }))
  const { liveCursor: start } = await graphql<{ liveCursor: string }>(two.url, '{ liveCursor }')
  const before = Array.from({ length: 6 }, () => new LiveSubscriber(one.url, { after: start }))

  // The name that the last acknowledged change gave each of them.
  const acknowledged = new Map<string, number>()
  // The first one since then that got no answer: the kill may have come before its commit or after.
  const open = new Map<string, number>()
  let [round, answered] = [0, 0]
  let isStopped = false
  const changing = ids.map(async (id) => {
    while (!isStopped) {
      const name = ++round
      if (!open.has(id)) open.set(id, name)
      const answer = await ask<{ updateMonitor: object }>(one.url, UPDATE, {
        input: { id, name: String(name) },
      }).catch(() => undefined)
      if (answer) open.delete(id)
      if (answer?.data) {
        acknowledged.set(id, name)
        answered++
      } else await pause(20)
    }
  })
  await until(
    'each was changed some times',
    () => acknowledged.size === ids.length && answered > 120,
  )
  const cursors = before.map((subscriber) => subscriber.cursor)
  await one.kill()
  isStopped = true
  await Promise.all(changing)

  const { monitors } = await graphql<{ monitors: { nodes: { id: string; name: string }[] } }>(
    two.url,
    '{ monitors(first: 100) { nodes { id name } } }',
  )
  for (const { id, name } of monitors.nodes)
    expect([acknowledged.get(id), open.get(id)], `monitor ${id}`).toContain(Number(name))

  const after = before.map((subscriber, n) => {
    subscriber.stop()
    return new LiveSubscriber(two.url, { after: subscriber.cursor ?? cursors[n] ?? start })
  })
  const log: StreamLog = { start, ids: [] }
  for (let page: LiveBatch | undefined; page === undefined || page.events.length > 0;) {
    const since = { after: log.ids.at(-1) ?? start }
    page = (await graphql<{ eventsSince: LiveBatch }>(two.url, SINCE, since)).eventsSince
    extendLog(log, page)
  }
  await until('everybody has the end of the log', () =>
    after.every((subscriber) => subscriber.cursor === log.ids.at(-1)),
  )
  for (const subscriber of after) subscriber.stop()
  const verdicts = before.map((subscriber, n) =>
    judge(log, {
      name: `subscriber ${n}`,
      from: start,
      batches: [...subscriber.batches, ...after[n]!.batches],
    }),
  )
  expect(log.ids.length).toBeGreaterThan(100)
  expect(verdicts.flatMap(({ faults }) => faults)).toEqual([])
  expect(verdicts.reduce((sum, { resyncs }) => sum + resyncs, 0)).toBe(0)
})
