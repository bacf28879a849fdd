import { createClient } from 'graphql-ws'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { LiveClient } from '../../../../test/live-client.ts'
import { LiveServer, MemoryScope, presentNames } from '../../../../test/live-server.ts'
import { beats, updated } from '../../../../test/memory-log.ts'
import { encodeCursor } from '../../../events/index.ts'
import { ManualClock } from '../../../lib/manual-clock.ts'

const EVENTS = `subscription ($after: Cursor) {
  events(after: $after) { cursor resync events { __typename id ... on MonitorUpdated { monitorId monitor { name } } } }
}`

let server: LiveServer
const clients: LiveClient[] = []

function connect(options: ConstructorParameters<typeof LiveClient>[1] = {}): LiveClient {
  const client = new LiveClient(server.port, options)
  clients.push(client)
  return client
}

beforeEach(async () => {
  server = await new LiveServer().start()
})

afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await server.stop()
})

describe('the WebSocket', () => {
  it('tells a subscriber the present cursor and then what happens', async () => {
    const client = await connect().open()
    client.subscribe('a', EVENTS)
    await client.heard('a', 1)
    server.commit(updated('m7'))
    const [first, second] = await client.heard('a', 2)
    const cursor = (position: number): string =>
      encodeCursor(server.workspaceId, { epoch: 1, position })
    expect(first).toEqual({ cursor: cursor(0), resync: false, events: [] })
    expect(second).toEqual({
      cursor: cursor(1),
      resync: false,
      events: [
        {
          __typename: 'MonitorUpdated',
          id: cursor(1),
          monitorId: 'm7',
          monitor: { name: 'm7 v1' },
        },
      ],
    })
  })

  it('packs beats', async () => {
    const client = await connect().open()
    client.subscribe(
      'a',
      'subscription { events { cursor events { topic at ... on HeartbeatsRecorded { beats { monitorIds slots statuses latenciesMs } } } } }',
    )
    await client.heard('a', 1)
    server.commit(beats('m1', 'm2'))
    const [, batch] = await client.heard('a', 2)
    expect(batch!.events).toEqual([
      {
        topic: 'HEARTBEAT',
        at: '1970-01-01T00:00:00.000Z',
        beats: {
          monitorIds: ['m1', 'm2'],
          slots: ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.001Z'],
          statuses: ['UP', 'UP'],
          latenciesMs: [1.5, null],
        },
      },
    ])
  })

  it('resumes from a cursor wherever the client wrote it', async () => {
    server.commit(updated('m1'), updated('m2'), updated('m3'))
    const after = encodeCursor(server.workspaceId, { epoch: 1, position: 1 })
    const client = await connect().open()
    const body = '{ events { ... on MonitorUpdated { monitorId } } }'
    client.subscribe('a', `subscription { events(after: "${after}") ${body} }`)
    client.subscribe('b', `subscription ($x: Cursor = "${after}") { events(after: $x) ${body} }`)
    client.subscribe(
      'c',
      `subscription ($x: Cursor) { ...F } fragment F on Subscription { events(after: $x) ${body} }`,
      { x: after },
    )
    for (const id of ['a', 'b', 'c']) {
      const [batch] = await client.heard(id, 1)
      expect(batch!.events).toEqual([{ monitorId: 'm2' }, { monitorId: 'm3' }])
    }
  })

  it('shows the present state in a link, not one remembered from an earlier batch', async () => {
    const client = await connect().open()
    client.subscribe('a', EVENTS)
    await client.heard('a', 1)
    server.commit(updated('m1'))
    await client.heard('a', 2)
    presentNames.version = 2
    server.commit(updated('m1'))
    const batches = await client.heard('a', 3)
    presentNames.version = 1
    expect(batches[2]!.events[0]!.monitor).toEqual({ name: 'm1 v2' })
    expect(MemoryScope.open).toBe(0)
  })

  it('executes once for all who differ in nothing but their cursor', async () => {
    server.commit(updated('m0'))
    const all = await Promise.all(Array.from({ length: 10 }, () => connect().open()))
    all.forEach((client, n) => {
      const after = encodeCursor(server.workspaceId, { epoch: 1, position: n % 2 })
      client.subscribe(`id-${n}`, EVENTS, n % 3 ? { after } : {})
    })
    await Promise.all(all.map((client, n) => client.heard(`id-${n}`, 1)))
    expect(server.live.viewCount).toBe(1)
    presentNames.reads = 0
    server.commit(updated('m1'))
    await Promise.all(
      all.map((client, n) =>
        client.until(
          () => client.batches(`id-${n}`).some((b) => b.events.some((e) => e.monitorId === 'm1')),
          'the event',
        ),
      ),
    )
    expect(presentNames.reads).toBe(1)
  })

  it('narrows a view to some monitors', async () => {
    const client = await connect().open()
    client.subscribe(
      'a',
      'subscription ($ids: [ID!]) { monitorUpdates(ids: $ids) { events { ... on MonitorUpdated { monitorId } } } }',
      { ids: ['m2'] },
    )
    await client.heard('a', 1)
    server.commit(updated('m1'), updated('m2'))
    const batches = (await client.heard('a', 2), client.batches('a', 'monitorUpdates'))
    expect(batches[1]!.events).toEqual([{ monitorId: 'm2' }])
  })

  it('stops a subscription that its client completes, and takes the id again', async () => {
    const client = await connect().open()
    client.subscribe('a', EVENTS)
    await client.heard('a', 1)
    client.send({ id: 'a', type: 'complete' })
    await client.until(() => server.live.viewCount === 0, 'the view ends')
    server.commit(updated())
    client.subscribe('a', EVENTS)
    await client.heard('a', 2)
    expect(client.batches('a').flatMap((batch) => batch.events)).toEqual([])
  })

  it('leaves nothing behind when a client vanishes', async () => {
    const client = await connect().open()
    for (let n = 0; n < 5; n++) client.subscribe(`${n}`, EVENTS)
    await client.heard('4', 1)
    client.close()
    await client.until(() => server.live.viewCount === 0 && server.socket.size === 0, 'tidied up')
    expect(MemoryScope.open).toBe(0)
  })

  it('carries messages of every size that a frame can have', async () => {
    const client = await connect().open()
    client.subscribe(
      'a',
      'subscription { events { events { ... on HeartbeatsRecorded { beats { monitorIds } } } } }',
    )
    await client.heard('a', 1)
    let told = 1
    for (const length of [
      1, 2, 3, 10, 60, 61, 62, 63, 64, 65, 66, 70, 1_000, 65_400, 65_470, 65_480, 200_000,
    ]) {
      server.commit(beats('x'.repeat(length)), updated())
      const batches = await client.heard('a', ++told)
      expect(batches.at(-1)!.events).toEqual([{ beats: { monitorIds: ['x'.repeat(length)] } }, {}])
    }
  })

  it('works with the client library of the protocol', async () => {
    const client = createClient({
      url: `ws://127.0.0.1:${server.port}/graphql`,
      webSocketImpl: WebSocket,
    })
    const told: unknown[] = []
    const dispose = client.subscribe<{ events: { cursor: string } }>(
      { query: 'subscription { events { events { id } } }' },
      { next: ({ data }) => told.push(data), error: (error) => told.push(error), complete() {} },
    )
    const until = async (count: number): Promise<void> => {
      await expect.poll(() => told.length, { interval: 5 }).toBe(count)
    }
    await until(1)
    server.commit(updated())
    await until(2)
    const id = encodeCursor(server.workspaceId, { epoch: 1, position: 1 })
    expect(told).toEqual([{ events: { events: [] } }, { events: { events: [{ id }] } }])
    dispose()
    await client.dispose()
  })

  it('answers a ping', async () => {
    const client = await connect().open()
    client.send({ type: 'ping', payload: { at: 1 } })
    await client.until(() => client.messages.some((m) => m.type === 'pong'), 'a pong')
    expect(client.messages.at(-1)).toEqual({ type: 'pong', payload: { at: 1 } })
  })

  it('holds a batch back while the database is away, and loses nothing', async () => {
    await server.stop()
    const clock = new ManualClock()
    server = await new LiveServer(clock).start()
    const client = await connect().open()
    client.subscribe('a', EVENTS)
    await client.heard('a', 1)
    presentNames.failure = new Error('connection refused')
    const before = (presentNames.reads = 0)
    server.commit(updated('m1'))
    await client.until(() => presentNames.reads > before, 'a first try')
    presentNames.failure = undefined
    await new Promise((done) => setImmediate(done))
    clock.advance(250)
    const batches = await client.heard('a', 2)
    expect(batches[1]!.events).toMatchObject([{ monitorId: 'm1', monitor: { name: 'm1 v1' } }])
  })

  it('asks clients to come back when the server stops', async () => {
    const client = await connect().open()
    client.subscribe('a', EVENTS)
    await client.heard('a', 1)
    await server.socket.close()
    expect(await client.closing()).toEqual({ code: 1001, reason: 'Server is going away' })
    const late = connect()
    await late.until(() => late.refused !== undefined, 'a refusal')
    expect(late.refused).toBe(503)
  })
})

