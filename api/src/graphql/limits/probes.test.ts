import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HttpDoors } from '../../../test/http-doors.ts'
import { LiveClient } from '../../../test/live-client.ts'
import { LIMITS } from './limits.ts'

let doors: HttpDoors
beforeAll(async () => void (doors = await HttpDoors.open()))
afterAll(() => doors.close())

const times = (count: number, write: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => write(n)).join(' ')

const deep = (depth: number): string => `{ ${'monitor { '.repeat(depth - 1)}id${' }'.repeat(depth)}`

const GRAPHQL_RESPONSE = { accept: 'application/graphql-response+json' }

/** What no server should answer, and what it says instead. */
const PROBES: [name: string, query: string, code: string, message: RegExp][] = [
  ['50 levels', deep(50), 'LIMIT', /50 levels deep; at most 12/],
  ['13 levels', deep(13), 'LIMIT', /13 levels deep; at most 12/],
  [
    'levels hidden in fragments',
    `query { ...A } ${times(12, (n) => `fragment ${'ABCDEFGHIJKL'[n]} on Query { monitor { ...${'BCDEFGHIJKLM'[n]} } }`)} fragment M on Query { monitor { id } }`,
    'LIMIT',
    /14 levels deep/,
  ],
  [
    '3,000 aliases',
    `{ ${times(3000, (n) => `a${n}: __typename`)} }`,
    'GRAPHQL_PARSE_FAILED',
    /1500 tokens/,
  ],
  [
    '16 aliases of __typename',
    `{ ${times(16, (n) => `a${n}: __typename`)} }`,
    'LIMIT',
    /__typename is asked for under 16 names/,
  ],
  [
    '16 aliases deep inside',
    `{ monitors { nodes { ${times(16, (n) => `a${n}: name`)} } } }`,
    'LIMIT',
    /name is asked for under 16 names/,
  ],
  [
    'aliases spread over fragments',
    `{ ...A ...B } fragment A on Query { ${times(8, (n) => `a${n}: liveCursor`)} } fragment B on Query { ${times(8, (n) => `b${n}: liveCursor`)} }`,
    'LIMIT',
    /liveCursor is asked for under 16 names/,
  ],
  [
    'aliases in an operation that is not meant',
    `query Meant { __typename } query Other { ${times(300, () => 'monitors { totalCount }')} }`,
    'LIMIT',
    /monitors is written 300 times/,
  ],
  [
    'aliases in a fragment that nobody uses',
    `query Meant { __typename } fragment Unused on Query { ${times(300, () => 'monitors { totalCount }')} }`,
    'LIMIT',
    /monitors is written 300 times/,
  ],
  [
    '21 root fields',
    `{ ${times(11, (n) => `a${n}: liveCursor`)} ${times(10, (n) => `b${n}: __typename`)} }`,
    'LIMIT',
    /21 root fields; at most 20/,
  ],
  [
    '6 directives at one place',
    `{ __typename ${'@skip(if: false) '.repeat(6)} }`,
    'LIMIT',
    /At most 5 directives/,
  ],
  [
    '51 directives',
    `{ ${times(51, (n) => `${n < 15 ? `a${n}: ` : ''}__typename @skip(if: false)`)} }`,
    'LIMIT',
    /at most 50 directives/,
  ],
  ['1,501 tokens', `{ ${'__typename '.repeat(1_500)} }`, 'GRAPHQL_PARSE_FAILED', /1500 tokens/],
  [
    'a document of 200 kB',
    `{ __typename } # ${'x'.repeat(200_000)}`,
    'LIMIT',
    /at most 100000 bytes/,
  ],
  [
    'fragments that unfold to a billion fields',
    `${times(30, (n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)} fragment F30 on Query { __typename } { ...F0 }`,
    'LIMIT',
    /unfold to too much/,
  ],
  [
    'fragments in a circle',
    'fragment A on Query { ...B } fragment B on Query { ...A } { ...A }',
    'GRAPHQL_VALIDATION_FAILED',
    /Cannot spread fragment/,
  ],
  [
    '500 charts at once',
    '{ monitors(first: 500) { nodes { latencySeries { points { at } } } } }',
    'LIMIT',
    /costs \d+; at most 25000/,
  ],
  [
    '500 bodies at once',
    '{ monitors(first: 500) { nodes { lastEvidence { body } } } }',
    'LIMIT',
    /costs \d+/,
  ],
  [
    'many items through a default of a variable',
    'query ($n: Int = 500) { monitors(first: $n) { nodes { latencySeries { points { at } } } } }',
    'LIMIT',
    /costs \d+/,
  ],
  [
    'a cost below zero that would pay for another',
    '{ a: monitors(first: -500) { nodes { latencySeries { points { at } } } } b: monitors(first: 500) { nodes { latencySeries { points { at } } } } }',
    'LIMIT',
    /costs \d+/,
  ],
  [
    'a thousand events with a chart each',
    '{ eventsSince(limit: 1000) { events { ... on MonitorUpdated { monitor { latencySeries { points { at } } } } } } }',
    'LIMIT',
    /costs \d+/,
  ],
  [
    '30 tests at once',
    `mutation { ${times(15, (n) => `a${n}: testMonitor(input: { settings: { http: { url: "http://x" } } }) { userErrors { message } }`)} ${times(15, (n) => `b${n}: testMonitor(input: { settings: { http: { url: "http://x" } } }) { userErrors { message } }`)} }`,
    'LIMIT',
    /testMonitor is asked for under 30 names/,
  ],
  [
    'introspection without end',
    `{ __schema { types { fields { type { ${'ofType { '.repeat(17)} name ${'} '.repeat(17)} } } } } }`,
    'LIMIT',
    /Introspection goes at most 20/,
  ],
  [
    'introspection in circles',
    '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }',
    'GRAPHQL_VALIDATION_FAILED',
    /Maximum introspection depth/,
  ],
  [
    'a field that does not exist',
    '{ monitorz }',
    'GRAPHQL_VALIDATION_FAILED',
    /^Cannot query field "monitorz" on type "Query".$/,
  ],
  ['no GraphQL', '{ monitors', 'GRAPHQL_PARSE_FAILED', /^Syntax Error/],
  [
    'two kinds of settings',
    'mutation { testMonitor(input: { settings: { http: { url: "http://x" }, tcp: { host: "x", port: 1 } } }) { userErrors { message } } }',
    'GRAPHQL_VALIDATION_FAILED',
    /exactly one key/i,
  ],
  [
    'no kind of settings',
    'mutation { testMonitor(input: { settings: {} }) { userErrors { message } } }',
    'GRAPHQL_VALIDATION_FAILED',
    /exactly one key/i,
  ],
  [
    'an unknown kind of settings',
    'mutation { testMonitor(input: { settings: { gopher: { url: "gopher://x" } } }) { userErrors { message } } }',
    'GRAPHQL_VALIDATION_FAILED',
    /^Field "gopher" is not defined by type "MonitorSettingsInput".$/,
  ],
]

