import Fastify, { type FastifyInstance } from 'fastify'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anonymous, type Actor } from '../lib/actor.ts'
import { AppError } from '../lib/app-error.ts'
import { ManualClock } from '../lib/manual-clock.ts'
import { StatusPageRenderer } from '../ssr/index.ts'
import { addErrorAnswers } from './error-answers.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { addStatusPageRoutes } from './status-page-routes.ts'

const log = { debug() {}, info() {}, warn() {}, error() {} }
const member: Actor = { ...anonymous(), kind: 'user', role: 'viewer', id: 'm' }

type Renderer = ConstructorParameters<typeof StatusPageRenderer>[0]
type Sight = Awaited<ReturnType<Renderer['reads']['public']>>

let server: FastifyInstance
let clock: ManualClock
let renders: { language: string; url: string }[]
let reads: number
let state: Record<string, Sight>
let isDown: boolean

const page = (signature = 's1'): Sight => ({
  ...{ kind: 'page', signature, readAt: clock.now() },
  answer: { data: { publicStatusPage: { timeZone: 'UTC', locale: null, title: signature } } },
})

const module: Renderer['module'] = {
  document: {} as never,
  chooseLanguage: ({ asked, fixed, accepted }) =>
    ([asked, fixed, accepted].find((one) => one === 'de' || one === 'en') as string) ?? 'en',
  dayIn: () => '2026-01-05',
  async renderPage({ language, url, slug, staleForMs, access, execute }) {
    renders.push({ language, url })
    const { data } = (await execute({ slug })) as { data: { publicStatusPage: { title: string } } }
    const { title } = data.publicStatusPage
    return `page ${slug} ${title} ${language} ${url} ${staleForMs ?? 'fresh'} ${access ?? ''}`
  },
  renderPasswordPage: async ({ slug, language }) => `password ${slug} ${language}`,
  renderMissingPage: async ({ signInPath, language }) => `missing ${signInPath} ${language}`,
  renderUnavailablePage: async ({ language }) => `unavailable ${language}`,
  accentStyles: (colour) => `.sp-page{--sp-accent:${colour}}`,
}

beforeEach(async () => {
  clock = new ManualClock()
  ;[renders, reads, isDown] = [[], 0, false]
  state = { acme: page(), locked: { kind: 'locked' } }
  const pages = new StatusPageRenderer({
    ...{ module, clock, log },
    reads: {
      async public(slug) {
        reads += 1
        if (isDown) throw new AppError('UNAVAILABLE', 'The database is away.')
        return state[slug] ?? { kind: 'unknown' }
      },
      async read({ slug, access }, actor) {
        const isIn = actor === member ? slug === 'members' : access === 'right-token-000000'
        return isIn ? page('private') : (state[slug] ?? { kind: 'unknown' })
      },
    },
  })
  server = Fastify({ routerOptions: { maxParamLength: 16_384 } })
  addErrorAnswers(server, log, undefined)
  addSecurityHeaders(server, { isHttps: () => false } as never)
  await addStatusPageRoutes(server, {
    ...{ pages, base: '/', publicUrl: undefined, webFolder: '/nowhere' },
    credentialsOf: ({ headers }) => ({ cookie: String(headers.cookie) }),
    authenticator: {
      authenticate: async ({ cookie }) =>
        cookie?.includes('allswell_session=member') ? member : anonymous(),
    },
  })
})
afterEach(() => server.close())

const get = (url: string, headers: Record<string, string> = {}) =>
  server.inject({ url, headers, method: 'GET' })

