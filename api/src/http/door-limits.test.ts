import { afterEach, describe, expect, it } from 'vitest'
import { HttpDoors } from '../../test/http-doors.ts'
import { LiveClient } from '../../test/live-client.ts'
import { ManualClock } from '../lib/manual-clock.ts'
import { DoorLimit, neighbourhood } from './door-limit.ts'

let doors: HttpDoors

afterEach(() => doors?.close())

describe('a door', () => {
  it('lets in so many a minute of each, and then again', () => {
    const clock = new ManualClock()
    const limit = new DoorLimit(2, clock)
    expect(limit.take('a')).toEqual({ isAllowed: true, limit: 2, remaining: 1, resetSeconds: 60 })
    clock.advance(20_000)
    expect(limit.take('a')).toMatchObject({ isAllowed: true, remaining: 0, resetSeconds: 40 })
    expect(limit.take('a')).toMatchObject({ isAllowed: false, remaining: 0 })
    expect(limit.take('b').isAllowed).toBe(true)
    clock.advance(40_000)
    expect(limit.take('a').isAllowed).toBe(true)
  })

  it('takes all addresses of one home for one', () => {
    expect(neighbourhood('2001:db8::1')).toBe(neighbourhood('2001:db8::ffff:0:0:9'))
    expect(neighbourhood('2001:db8::1')).not.toBe(neighbourhood('2001:db8:0:1::1'))
    expect(neighbourhood('192.0.2.1')).not.toBe(neighbourhood('192.0.2.2'))
  })
})

describe('every door says how much is left, and in its own form when nothing is', () => {
  it('GraphQL, for each credential apart', async () => {
    doors = await HttpDoors.open({ perMinute: { graphql: 2 } })
    const first = await doors.ask('{ __typename }')
    expect(first.headers.get('ratelimit-limit')).toBe('2')
    expect(first.headers.get('ratelimit-remaining')).toBe('1')
    expect(Number(first.headers.get('ratelimit-reset'))).toBeGreaterThan(0)
    await doors.ask('{ __typename }')
    const refused = await doors.ask('{ __typename }')
    expect([refused.status, refused.errors?.[0]?.extensions]).toEqual([
      429,
      expect.objectContaining({ code: 'LIMIT' }),
    ])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await doors.ask('{ __typename }', {}, { authorization: 'Bearer a' })).status).toBe(200)
    expect((await doors.ask('{ __typename }', {}, { cookie: 'allswell_session=a' })).status).toBe(
      200,
    )
    expect((await fetch(`${doors.url}/healthz`)).status).toBe(200)
  })

  it.each([
    ['auth', '/auth/anything', '"LIMIT"'],
    ['push', '/api/push/token', '"LIMIT"'],
    ['streams', '/graphql/stream', '"LIMIT"'],
    ['graphql', '/api/v1/monitors', 'urn:allswell:problem:too-many-requests'],
  ] as const)('%s at %s', async (door, path, told) => {
    doors = await HttpDoors.open({ perMinute: { [door]: 1 } })
    const first = await fetch(`${doors.url}${path}`)
    expect([first.status === 429, first.headers.get('ratelimit-remaining')]).toEqual([false, '0'])
    const second = await fetch(`${doors.url}${path}`)
    expect(second.status).toBe(429)
    expect(second.headers.get('retry-after')).toBeTruthy()
    expect(await second.text()).toContain(told)
  })

  it('a WebSocket is refused before it is one', async () => {
    doors = await HttpDoors.open({ perMinute: { sockets: 1 } })
    const first = new LiveClient(doors.port)
    await first.open()
    const second = new LiveClient(doors.port)
    await second.until(() => second.refused !== undefined, 'a refusal')
    expect(second.refused).toBe(429)
    first.close()
  })
})

describe('an answer over https', () => {
  it('keeps browsers there, and only then; its cookies are bound to it', async () => {
    doors = await HttpDoors.open({ front: { trustedProxies: ['127.0.0.0/8'] } })
    const headers = { 'x-forwarded-proto': 'https' }
    const secure = await fetch(`${doors.url}/healthz`, { headers })
    expect(secure.headers.get('strict-transport-security')).toBe('max-age=31536000')
    expect((await fetch(`${doors.url}/healthz`)).headers.has('strict-transport-security')).toBe(
      false,
    )
    await doors.ask('{ __typename }', {}, { ...headers, cookie: '__Host-allswell=a' })
    await doors.ask('{ __typename }', {}, { cookie: '__Host-allswell=a' })
    expect(doors.seen.map(({ presented }) => presented.cookie)).toEqual(['a', undefined])
  })
})
