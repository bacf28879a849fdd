import { request as rawRequest } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { HttpDoors } from '../../test/http-doors.ts'
import { Authenticator, type Presented } from '../accounts/index.ts'
import { systemClock } from '../lib/clock.ts'
import { silentLog } from '../lib/log.ts'

let doors: HttpDoors
/** What the grants were asked, so that no odd body passes for a right one. */
let granted = 0

/** The real judge of credentials, with nothing good in its database. */
const judge = new Authenticator({
  database: { worker: { query: () => Promise.resolve([]) } as never },
  revocations: { isFresh: true, generation: 0, onChange: () => () => undefined } as never,
  readAccessToken: () => Promise.reject(Object.assign(new Error('unused'), { code: 'x' })),
  ...{ clock: systemClock, log: silentLog },
})

beforeAll(async () => {
  doors = await HttpDoors.open({
    authenticate: (presented: Presented) =>
      presented.bearer?.split('.').length === 3
        ? judge.authenticate({ ...presented, bearer: 'not one' })
        : judge.authenticate(presented),
    tokens: {
      grants: {
        byRefreshToken: () => (granted++, Promise.resolve({ access_token: 'x' })),
      } as never,
      keys: { jwks: () => Promise.resolve({ keys: [] }) },
      ...{ doorOf: () => ({}) as never, log: silentLog },
    },
    perMinute: { auth: 10_000 },
  })
})

beforeEach(() => {
  doors.seen.length = 0
})

afterAll(() => doors.close())