describe('over HTTP, what asks for too much or makes no sense is refused in words:', () => {
  it.each(PROBES)('%s', async (_name, query, code, message) => {
    const began = performance.now()
    const { status, data, errors } = await doors.ask(query, undefined, GRAPHQL_RESPONSE)
    expect(performance.now() - began).toBeLessThan(1_000)
    expect(status).toBe(400)
    expect(data).toBeUndefined()
    expect(errors).toHaveLength(1)
    expect(errors![0]!.message).toMatch(message)
    expect(errors![0]!.extensions).toEqual({ code })
  })

  it('10 MB, without reading it', async () => {
    const response = await fetch(`${doors.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ __typename } # ${'x'.repeat(10_000_000)}` }),
    })
    expect(response.status).toBe(413)
    expect(await response.json()).toEqual({
      errors: [{ message: 'The request is larger than 1 MiB.', extensions: { code: 'LIMIT' } }],
    })
  })

  it('10 MB whose length nobody told before', async () => {
    const chunk = new TextEncoder().encode('x'.repeat(64 * 1024))
    let left = 160
    const body = new ReadableStream({
      pull: (stream) => (left-- ? stream.enqueue(chunk) : stream.close()),
    })
    const response = await fetch(`${doors.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(413)
  })

  it('a subscription, with the doors that take it', async () => {
    const { errors } = await doors.ask('subscription { events { cursor } }')
    expect(errors![0]!.message).toMatch(/WebSocket .* \/graphql\/stream/)
    expect(errors![0]!.extensions.code).toBe('INVALID')
  })

  it('a batch of operations', async () => {
    const response = await fetch(`${doors.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(Array.from({ length: 100 }, () => ({ query: '{ __typename }' }))),
    })
    expect(response.status).toBe(400)
  })

  it('a mutation by GET', async () => {
    const query = encodeURIComponent(
      'mutation { deleteMonitors(input: { ids: [] }) { userErrors { message } } }',
    )
    const response = await fetch(`${doors.url}/graphql?query=${query}`, {
      headers: { 'apollo-require-preflight': '1' },
    })
    expect(response.status).toBe(405)
  })
})

