import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { newWorkspace, openAnother, sharedDatabase } from '../../../test/database.ts'
import { makeEventPartitions } from '../../../test/event-partitions.ts'
import { LiveClient, type ToldBatch } from '../../../test/live-client.ts'
import { LiveServer } from '../../../test/live-server.ts'
import { beats, updated } from '../../../test/memory-log.ts'
import { type Database, RequestScope } from '../../db/index.ts'
import { appendEvents, encodeCursor } from '../../events/index.ts'
import { systemClock } from '../../lib/clock.ts'

const QUERY =
  'subscription ($after: Cursor) { events(after: $after) { cursor resync events { id } } }'

let database: Database
let workspaceId: string
const stops: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  database = await sharedDatabase()
  await makeEventPartitions(database)
})
afterAll(() => database.close())
beforeEach(async () => (workspaceId = await newWorkspace(database)))
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function serve(source: Database): Promise<LiveServer> {
  const server = await new LiveServer(systemClock, {
    database: source,
    workspaceId,
    openScope: (actor) => new RequestScope(source, actor),
  }).start()
  stops.push(() => server.stop())
  return server
}

const cursor = (position: number): string => encodeCursor(workspaceId, { epoch: 1, position })

/** Changes something in one workspace for a while; commits are held back, and some are rolled back. */
async function keepWriting(source: Database, server: LiveServer, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const events = Math.random() < 0.5 ? [updated()] : [beats(), beats()]
    await source
      .work(async (runner) => {
        const appended = await appendEvents(runner, [{ workspaceId, events }])
        await runner.query('select pg_sleep(random() * 0.006)')
        if (Math.random() < 0.1) throw new Error('rolled back')
        return appended
      })
      .then(
        (committed) => server.hub.committed(committed),
        () => undefined,
      )
  }
}

/** A client that is cut at random and comes back, from its cursor, to any of the servers. */
class Wanderer {
  readonly told: string[] = []
  cuts = 0
  resyncs = 0
  private at: string
  private client: LiveClient

  constructor(
    private readonly servers: LiveServer[],
    private readonly isNaive = false,
  ) {
    this.at = cursor(0)
    this.client = this.connect()
  }

  private connect(): LiveClient {
    const server = this.servers[Math.floor(Math.random() * this.servers.length)]!
    const client = new LiveClient(server.port)
    const after = this.isNaive && this.cuts ? null : this.at
    client.open().then(
      () => client.subscribe('a', QUERY, { after }),
      () => undefined,
    )
    return client
  }

  cut(): void {
    this.client.close()
    this.note(this.client.batches('a'))
    this.cuts++
    this.client = this.connect()
  }

  private note(batches: ToldBatch[]): void {
    for (const batch of batches) {
      this.told.push(...batch.events.map((event) => event.id))
      if (batch.resync) this.resyncs++
      this.at = batch.cursor
    }
  }

  async finish(end: string): Promise<void> {
    await this.client.until(() => this.client.batches('a').at(-1)?.cursor === end, 'the end')
    this.client.close()
    this.note(this.client.batches('a'))
  }
}

async function cutAtRandom(clients: Wanderer[], isDone: () => boolean): Promise<void> {
  while (!isDone()) {
    clients[Math.floor(Math.random() * clients.length)]!.cut()
    await database.worker.query('select pg_sleep(0.01)')
  }
}

it('over two processes, random cuts and held back commits, every client is told the log', async () => {
  const other = await openAnother()
  stops.push(() => other.close())
  const servers = [await serve(database), await serve(other)]
  const clients = Array.from({ length: 12 }, () => new Wanderer(servers))
  const naive = Array.from({ length: 3 }, () => new Wanderer(servers, true))
  let isDone = false
  const cutting = cutAtRandom([...clients, ...naive], () => isDone)
  await Promise.all(
    [0, 1, 2, 3, 4, 5, 6, 7].map((n) =>
      n % 2 ? keepWriting(other, servers[1]!, 50) : keepWriting(database, servers[0]!, 50),
    ),
  )
  isDone = true
  await cutting
  const head = await servers[0]!.hub.catchUp(workspaceId, { epoch: 1, position: Infinity })
  for (const client of [...clients, ...naive]) await client.finish(cursor(head.position))
  const log = Array.from({ length: head.position }, (_, n) => cursor(n + 1))
  expect(head.position).toBeGreaterThan(400)
  expect(clients.reduce((sum, client) => sum + client.cuts, 0)).toBeGreaterThan(40)
  for (const client of clients) {
    expect(client.told).toEqual(log)
    expect(client.resyncs).toBe(0)
  }
  // Negative control: who begins at now after a cut has missed something.
  expect(naive.some((client) => client.told.length < log.length)).toBe(true)
})

it('what a query has seen and what its stream tells meet without a hole', async () => {
  const server = await serve(database)
  let isDone = false
  const writing = (async () => {
    while (!isDone) await keepWriting(database, server, 1)
  })()
  for (let n = 0; n < 30; n++) {
    const scope = new RequestScope(database, server.actor)
    const head = await scope.head()
    const [seen] = (await (
      await scope.manager()
    ).query('select count(*)::int as count from event where workspace_id = $1', [workspaceId])) as {
      count: number
    }[]
    await scope.close()
    expect(seen!.count).toBe(head.position)
    const client = await new LiveClient(server.port).open()
    client.subscribe('a', QUERY, { after: cursor(head.position) })
    await client.until(() => client.batches('a').some((b) => b.events.length > 0), 'an event')
    const told = client.batches('a').flatMap((batch) => batch.events)
    expect(told[0]!.id).toBe(cursor(head.position + 1))
    client.close()
  }
  isDone = true
  await writing
})