function send(
  target: string,
  headers: [string, string][],
  body = '',
): Promise<{ status: number; body: string; headers: object }> {
  return new Promise((resolve, reject) => {
    const length = ['content-length', `${Buffer.byteLength(body)}`]
    const list = [['host', `127.0.0.1:${doors.port}`], length, ...headers].flat()
    const request = rawRequest(
      { host: '127.0.0.1', port: doors.port, path: target, method: 'POST', headers: list },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(parts).toString(),
            headers: response.headers,
          }),
        )
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

const QUERY = '{"query":"{ __typename }"}'
const JSON_TYPE: [string, string] = ['content-type', 'application/json']

function malformed(): string[] {
  const schemes = [
    '',
    'Bearer',
    'bearer',
    'BEARER',
    'Basic',
    'Token',
    'Digest',
    'Bearer Bearer',
    'Bearer:',
    'JWT',
  ]
  const values = [
    ...['', ' ', 'x', 'null', 'undefined', 'aw_', `aw_${'0'.repeat(45)}`, `aw_${'0'.repeat(46)}`],
    ...[`aw_${'0'.repeat(47)}`, `aw_${'é'.repeat(46)}`, '.', '..', '...', 'a.b.c', 'a.b', '=.=.='],
    ...['eyJhbGciOiJub25lIn0.e30.', 'x'.repeat(4_000), 'x'.repeat(8_000), "' or 1=1 --", '%00'],
    ...['../../etc/passwd', 'a b', 'a,b', 'a;b', '"x"', '<x>', '{}', '${x}', '\\', '~', '\u00ff'],
  ]
  return schemes.flatMap((scheme) => values.map((value) => `${scheme} ${value}`)).slice(0, 300)
}

describe('advisory 19: a token that is none', () => {
  it('300 of them: always refused, never taken for nobody, never a fault', async () => {
    const tokens = malformed()
    expect(tokens).toHaveLength(300)
    for (const token of tokens) {
      const { status, body } = await send(
        '/graphql',
        [JSON_TYPE, ['authorization', Buffer.from(token).toString('latin1')]],
        QUERY,
      )
      // Nothing behind its name is a header that says nothing; node leaves no blanks.
      expect([token, status, body]).toEqual([
        token,
        401,
        expect.stringContaining('UNAUTHENTICATED'),
      ])
    }
  })

  it('two Authorization headers are none, be they good or not', async () => {
    const { status } = await send(
      '/graphql',
      [JSON_TYPE, ['authorization', 'Bearer x'], ['Authorization', 'Bearer x']],
      QUERY,
    )
    expect(status).toBe(401)
  })

  it('beside a good session it is not ignored either', async () => {
    const headers: [string, string][] = [
      JSON_TYPE,
      ['cookie', 'allswell_session=x'],
      ['authorization', 'Basic eDp5'],
    ]
    expect((await send('/graphql', headers, QUERY)).status).toBe(401)
  })

  it('the negative control: no token at all is somebody unknown, who may ask', async () => {
    expect((await send('/graphql', [JSON_TYPE], QUERY)).status).toBe(200)
  })
})

describe('advisory 13: headers that mean something elsewhere', () => {
  const NAMES = [
    ...[
      'tenant-id',
      'x-tenant-id',
      'x-tenant',
      'x-workspace',
      'x-workspace-id',
      'workspace',
      'workspace-id',
    ],
    ...[
      'is-multi-tenant-query',
      'x-project-id',
      'projectid',
      'x-organization',
      'x-user',
      'x-user-id',
      'x-role',
    ],
    ...[
      'x-hasura-role',
      'x-hasura-admin-secret',
      'x-admin',
      'x-api-key',
      'api-key',
      'x-auth-token',
      'token',
    ],
    ...[
      'x-remote-user',
      'remote-user',
      'x-forwarded-user',
      'x-webauth-user',
      'x-original-url',
      'x-rewrite-url',
    ],
    ...['x-http-method-override', 'x-forwarded-for', 'x-real-ip'],
  ]

  it('30 of them change nothing of who asks, from where and in which workspace', async () => {
    expect(NAMES).toHaveLength(30)
    const bodyWith = async (headers: [string, string][]): Promise<string> =>
      (await send('/graphql', headers, QUERY)).body.replace(/"resetAt":"[^"]+"/, '')
    const plain = await bodyWith([JSON_TYPE])
    for (const name of NAMES) expect(await bodyWith([JSON_TYPE, [name, '1']])).toBe(plain)
    const [first] = doors.seen
    for (const { presented, door } of doors.seen) {
      expect(presented).toEqual(first!.presented)
      expect({ ...door, setSession: 0, clearSession: 0 }).toEqual({
        ...{ ...first!.door, setSession: 0, clearSession: 0 },
      })
    }
  })
})

describe('advisory 29: content types', () => {
  const TYPES = [
    ...[
      'text/plain',
      'text/plain; charset=utf-8',
      'text/html',
      'text/xml',
      'application/xml',
      'multipart/form-data',
    ],
    ...[
      'multipart/form-data; boundary=x',
      'multipart/mixed',
      'application/graphql',
      'application/octet-stream',
    ],
    ...[
      'application/x-ndjson',
      'application/jsonp',
      'application/javascript',
      'image/png',
      '*/*',
      'application/*',
    ],
    ...[
      'json',
      '/',
      ';',
      ',',
      'a/b/c',
      'application',
      'application/',
      '/json',
      'null',
      'text/json',
      'x-www-form',
    ],
    ...['application/json-seq', 'application/jsonx', ' ', 'application /json', 'application/ json'],
    ...[
      'text/plain;application/json',
      'text/plain, application/json',
      'message/rfc822',
      'font/woff2',
    ],
    ...['application/vnd.api', 'application/x-json', 'application/cbor', `x/${'y'.repeat(2000)}`],
  ]
  const CHARSETS = ['utf-16', 'latin1', 'utf-7', 'x', '"', '%00', 'utf-8;'.repeat(500), 'ibm500']

  it('40 that are not JSON are refused by every door', async () => {
    expect(TYPES).toHaveLength(40)
    for (const type of TYPES)
      for (const target of ['/graphql', '/graphql/stream', '/auth/token']) {
        const body =
          target === '/auth/token' ? '{"grant_type":"refresh_token","refresh_token":"x"}' : QUERY
        const { status } = await send(target, [['content-type', type]], body)
        expect([target, type, [400, 415].includes(status) ? 'refused' : status]).toEqual([
          ...[target, type, 'refused'],
        ])
      }
    expect(granted).toBe(0)
  })

  it('odd charsets break nothing', async () => {
    for (const charset of CHARSETS)
      for (const target of ['/graphql', '/graphql/stream', '/auth/token']) {
        const { status } = await send(
          target,
          [['content-type', `application/json; charset=${charset}`]],
          QUERY,
        )
        expect(status).toBeLessThan(500)
      }
  })
})