describe('a public page', () => {
  it('is rendered once and sent to all, with what caches need', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => get('/status/acme')))
    expect(new Set(answers.map(({ body }) => body))).toEqual(
      new Set(['page acme s1 en /status/acme fresh ']),
    )
    expect([reads, renders.length]).toEqual([1, 1])
    expect(answers[0]!.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control':
        'public, max-age=0, s-maxage=1, stale-while-revalidate=10, stale-if-error=86400',
      vary: 'accept-encoding, accept-language',
    })
    expect(answers[0]!.headers['content-security-policy']).toContain("script-src 'self'")
    expect(answers[0]!.headers['set-cookie']).toBeUndefined()
  })

  it('is not sent to who has it, in any of the forms of the tag', async () => {
    const etag = String((await get('/status/acme')).headers['etag'])
    for (const known of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
      const { statusCode, body } = await get('/status/acme', { 'if-none-match': known })
      expect([known, statusCode, body]).toEqual([known, 304, ''])
    }
    expect((await get('/status/acme', { 'if-none-match': '"other"' })).statusCode).toBe(200)
  })

  it('keeps its tag while nothing that is seen changes, however often it is read', async () => {
    const before = (await get('/status/acme')).headers['etag']
    clock.advance(10_000)
    expect((await get('/status/acme')).headers['etag']).toBe(before)
    expect([reads, renders.length]).toEqual([2, 1])
  })

  it.each([
    ['br, gzip', 'br'],
    ['gzip, deflate', 'gzip'],
    ['GZIP', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['br;q=0.000', undefined],
    ['deflate, xbr', undefined],
    ['', undefined],
  ])('leaves packed as %j says: %s', async (accepted, encoding) => {
    const { headers, rawPayload } = await get('/status/acme', { 'accept-encoding': accepted })
    expect(headers['content-encoding']).toBe(encoding)
    const unpack = { br: brotliDecompressSync, gzip: gunzipSync, none: (all: Buffer) => all }
    const html = unpack[(encoding ?? 'none') as keyof typeof unpack](rawPayload).toString()
    expect(html).toMatch(/^page acme/)
  })

  it('is the same page for whatever a client sends, and is not read again for it', async () => {
    const { body } = await get('/status/acme')
    const tries: [string, Record<string, string>][] = [
      ['/status/acme?x=1', {}],
      ['/status/acme?lang=xx&lang=yy', {}],
      [`/status/acme?lang=${'x'.repeat(4_000)}`, {}],
      ['/status/acme?lang=%00%0d%0aset-cookie:a=b', {}],
      ['/status/acme', { cookie: 'allswell_session=member; allswell_page=right-token-000000' }],
      ['/status/acme', { authorization: 'Bearer nonsense' }],
      ['/status/acme', { host: 'evil.example' }],
      ['/status/acme', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher' }],
      ['/status/acme', { 'accept-language': 'tlh, *;q=0.5', 'cache-control': 'no-cache' }],
      ['/status/acme', { pragma: 'no-cache', range: 'bytes=0-1', origin: 'https://evil.example' }],
    ]
    for (const [url, headers] of tries)
      expect([url, (await get(url, headers)).body]).toEqual([url, body])
    expect([reads, renders.length]).toEqual([1, 1])
  })

  it('is kept once for each language, and all of them come from one reading', async () => {
    const bodies = await Promise.all([
      get('/status/acme?lang=de'),
      get('/status/acme', { 'accept-language': 'de' }),
      get('/status/acme'),
    ])
    expect(bodies.map(({ body }) => body.split(' ')[3])).toEqual(['de', 'de', 'en'])
    expect([reads, renders.length]).toEqual([1, 2])
  })

  it('is shown from the last reading, with its age, while the database is down', async () => {
    await get('/status/acme')
    isDown = true
    clock.advance(125_000)
    const { statusCode, headers, body } = await get('/status/acme')
    expect([statusCode, headers['age']]).toEqual([200, '125'])
    expect(body).toContain('125000')
    isDown = false
    clock.advance(1_000)
    expect((await get('/status/acme')).body).toContain('fresh')
  })

  it('that nobody has seen yet is unavailable without a database', async () => {
    isDown = true
    const { statusCode, headers, body } = await get('/status/acme')
    expect([statusCode, headers['retry-after'], body]).toEqual([503, '5', 'unavailable en'])
  })

  it('answers HEAD like GET, without a body', async () => {
    const { statusCode, headers, body } = await server.inject({
      method: 'HEAD',
      url: '/status/acme',
    })
    expect([statusCode, body]).toEqual([200, ''])
    expect(headers['etag']).toBeDefined()
  })
})

describe('a page that is not for everybody', () => {
  it('looks the same when it is not there, is foreign, or can have no such name', async () => {
    for (const slug of [
      'nothing',
      'members',
      'ACME',
      '%00',
      '..%2f..',
      'a'.repeat(4_000),
      '💥',
      '%0d%0a',
    ]) {
      const { statusCode, headers, body } = await get(`/status/${encodeURIComponent(slug)}`)
      expect([slug, statusCode, headers['cache-control']]).toEqual([slug, 404, 'private, no-store'])
      expect(body).toMatch(/^missing \/sign-in(\?next=%2Fstatus%2F[a-z]+)? en$/)
    }
  })

  it('asks for its password, and opens to its cookie, without being kept by anybody', async () => {
    expect(await get('/status/locked')).toMatchObject({
      statusCode: 401,
      body: 'password locked en',
    })
    const { statusCode, headers, body } = await get('/status/locked', {
      cookie: 'a=b; allswell_page=right-token-000000',
    })
    expect([statusCode, headers['cache-control']]).toEqual([200, 'private, no-store'])
    expect(headers['etag']).toBeUndefined()
    expect(body).toContain('private en')
    expect((await get('/status/locked')).statusCode).toBe(401)
  })

  it.each([
    'allswell_page=wrong-token-000000',
    'allswell_page=right-token-000000; allswell_page=right-token-000000',
    'allswell_page=',
    'xallswell_page=right-token-000000',
  ])('does not open to %j', async (cookie) => {
    expect((await get('/status/locked', { cookie })).statusCode).toBe(401)
  })

  it('opens to members who are signed in', async () => {
    const { statusCode, body } = await get('/status/members', {
      cookie: 'allswell_session=member',
    })
    expect([statusCode, body]).toEqual([200, 'page members private en /status/members fresh '])
    expect((await get('/status/members')).statusCode).toBe(404)
  })
})

describe('beside the page', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)(
    '%s is refused, whatever it brings',
    async (method) => {
      const headers = { 'content-type': 'application/x-nothing' }
      const { statusCode, headers: told } = await server.inject({
        ...{ method, url: '/status/acme', headers, payload: '\u0000' },
      })
      expect([statusCode, told['allow']]).toEqual([405, 'GET, HEAD'])
    },
  )

  it('a slash too many leads to the page, and nowhere else', async () => {
    const { statusCode, headers } = await get('/status/%2f%2fevil.example/')
    expect(statusCode).toBe(308)
    expect(headers['location']).toBe('/status/%2F%2Fevil.example')
  })

  it('the stylesheet of a colour is kept for ever', async () => {
    const { headers, body } = await get('/accent/6d28d9.css')
    expect(body).toContain('#6d28d9')
    expect(headers).toMatchObject({
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    })
  })

  it.each(['red.css', '6D28D9.css', '6d28d9', '6d28d9.css%0a', '..%2f6d28d9.css', '%7d.css'])(
    'there is no colour %s',
    async (file) => expect((await get(`/accent/${file}`)).statusCode).toBe(404),
  )
})
