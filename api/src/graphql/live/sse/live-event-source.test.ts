import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EventReader } from '../../../../test/event-reader.ts'
import { LiveServer, MemoryScope } from '../../../../test/live-server.ts'
import { beats, updated } from '../../../../test/memory-log.ts'
import { encodeCursor } from '../../../events/index.ts'
import { newId } from '../../../lib/ids.ts'
import { ManualClock } from '../../../lib/manual-clock.ts'

const QUERY =
  'subscription ($after: Cursor) { events(after: $after) { resync events { ... on MonitorUpdated { monitorId } } } }'

let server: LiveServer
const readers: EventReader[] = []

beforeEach(async () => {
  server = await new LiveServer().start({ maxStreams: 5 })
})

afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close()
  await server.stop()
})

const cursor = (position: number, workspaceId = server.workspaceId): string =>
  encodeCursor(workspaceId, { epoch: 1, position })

function open(
  fields: Record<string, string> = { query: QUERY },
  headers: Record<string, string> = {},
): EventReader {
  const path = `/graphql/stream?${new URLSearchParams(fields)}`
  const reader = new EventReader(server.port, path, { headers })
  readers.push(reader)
  return reader
}

function post(body: unknown, headers: Record<string, string> = {}): EventReader {
  const reader = new EventReader(server.port, '/graphql/stream', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  readers.push(reader)
  return reader
}

const batch = (monitorIds: string[], resync = false): string =>
  JSON.stringify({
    data: { events: { resync, events: monitorIds.map((monitorId) => ({ monitorId })) } },
  })

describe('the event stream', () => {
  it('carries each batch with its cursor as id', async () => {
    const reader = open()
    await reader.heard(1)
    server.commit(updated('m1'), updated('m2'))
    expect(await reader.heard(2)).toEqual([
      { event: 'next', id: cursor(0), data: batch([]) },
      { event: 'next', id: cursor(2), data: batch(['m1', 'm2']) },
    ])
    expect(reader.response!.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
    })
  })

  it('is opened by POST as well', async () => {
    server.commit(updated('m1'), updated('m2'))
    const reader = post({ query: QUERY, variables: { after: cursor(1) } })
    expect(await reader.heard(1)).toEqual([{ event: 'next', id: cursor(2), data: batch(['m2']) }])
  })

  it('resumes from Last-Event-ID, which counts more than the cursor in the address', async () => {
    server.commit(updated('m1'), updated('m2'), updated('m3'))
    const fields = { query: QUERY, variables: JSON.stringify({ after: cursor(0) }) }
    const reader = open(fields, { 'last-event-id': cursor(2) })
    expect((await reader.heard(1))[0]).toEqual({
      event: 'next',
      id: cursor(3),
      data: batch(['m3']),
    })
  })

  it('tells the same events as the socket, from one execution', async () => {
    const first = open()
    const second = post({ query: QUERY })
    await Promise.all([first.heard(1), second.heard(1)])
    expect(server.live.viewCount).toBe(1)
    server.commit(updated('m1'))
    expect((await first.heard(2))[1]).toEqual((await second.heard(2))[1])
  })

  it('says in a comment now and then that it is alive', async () => {
    await server.stop()
    const clock = new ManualClock()
    server = await new LiveServer(clock).start()
    const reader = open()
    await reader.heard(1)
    const before = reader.comments
    clock.advance(12_000)
    await reader.until(() => reader.comments > before, 'a comment')
    expect(reader.events).toHaveLength(1)
  })

  it('leaves nothing behind when its reader vanishes', async () => {
    const reader = open()
    await reader.heard(1)
    reader.close()
    await reader.until(() => server.live.viewCount === 0 && server.stream.size === 0, 'tidied up')
    expect(MemoryScope.open).toBe(0)
  })

  it('ends without `complete` when the server stops, so that its reader comes back', async () => {
    const reader = open()
    await reader.heard(1)
    server.stream.close()
    await reader.until(() => reader.isEnded, 'the end')
    expect(reader.events.map((event) => event.event)).toEqual(['next'])
    const late = open()
    await late.errors()
    expect(late.status).toBe(503)
  })

  it('tells a slow reader to read afresh when it reads again', async () => {
    const query =
      'subscription { events { resync events { id ... on HeartbeatsRecorded { beats { monitorIds } } } } }'
    const slow = open({ query })
    await slow.heard(1)
    slow.response!.pause()
    for (let n = 0; n < 12; n++) {
      server.commit(beats('x'.repeat(1_000_000)), updated())
      await new Promise((done) => setImmediate(done))
    }
    slow.response!.resume()
    await slow.until(
      () => slow.events.some((event) => event.data.includes('"resync":true')),
      'resync',
    )
    server.commit(updated())
    await slow.until(() => slow.events.at(-1)!.id === cursor(25), 'the end of the log')
    expect(slow.events.length).toBeLessThan(12)
  })
})

describe('the event stream refuses', () => {
  it.each([
    ['nothing', {}, 'query is missing.'],
    ['variables that are no JSON', { query: QUERY, variables: '{' }, 'variables must be JSON.'],
    [
      'variables that are a list',
      { query: QUERY, variables: '[1]' },
      'variables must be a JSON object.',
    ],
  ])('%s', async (_what, fields, message) => {
    const reader = open(fields)
    expect(await reader.errors()).toEqual([{ message, extensions: { code: 'INVALID' } }])
    expect(reader.status).toBe(400)
  })

  it.each(['{ liveCursor }', 'mutation { createMonitor }'])('%s', async (query) => {
    const reader = open({ query })
    expect((await reader.errors())[0]!.message).toMatch(/^Only subscriptions/)
    expect(reader.status).toBe(400)
  })

  it('no cursor at all and the cursor of another workspace in the same words', async () => {
    const answers = [cursor(0, newId()), 'nonsense'].map((after) =>
      open({ query: QUERY, variables: JSON.stringify({ after }) }).errors(),
    )
    const resumed = open({ query: QUERY }, { 'last-event-id': 'nonsense' })
    const [foreign, nonsense, last] = await Promise.all([...answers, resumed.errors()])
    expect(foreign).toEqual(nonsense)
    expect(foreign).toEqual(last)
    expect(foreign![0]!.extensions!.code).toBe('INVALID')
    expect(resumed.status).toBe(400)
  })

  it('pages of other origins', async () => {
    const reader = open({ query: QUERY }, { origin: 'https://evil.example' })
    await reader.errors()
    expect(reader.status).toBe(403)
  })

  it('a POST that a foreign form could send, and other methods', async () => {
    const form = post({ query: QUERY }, { 'content-type': 'text/plain' })
    await form.errors()
    expect(form.status).toBe(415)
    const put = new EventReader(server.port, '/graphql/stream', { method: 'PUT' })
    await put.errors()
    expect(put.status).toBe(405)
  })

  it('more streams than it has room for, for the moment', async () => {
    const five = Array.from({ length: 5 }, () => open())
    for (const reader of five) await reader.heard(1)
    const sixth = open()
    await sixth.errors()
    expect(sixth.status).toBe(503)
    expect(sixth.response!.headers['retry-after']).toBe('5')
  })
})
