import { afterAll, beforeAll, expect, it } from 'vitest'
import { createMonitor, graphql } from '../harness/graphql.ts'
import { type LiveBatch, LiveSubscriber } from '../harness/live-subscriber.ts'
import { PostgresProxy } from '../harness/postgres-proxy.ts'
import { startPostgres, type OwnPostgres } from '../harness/own-postgres.ts'
import { ServerProcess, until } from '../harness/server-process.ts'
import { TargetService } from '../harness/target-service.ts'
import { keepChanging } from './constant-change.ts'
import { isLong, pause, seededRandom } from './random.ts'
import { extendLog, judge, type StreamLog } from './stream-checker.ts'

const SECONDS = isLong ? 60 : 12
const random = seededRandom(99)

let postgres: OwnPostgres
let proxies: PostgresProxy[]
let servers: ServerProcess[]
let target: TargetService

beforeAll(async () => {
  ;[postgres, target] = await Promise.all([startPostgres(), TargetService.start()])
  proxies = await Promise.all([PostgresProxy.start(postgres), PostgresProxy.start(postgres)])
  servers = []
  for (const proxy of proxies) {
    const env = { DATABASE_URL: postgres.url(proxy.port) }
    servers.push(await ServerProcess.start({ env }))
  }
})
afterAll(async () => {
  for (const server of servers) await server.stop()
  for (const proxy of proxies) await proxy.stop()
  await target.close()
  await postgres.stop()
})

const SINCE =
  'query ($after: Cursor) { eventsSince(after: $after, limit: 1000) { cursor resync events { id } } }'

it('loses nothing when two servers write one log and their commits are held back at random', async () => {
  const [one, two] = servers as [ServerProcess, ServerProcess]
  const ids: string[] = []
  for (let i = 0; i < 12; i++)
    ids.push(
      await createMonitor((i % 2 ? one : two).url, {
        name: `Monitor ${i}`,
        intervalSeconds: 1,
        settings: { http: { url: target.url } },
      }),
    )
  const { liveCursor: start } = await graphql<{ liveCursor: string }>(one.url, '{ liveCursor }')
  const subscribers = Array.from(
    { length: 20 },
    (_, n) => new LiveSubscriber((n % 2 ? one : two).url, { after: start }),
  )
  for (const proxy of proxies) proxy.holdMs = () => (random() < 0.3 ? random() * 80 : 0)
  const changes = servers.map((server) => keepChanging(() => server.url, ids))

  for (const end = Date.now() + SECONDS * 1000; Date.now() < end;) {
    await pause(150)
    subscribers[Math.floor(random() * subscribers.length)]?.cut()
  }
  await Promise.all(changes.map((change) => change.stop()))
  for (const proxy of proxies) proxy.holdMs = () => 0
  await graphql(
    one.url,
    'mutation ($input: PauseMonitorsInput!) { pauseMonitors(input: $input) { results { id } } }',
    { input: { ids } },
  )

  const log: StreamLog = { start, ids: [] }
  await until('the log stands still', async () => {
    const before = log.ids.length
    await pause(1_000)
    for (let page: LiveBatch | undefined; page === undefined || page.events.length > 0;) {
      page = (
        await graphql<{ eventsSince: LiveBatch }>(two.url, SINCE, {
          after: log.ids.at(-1) ?? start,
        })
      ).eventsSince
      extendLog(log, page)
    }
    return log.ids.length === before
  })
  await until('everybody has the end of the log', () =>
    subscribers.every((s) => s.cursor === log.ids.at(-1)),
  )
  for (const subscriber of subscribers) subscriber.stop()
  const verdicts = subscribers.map((s, n) =>
    judge(log, { name: `subscriber ${n}`, from: start, batches: s.batches }),
  )
  expect(proxies.every((proxy) => proxy.held > 10)).toBe(true)
  expect(log.ids.length).toBeGreaterThan(100)
  expect(verdicts.flatMap((v) => v.faults)).toEqual([])
  expect(verdicts.reduce((sum, v) => sum + v.resyncs, 0)).toBe(0)
})

it('shares the monitors, and takes over within a second what a killed server leaves', async () => {
  const [one, two] = servers as [ServerProcess, ServerProcess]
  const listed = await graphql<{ monitors: { nodes: { id: string }[] } }>(
    one.url,
    '{ monitors(first: 100) { nodes { id } } }',
  )
  const ids = listed.monitors.nodes.map((n) => n.id)
  await graphql(
    one.url,
    'mutation ($input: ResumeMonitorsInput!) { resumeMonitors(input: $input) { results { id } } }',
    { input: { ids } },
  )
  await pause(8_000)
  const newest = async (): Promise<number[]> => {
    const query = '{ monitors(first: 100) { nodes { recentHeartbeats(limit: 1) { at } } } }'
    const data = await graphql<{ monitors: { nodes: { recentHeartbeats: { at: string }[] }[] } }>(
      two.url,
      query,
    )
    return data.monitors.nodes.map((n) => Date.parse(n.recentHeartbeats[0]?.at ?? ''))
  }
  await one.kill()
  const killedAt = Date.now()
  await until(
    'every monitor has been checked after the kill',
    async () => (await newest()).every((at) => at > killedAt),
    { withinMs: 10_000 },
  )
  // Interval 1 s, a takeover within 1 s, and the time to look.
  expect(Date.now() - killedAt).toBeLessThan(3_500)
})