describe('what is within the limits is answered:', () => {
  it.each([
    [
      'the standard introspection query',
      getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }),
    ],
    ['15 aliases of one field', `{ ${times(15, (n) => `a${n}: __typename`)} }`],
    ['one field in 50 fragments', `{ ${times(50, () => '... on Query { __typename }')} }`],
    [
      '20 root fields',
      `{ ${times(15, (n) => `a${n}: __typename`)} ${times(5, (n) => `b${n}: liveCursor`)} }`,
    ],
  ])('%s', async (_name, query) => {
    const { status, errors, data } = await doors.ask(query)
    expect(errors).toBeUndefined()
    expect(status).toBe(200)
    expect(data).toBeTruthy()
  })

  it('the field itself judges a first that is too large', async () => {
    const { errors } = await doors.ask('{ monitors(first: 100000) { nodes { id } } }')
    expect(errors![0]!.message).not.toMatch(/costs/)
  })
})

describe('on the socket the same rules hold:', () => {
  const asSubscription = (rest: string): string => `subscription { events { cursor ${rest} } }`
  it.each([
    ['16 aliases', asSubscription(times(16, (n) => `a${n}: cursor`)), 'LIMIT'],
    ['3,000 aliases', asSubscription(times(3000, (n) => `a${n}: cursor`)), 'GRAPHQL_PARSE_FAILED'],
    [
      '50 levels',
      `subscription { events { ${'events { '.repeat(48)} id ${'} '.repeat(48)} } }`,
      'LIMIT',
    ],
    ['6 directives', asSubscription(`resync ${'@skip(if: false) '.repeat(6)}`), 'LIMIT'],
    [
      'fragments in a circle',
      `${asSubscription('...A')} fragment A on LiveBatch { ...B } fragment B on LiveBatch { ...A }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a chart for every event',
      asSubscription(
        'events { ... on MonitorUpdated { monitor { latencySeries { points { at } } stateSpans { id } recentHeartbeats(limit: 1000) { at } } } }',
      ),
      'LIMIT',
    ],
    [
      'a document of 200 kB',
      `subscription { events { cursor } } # ${'x'.repeat(200_000)}`,
      'LIMIT',
    ],
  ])('%s', async (_name, query, code) => {
    const client = await new LiveClient(doors.port).open()
    client.send({ id: '1', type: 'subscribe', payload: { query } })
    await client.until(() => client.messages.some(({ id }) => id === '1'), 'an answer')
    const { type, payload } = client.messages.find(({ id }) => id === '1')!
    expect(type).toBe('error')
    expect(payload).toMatchObject([{ extensions: { code } }])
    client.socket.terminate()
  })

  it('while an ordinary subscription runs', async () => {
    const client = await new LiveClient(doors.port).open()
    client.send({ id: '1', type: 'subscribe', payload: { query: asSubscription('resync') } })
    await client.until(() => client.messages.some(({ type }) => type === 'next'), 'a batch')
    client.socket.terminate()
  })
})

it('documents at the edge of the limits are judged in a blink', async () => {
  const subfields = 'totalCount '.repeat(3)
  const query = `{ ${times(50, () => `monitors { ${subfields} }`)} }`
  const began = performance.now()
  await doors.ask(query)
  expect(performance.now() - began).toBeLessThan(500)
  expect(LIMITS.repetitions).toBe(50)
})