describe('a slow reader', () => {
  it('is told to read afresh when it reads again; it never costs others or memory', async () => {
    const slow = await connect().open()
    const quick = await connect().open()
    const query =
      'subscription { events { cursor resync events { id ... on HeartbeatsRecorded { beats { monitorIds } } } } }'
    slow.subscribe('a', query)
    quick.subscribe('a', query)
    await slow.heard('a', 1)
    slow.socket.pause()
    const big = 'x'.repeat(1_000_000)
    for (let n = 1; n <= 20; n++) {
      server.commit(beats(big), updated())
      await quick.until(() => quick.batches('a').length >= n + 1, 'the quick one is served')
    }
    slow.socket.resume()
    await slow.until(() => slow.batches('a').some((batch) => batch.resync), 'the resync')
    server.commit(updated())
    await slow.until(
      () =>
        slow.batches('a').at(-1)!.cursor ===
        encodeCursor(server.workspaceId, { epoch: 1, position: 41 }),
      'the end of the log',
    )
    const resync = slow.batches('a').findIndex((batch) => batch.resync)
    expect(slow.batches('a').length).toBeLessThan(20)
    expect(
      slow
        .batches('a')
        .slice(resync + 1)
        .every((batch) => !batch.resync),
    ).toBe(true)
    expect(quick.batches('a').some((batch) => batch.resync)).toBe(false)
  })
})
