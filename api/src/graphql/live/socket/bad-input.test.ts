import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { LiveClient } from '../../../../test/live-client.ts'
import { LiveServer } from '../../../../test/live-server.ts'
import { encodeCursor } from '../../../events/index.ts'
import { newId } from '../../../lib/ids.ts'
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

describe('a subscription is refused', () => {
  const errorFor = async (
    query: string,
    variables?: object,
  ): Promise<{ message: string; code: unknown }> => {
    const client = await connect().open()
    client.subscribe('a', query, variables)
    const error = await client.errorOf('a')
    client.subscribe('b', EVENTS)
    await client.heard('b', 1)
    return error
  }

  it.each([
    ['no cursor at all', 'nonsense'],
    ['an empty cursor', ''],
    ['the cursor of another workspace', encodeCursor(newId(), { epoch: 1, position: 0 })],
  ])('with %s, in the same words, and the socket stays', async (_what, after) => {
    expect(await errorFor(EVENTS, { after })).toEqual({
      code: 'INVALID',
      message: 'This cursor is not one of this workspace’s event log.',
    })
  })

  it.each([
    ['a mutation', 'mutation { createMonitor }'],
    ['a query', '{ liveCursor }'],
    ['an introspection', '{ __schema { types { name } } }'],
  ])('when it is %s', async (_what, query) => {
    const error = await errorFor(query)
    expect(error.message).toMatch(/^Only subscriptions/)
    expect(error.code).toBe('INVALID')
  })

  it.each([
    ['can not be read', 'subscription { events(', /^Syntax Error/],
    ['selects what does not exist', 'subscription { nothing }', /Cannot query field/],
    [
      'selects two fields',
      'subscription { events { cursor } more: events { cursor } }',
      /only one/,
    ],
    [
      'selects nothing in the end',
      'subscription ($x: Boolean = true) { events @skip(if: $x) { cursor } }',
      /./,
    ],
    ['has too many tokens', `subscription { events { ${'cursor '.repeat(1_600)} } }`, /token/],
    ['goes beyond the limits', 'subscription TooCostly { events { cursor } }', /costs too much/],
    [
      'names too many monitors',
      `subscription { monitorUpdates(ids: [${'"m" '.repeat(501)}]) { cursor } }`,
      /at most 500/,
    ],
  ])('when it %s', async (what, query, message) => {
    const client = await connect().open()
    const operationName = what === 'goes beyond the limits' ? 'TooCostly' : undefined
    client.send({ id: 'a', type: 'subscribe', payload: { query, operationName } })
    expect((await client.errorOf('a')).message).toMatch(message)
  })

  it('when it is the 21st of its socket, and room is made by completing one', async () => {
    const client = await connect().open()
    for (let n = 1; n <= 21; n++) client.subscribe(`${n}`, EVENTS)
    expect(await client.errorOf('21')).toMatchObject({ code: 'LIMIT' })
    await client.heard('20', 1)
    client.send({ id: '1', type: 'complete' })
    client.subscribe('22', EVENTS)
    await client.heard('22', 1)
    expect(client.closed).toBeUndefined()
  })
})

describe('a socket is closed', () => {
  it.each([
    ['no JSON', 'hello', 4400],
    ['half of a message', '{"type":"subscribe","id":"a"', 4400],
    ['JSON that is no message', '[1,2,3]', 4400],
    ['null', 'null', 4400],
    ['an unknown type', '{"type":"fly"}', 4400],
    ['a subscription without an id', '{"type":"subscribe","payload":{"query":"{a}"}}', 4400],
    ['a subscription without a query', '{"type":"subscribe","id":"a","payload":{}}', 4400],
    ['a second init', '{"type":"connection_init"}', 4429],
    ['a message of 300 kB', `{"type":"ping","payload":{"x":"${'x'.repeat(300_000)}"}}`, 1009],
  ])('when it hears %s', async (_what, text, code) => {
    const client = await connect().open()
    client.send(text)
    expect((await client.closing()).code).toBe(code)
  })

  it('when it hears bytes that are no frame', async () => {
    const client = await connect().open()
    const tcp = (client.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket
    tcp.write(Buffer.from([0xf7, 0xff, 0xff, 0xff, 0x00]))
    expect((await client.closing()).code).toBe(1002)
  })

  it('when an id is used twice', async () => {
    const client = await connect().open()
    client.subscribe('a', EVENTS)
    client.subscribe('a', EVENTS)
    expect((await client.closing()).code).toBe(4409)
  })

  it('when it subscribes before it has introduced itself', async () => {
    const client = connect()
    await client.until(() => client.socket.readyState === WebSocket.OPEN, 'the socket opens')
    client.subscribe('a', EVENTS)
    expect((await client.closing()).code).toBe(4401)
  })

  it.each([[['graphql-ws']], [['chat', 'soap']], [[]]])(
    'when it offers the subprotocols %j only',
    async (protocols) => {
      const client = connect({ protocols })
      expect((await client.closing()).code).toBe(4406)
      expect(client.messages).toEqual([])
    },
  )

  it('when it has not answered a ping', async () => {
    await server.stop()
    const clock = new ManualClock()
    server = await new LiveServer(clock).start()
    const silent = await connect().open()
    const alive = await connect().open()
    silent.socket.pause()
    clock.advance(15_000)
    await new Promise<void>((done) => alive.socket.once('ping', () => done()))
    await alive.until(() => server.socket.size === 2, 'both there')
    alive.send({ type: 'ping' })
    await alive.until(() => alive.messages.some((m) => m.type === 'pong'), 'a pong')
    clock.advance(15_000)
    await alive.until(() => server.socket.size === 1, 'the silent one is gone')
    expect(alive.closed).toBeUndefined()
  })
})
