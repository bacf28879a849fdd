import { gql, type TypedDocumentNode } from '@apollo/client'
import { afterEach, expect, test, vi } from 'vitest'
import { apiAt } from '../api.ts'
import { createApollo, type ApolloOptions } from './client.ts'
import type { LiveBatch } from './live/live-client.ts'

interface Thing {
  __typename: string
  thing: { id: string }
}
const LIVE: TypedDocumentNode<{ events: LiveBatch<Thing> }, { after?: string | null }> = gql`
  subscription Live($after: Cursor) {
    events(after: $after) {
      cursor
      resync
      events {
        __typename
        thing {
          id
        }
      }
    }
  }
`
const CURSOR = gql`
  query Cursor {
    liveCursor
  }
`

/** The server's end of graphql-transport-ws, played by the test. */
class FakeSocket {
  static readonly opened: FakeSocket[] = []
  static readonly OPEN = 1
  readonly sent: { type: string; id?: string; payload?: { query: string; variables: object } }[] =
    []
  readyState = 0
  onopen: () => void = () => {}
  onmessage: (event: { data: string }) => void = () => {}
  onclose: (event: { code: number; reason: string }) => void = () => {}

  constructor() {
    FakeSocket.opened.push(this)
    setTimeout(() => {
      this.readyState = FakeSocket.OPEN
      this.onopen()
    })
  }
  send(text: string) {
    const message = JSON.parse(text) as (typeof this.sent)[number]
    this.sent.push(message)
    if (message.type === 'connection_init') this.tell({ type: 'connection_ack' })
  }
  tell(message: object) {
    this.onmessage({ data: JSON.stringify(message) })
  }
  close(code = 1000, reason = '') {
    this.readyState = 3
    this.onclose({ code, reason })
  }
  get subscription() {
    return this.sent.find(({ type }) => type === 'subscribe')
  }
}

function setUp(more: Partial<ApolloOptions<Thing>> = {}) {
  FakeSocket.opened.length = 0
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.stubGlobal('fetch', () =>
    Promise.resolve(
      new Response(JSON.stringify({ data: { liveCursor: 'c1' } }), {
        headers: { 'content-type': 'application/json' },
      }),
    ),
  )
  const phases: string[] = []
  const heard: Thing[] = []
  const { client, live } = createApollo<Thing>({
    api: apiAt({ url: 'http://server.example', auth: 'cookie' }),
    liveDocument: LIVE,
    rooms: [{ apply: (events) => heard.push(...events) }],
    tell: (phase) => phases.push(phase),
    ...more,
  })
  live.start()
  return { client, live, phases, heard, last: () => FakeSocket.opened.at(-1) }
}

afterEach(() => vi.unstubAllGlobals())

test('subscribes over the socket from the first answer’s cursor, with the type names the cache needs', async () => {
  const { client, live, last } = setUp()
  await client.query({ query: CURSOR })
  await expect.poll(() => last()?.subscription).toBeDefined()
  const payload = last()?.subscription?.payload
  expect(payload?.variables).toEqual({ after: 'c1' })
  expect(payload?.query.match(/__typename/g)?.length).toBeGreaterThanOrEqual(3)
  live.stop()
})

test('resumes over a new socket after a cut', async () => {
  const { client, live, last, heard, phases } = setUp()
  await client.query({ query: CURSOR })
  await expect.poll(() => last()?.subscription).toBeDefined()
  const event = { __typename: 'Told', thing: { id: 'a' } }
  const events = { cursor: 'c2', resync: false, events: [event] }
  last()?.tell({ id: last()?.subscription?.id, type: 'next', payload: { data: { events } } })
  await expect.poll(() => heard).toEqual([event])
  last()?.close(1006, 'cut')
  await expect.poll(() => FakeSocket.opened.length).toBe(2)
  await expect.poll(() => last()?.subscription?.payload?.variables).toEqual({ after: 'c2' })
  expect(phases).toEqual(['connecting', 'connecting', 'live', 'reconnecting', 'live'])
  live.stop()
})

test('a server that does not know the cursor makes the client read anew and go on from now', async () => {
  const { client, live, last } = setUp()
  await client.query({ query: CURSOR })
  await expect.poll(() => last()?.subscription).toBeDefined()
  const refusal = [{ message: 'This cursor is not one of ours.', extensions: { code: 'INVALID' } }]
  last()?.tell({ id: last()?.subscription?.id, type: 'error', payload: refusal })
  const subscriptions = () =>
    FakeSocket.opened.flatMap(({ sent }) => sent.filter(({ type }) => type === 'subscribe'))
  await expect.poll(() => subscriptions().at(-1)?.payload?.variables).toEqual({ after: null })
  live.stop()
})

test('says at each connection who listens and in which workspace', async () => {
  let issued = 0
  const tokens = { current: async () => `t${(issued += 1)}`, renew: async () => null }
  const { client, live, last } = setUp({ tokens, workspace: () => 'acme' })
  await client.query({ query: CURSOR })
  await expect.poll(() => last()?.subscription).toBeDefined()
  const payloads = () => FakeSocket.opened.map(({ sent }) => sent[0]?.payload)
  expect(payloads()).toEqual([{ workspace: 'acme', authorization: 'Bearer t2' }])
  last()?.close(1006, 'cut')
  await expect.poll(payloads).toHaveLength(2)
  await expect
    .poll(() => payloads()[1])
    .toEqual({
      workspace: 'acme',
      authorization: 'Bearer t3',
    })
  live.stop()
})

test('tells of a socket that was closed because of who listens, and tries again', async () => {
  const hearRefusal = vi.fn()
  const { client, live, last } = setUp({ hearRefusal })
  await client.query({ query: CURSOR })
  await expect.poll(() => last()?.subscription).toBeDefined()
  last()?.close(1006, 'cut')
  await expect.poll(() => FakeSocket.opened.length).toBe(2)
  await expect.poll(() => last()?.subscription).toBeDefined()
  expect(hearRefusal).not.toHaveBeenCalled()
  last()?.close(4403, 'Forbidden')
  await expect.poll(() => hearRefusal.mock.calls.length).toBe(1)
  await expect.poll(() => FakeSocket.opened.length).toBe(3)
  live.stop()
})

test('tells of a subscription that is refused', async () => {
  const hearRefusal = vi.fn()
  const { client, live, last } = setUp({ hearRefusal })
  await client.query({ query: CURSOR })
  await expect.poll(() => last()?.subscription).toBeDefined()
  const refusal = [{ message: 'Sign in.', extensions: { code: 'UNAUTHENTICATED' } }]
  last()?.tell({ id: last()?.subscription?.id, type: 'error', payload: refusal })
  await expect.poll(() => hearRefusal.mock.calls.length).toBe(1)
  live.stop()
})
