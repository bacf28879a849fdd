import { request as rawRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HttpDoors } from '../../test/http-doors.ts'
import { LiveClient } from '../../test/live-client.ts'

const APP = 'https://app.example.com'
let doors: HttpDoors

beforeAll(async () => {
  doors = await HttpDoors.open({
    front: { webOrigins: [APP] },
    tokens: {
      grants: { byRefreshToken: () => Promise.resolve({ access_token: 'x' }) } as never,
      keys: { jwks: () => Promise.resolve({ keys: [] }) },
      doorOf: () => ({ ipAddress: '127.0.0.1', userAgent: '' }) as never,
      log: { debug() {}, info() {}, warn() {}, error() {} },
    },
    perMinute: { auth: 10_000 },
  })
})

afterAll(() => doors.close())

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

function send(
  target: string,
  {
    method = 'POST',
    headers = {},
    body = '',
  }: { method?: string; headers?: object; body?: string },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = rawRequest(
      { host: '127.0.0.1', port: doors.port, path: target, method, headers: { ...headers } },
      (response) => {
        const { statusCode: status = 0 } = response
        let text = ''
        const end = (): void => resolve({ status, headers: response.headers, body: text })
        response.on('data', (part: Buffer) => {
          text += part.toString()
          if (/^text\/event-stream/.test(response.headers['content-type'] ?? '')) {
            end()
            request.destroy()
          }
        })
        response.on('end', end)
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

const own = (): string => `http://127.0.0.1:${doors.port}`
const COOKIE = { cookie: 'allswell_session=x' }
const JSON_TYPE = { 'content-type': 'application/json' }
const QUERY = '{"query":"{ __typename }"}'
const REFRESH = '{"grant_type":"refresh_token","refresh_token":"x"}'
const STREAM = `/graphql/stream?query=${encodeURIComponent('subscription { events { cursor } }')}`

/** 14 values; which of them may come in. */
const ORIGINS: [string, () => string | undefined, 'ours' | 'client' | 'foreign'][] = [
  ['absent', () => undefined, 'ours'],
  ['our own', own, 'ours'],
  ['the client’s', () => APP, 'client'],
  ['null', () => 'null', 'foreign'],
  ['empty', () => '', 'foreign'],
  ['another site', () => 'https://evil.example', 'foreign'],
  ['another port', () => `http://127.0.0.1:${doors.port + 1}`, 'foreign'],
  ['another scheme of the client', () => 'http://app.example.com', 'foreign'],
  ['a port of the client', () => `${APP}:8443`, 'foreign'],
  ['a name that begins like the client', () => `${APP}.evil.example`, 'foreign'],
  ['a name that ends like the client', () => 'https://evilapp.example.com', 'foreign'],
  ['the client as a user name', () => `${APP}@evil.example`, 'foreign'],
  ['the client in capitals', () => 'https://APP.example.com', 'foreign'],
  ['two origins', () => `${APP} https://evil.example`, 'foreign'],
]

const withOrigin = (origin: string | undefined, headers: object = {}): object =>
  origin === undefined ? headers : { ...headers, origin }

describe('advisories 6 and 37: an Origin', () => {
  it('is tried with 14 values', () => expect(ORIGINS).toHaveLength(14))

  it.each(ORIGINS)('%s: GraphQL with a session', async (_name, origin, kind) => {
    const headers = withOrigin(origin(), { ...JSON_TYPE, ...COOKIE })
    const answer = await send('/graphql', { headers, body: QUERY })
    expect(answer.status).toBe(kind === 'foreign' ? 403 : 200)
    if (kind === 'foreign') expect(answer.body).toContain('"FORBIDDEN"')
    expectCors(answer, kind)
  })

  it.each(ORIGINS)('%s: the live stream', async (_name, origin, kind) => {
    const answer = await send(STREAM, { method: 'GET', headers: withOrigin(origin(), COOKIE) })
    expect(answer.status).toBe(kind === 'foreign' ? 403 : 200)
    expectCors(answer, kind)
  })

  it.each(ORIGINS)('%s: the upgrade to a WebSocket', async (_name, origin, kind) => {
    const value = origin()
    const client = new LiveClient(doors.port, value === undefined ? {} : { origin: value })
    const isOpen = (): boolean => client.socket.readyState === client.socket.OPEN
    await client.until(() => isOpen() || client.refused !== undefined, 'an answer')
    expect(client.refused ?? 'open').toBe(kind === 'foreign' ? 403 : 'open')
    client.close()
  })

  it.each(ORIGINS)('%s: POST /auth/token', async (_name, origin, kind) => {
    const headers = withOrigin(origin(), JSON_TYPE)
    expectCors(await send('/auth/token', { headers, body: REFRESH }), kind)
    const withCookie = await send('/auth/token', {
      headers: { ...headers, ...COOKIE },
      body: REFRESH,
    })
    expect(withCookie.status).toBe(kind === 'foreign' ? 403 : 200)
  })

  it.each(ORIGINS)('%s: REST with a session', async (_name, origin, kind) => {
    const session = { ...COOKIE, 'x-requested-with': 'me' }
    const headers = withOrigin(origin(), { ...JSON_TYPE, ...session })
    const change = await send('/api/v1/monitors', { headers, body: '{}' })
    expect(change.status).toBe(kind === 'foreign' ? 403 : 422)
    expect(change.headers['content-type']).toContain('application/problem+json')
    expectCors(change, kind)
    // Reading is the browser’s to refuse: without our leave its page sees nothing.
    expectCors(await send('/api/v1/monitors?nonsense=1', { method: 'GET', headers }), kind)
    const token = { ...JSON_TYPE, authorization: 'Bearer x' }
    const asked = withOrigin(origin(), token)
    expect((await send('/api/v1/monitors', { headers: asked, body: '{}' })).status).toBe(422)
  })

  it.each(ORIGINS)('%s: the preflight', async (_name, origin, kind) => {
    for (const target of [
      ...['/graphql', '/graphql/stream', '/auth/token', '/auth/revoke', '/api/x'],
      ...['/api/v1/monitors', '/api/v1/monitors/x', '/api/openapi.json'],
    ]) {
      const asks = { 'access-control-request-method': 'POST' }
      const answer = await send(target, { method: 'OPTIONS', headers: withOrigin(origin(), asks) })
      // REST says by OPTIONS which methods there are; that is no leave.
      if (!target.startsWith('/api/v1/')) expect(answer.status === 204).toBe(kind === 'client')
      expectCors(answer, kind)
      if (kind !== 'client') continue
      expect(answer.status).toBe(204)
      for (const name of ['allswell-workspace', 'idempotency-key', 'if-match', 'if-none-match'])
        expect(answer.headers['access-control-allow-headers']).toContain(name)
      expect(answer.headers['access-control-allow-methods']).toContain('DELETE')
      expect(answer.headers['access-control-max-age']).toBe('7200')
    }
  })

  function expectCors({ headers }: Answer, kind: string): void {
    expect(String(headers['vary'])).toMatch(/\borigin\b/)
    expect(headers['access-control-allow-origin']).toBe(kind === 'client' ? APP : undefined)
    expect(headers['access-control-allow-credentials']).toBe(kind === 'client' ? 'true' : undefined)
    const policy = kind === 'client' ? 'cross-origin' : 'same-origin'
    expect(headers['cross-origin-resource-policy']).toBe(policy)
  }
})

describe('a client from elsewhere', () => {
  it.each([
    ['/api/nothing', 404],
    ['/api/v1/monitors', 422],
    ['/graphql', 400],
    ['/auth/token', 400],
  ])('can read the refusal of %s too', async (target, status) => {
    const answer = await send(target, { headers: { ...JSON_TYPE, origin: APP }, body: '{}' })
    expect(answer.status).toBe(status)
    expect(answer.headers['access-control-allow-origin']).toBe(APP)
    for (const name of ['retry-after', 'etag', 'link', 'location', 'ratelimit-remaining'])
      expect(answer.headers['access-control-expose-headers']).toContain(name)
  })

  it.each(['/', '/auth/google', '/auth/google/callback', '/healthz', '/auth/token/x', '/graphqlx'])(
    'can’t read %s',
    async (target) => {
      const { headers } = await send(target, { method: 'GET', headers: { origin: APP } })
      expect(headers['access-control-allow-origin']).toBeUndefined()
      expect(headers['vary']).toContain('origin')
    },
  )
})

describe('the wall before changes with a session', () => {
  const status = async (target: string, method: string, headers: object): Promise<number> =>
    (
      await send(target, {
        ...{ method, headers: { ...JSON_TYPE, ...headers } },
        body: method === 'GET' || method === 'DELETE' ? '' : QUERY,
      })
    ).status

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
    '%s from a foreign page is refused',
    async (method) => {
      const origin = 'https://evil.example'
      for (const cookie of [
        'allswell_session=x',
        '__Host-allswell=x',
        'allswell_session=a; allswell_session=b',
      ])
        expect(await status('/graphql', method, { cookie, origin })).toBe(403)
      expect(await status('/anything', method, { ...COOKIE, origin })).toBe(403)
    },
  )

  it('a browser that hides the Origin still says that it comes from another site', async () => {
    expect(await status('/graphql', 'POST', { ...COOKIE, 'sec-fetch-site': 'cross-site' })).toBe(
      403,
    )
    expect(await status('/graphql', 'POST', { ...COOKIE, 'sec-fetch-site': 'same-origin' })).toBe(
      200,
    )
  })

  it('REST wants a header that a form can’t send', async () => {
    expect(await status('/api/nothing', 'POST', COOKIE)).toBe(403)
    expect(await status('/api/nothing', 'POST', { ...COOKIE, 'x-requested-with': 'me' })).toBe(404)
  })

  it('lets pass who brings a token, who has no session, who reads, and heartbeats', async () => {
    const origin = 'https://evil.example'
    expect(await status('/graphql', 'POST', { ...COOKIE, origin, authorization: 'Bearer x' })).toBe(
      200,
    )
    expect(await status('/graphql', 'POST', { origin })).toBe(200)
    expect(await status('/healthz', 'GET', { ...COOKIE, origin })).toBe(200)
    expect(await status('/api/push/x', 'POST', { ...COOKIE, origin })).toBe(200)
  })
})
