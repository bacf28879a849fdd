import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { doorPage } from '../../../test/door-pages.ts'
import { HttpDoors } from '../../../test/http-doors.ts'
import { AppError } from '../../lib/app-error.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import { silentLog } from '../../lib/log.ts'
import type { DoorPage, Logo } from '../../status-pages/index.ts'
import { PageDomains } from '../page-domains.ts'
import { DoorViews } from './door-views.ts'

let doors: HttpDoors
let clock: ManualClock
let pages: Map<string, DoorPage>
let logo: Logo
let reads: number
let isDown = false
let domains: PageDomains

beforeEach(() => {
  // What was read for the test before is too old for this one.
  clock.advance(1_000)
  reads = 0
  pages = new Map([
    ['acme', doorPage()],
    ['quiet', doorPage({ slug: 'quiet', visibility: 'unlisted' })],
  ])
})

beforeAll(async () => {
  clock = new ManualClock()
  logo = { type: 'image/svg+xml', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') }
  const reader = {
    page: async (slug: string) => {
      reads++
      if (isDown) throw new AppError('UNAVAILABLE', 'The database is away.')
      return pages.get(slug) ?? null
    },
    logo: (slug: string, visitor?: { access?: string | undefined }) =>
      Promise.resolve(
        pages.has(slug) || (slug === 'secret' && visitor?.access === 'x'.repeat(20)) ? logo : null,
      ),
    listed: () =>
      Promise.resolve(
        [...pages.values()]
          .filter(({ visibility }) => visibility === 'public')
          .map(({ slug, updatedAt }) => ({ slug, updatedAt })),
      ),
  }
  const read = () =>
    Promise.resolve([
      { domain: 'status.acme.example', slug: 'acme' },
      { domain: 'localhost', slug: 'acme' },
    ])
  domains = new PageDomains({ read, clock, log: silentLog })
  await domains.start()
  doors = await HttpDoors.open({
    statusDoors: (front) => {
      front.servePages(domains)
      const follow = () => Promise.resolve()
      return {
        ...{ views: new DoorViews({ reader, follow, clock, log: silentLog }), front },
        authenticator: { authenticate: () => Promise.resolve(doors.actor) },
        credentialsOf: () => ({ cookie: undefined, workspace: undefined, ipAddress: '10.0.0.1' }),
      }
    },
    perMinute: { pages: 100_000 },
  })
})

afterAll(async () => {
  domains.stop()
  await doors.close()
})

const get = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${doors.url}${path}`, { redirect: 'manual', ...init })

const BESIDE = [
  ...['feed.atom', 'feed.rss', 'widget.js', 'widget.json'],
  ...['summary', 'status', 'components', 'incidents', 'incidents/unresolved'].map(
    (name) => `api/v2/${name}.json`,
  ),
  ...['scheduled-maintenances', 'scheduled-maintenances/upcoming'].map((n) => `api/v2/${n}.json`),
  'api/v2/scheduled-maintenances/active.json',
  'logo',
]
const doorsOf = (slug: string): string[] => [
  ...BESIDE.map((door) => `/status/${slug}/${door}`),
  ...[`/badge/${slug}.svg`, `/badge/${slug}.json`],
  ...[`/badge/${slug}/abcdefghij01.svg`, `/badge/${slug}/abcdefghij01.json`],
]
const EVERY = [...doorsOf('acme'), '/robots.txt', '/sitemap.xml']

describe.each(EVERY)('%s', (path) => {
  it('is there for everybody’s pages, for a minute, without cookies', async () => {
    const { status, headers } = await get(path, {
      headers: { origin: 'https://elsewhere.example' },
    })
    expect(status).toBe(200)
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-allow-credentials')).toBeNull()
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(headers.get('cache-control')).toContain('public, max-age=60, s-maxage=60')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('set-cookie')).toBeNull()
    expect(headers.get('ratelimit-remaining')).not.toBeNull()
  })

  it('is sent once to who has it: 304 by its tag', async () => {
    const etag = (await get(path)).headers.get('etag')!
    const known = (tag: string) => get(path, { headers: { 'if-none-match': tag } })
    for (const tag of [etag, `"x", ${etag}`, etag.replace('W/', ''), '*']) {
      const answer = await known(tag)
      expect([answer.status, await answer.text()]).toEqual([304, ''])
      expect(answer.headers.get('etag')).toBe(etag)
    }
    expect((await known('"other"')).status).toBe(200)
  })

  it('answers HEAD as GET, without a body', async () => {
    const [head, full] = [await get(path, { method: 'HEAD' }), await get(path)]
    expect([head.status, await head.text()]).toEqual([200, ''])
    for (const name of ['etag', 'content-type', 'content-length'])
      expect(head.headers.get(name)).toBe(full.headers.get(name))
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
    'refuses %s, whatever comes with it',
    async (method) => {
      const body = '<x/>'
      const answer = await get(path, { method, body, headers: { 'content-type': 'text/xml' } })
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    },
  )

  it('lets browsers ask whether they may', async () => {
    const { status, headers } = await get(path, {
      ...{ method: 'OPTIONS' },
      headers: { origin: 'https://e.example', 'access-control-request-method': 'GET' },
    })
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, '*'])
  })
})

describe('doors beside pages', () => {
  it.each(['feed.atom', 'feed.rss', 'widget.json', 'api/v2/summary.json'])(
    'answer 304 by time: %s',
    async (door) => {
      const path = `/status/acme/${door}`
      const changed = (await get(path)).headers.get('last-modified')!
      const since = (at: string, more = {}) =>
        get(path, { headers: { 'if-modified-since': at, ...more } })
      expect((await since(changed)).status).toBe(304)
      expect((await since('Sat, 01 Jan 2000 00:00:00 GMT')).status).toBe(200)
      expect((await since('nonsense')).status).toBe(200)
      // A tag says more than a time.
      expect((await since(changed, { 'if-none-match': '"other"' })).status).toBe(200)
    },
  )

  it('refuse a private page exactly as one that does not exist', async () => {
    // What the reader does not tell strangers is null here, as for what is unknown.
    for (const path of doorsOf('SLUG')) {
      const answers = await Promise.all(
        ['secret', 'unknown'].map(async (slug) => {
          const answer = await get(path.replace('SLUG', slug))
          const {
            date: _date,
            'ratelimit-remaining': _left,
            ...headers
          } = Object.fromEntries(answer.headers)
          return { status: answer.status, headers, text: await answer.text() }
        }),
      )
      expect(answers[0]!.status).toBe(404)
      expect(answers[0]).toEqual(answers[1])
      expect(answers[0]!.headers['cache-control']).toBe('no-store')
    }
  })

  it('show the logo of a private page to who has unlocked it, and nobody keeps that', async () => {
    const cookie = `allswell_page=${'x'.repeat(20)}`
    const { status, headers } = await get('/status/secret/logo', { headers: { cookie } })
    expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-store'])
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    const wrong = { cookie: `allswell_page=${'y'.repeat(20)}` }
    expect((await get('/status/secret/logo', { headers: wrong })).status).toBe(404)
  })

  it('show a logo in which nothing runs', async () => {
    const { headers } = await get('/status/acme/logo')
    expect(headers.get('content-type')).toBe('image/svg+xml')
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*sandbox$/)
    expect(headers.get('content-disposition')).toBe('inline; filename="logo.svg"')
  })

  it('ask search engines to leave unlisted pages alone, and list public ones only', async () => {
    for (const path of doorsOf('quiet').filter((one) => !one.includes('logo')))
      expect((await get(path)).headers.get('x-robots-tag')).toBe('noindex')
    expect((await get('/status/acme/feed.atom')).headers.get('x-robots-tag')).toBeNull()
    const sitemap = await (await get('/sitemap.xml')).text()
    expect(sitemap).toContain(`<loc>${doors.url}/status/acme</loc>`)
    expect(sitemap).not.toContain('quiet')
    expect(await (await get('/robots.txt')).text()).toContain(`Sitemap: ${doors.url}/sitemap.xml\n`)
  })

  it('read a page once for all who ask within a second', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => get('/badge/acme.svg')))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(reads).toBe(1)
    clock.advance(1_000)
    await get('/status/acme/feed.rss')
    expect(reads).toBe(2)
  })

  it('tell the last state while nothing can be read', async () => {
    await get('/badge/acme.svg')
    isDown = true
    clock.advance(60_000)
    expect((await get('/badge/acme.svg')).status).toBe(200)
    expect((await get('/status/acme/feed.atom')).status).toBe(200)
    expect((await get('/status/quiet-never-seen/feed.atom')).status).toBe(503)
    isDown = false
  })

  it('forget a page that is private now, and show a badge that follows', async () => {
    const message = async () =>
      ((await (await get('/badge/acme/abcdefghij01.json')).json()) as { message?: string }).message
    expect(await message()).toBe('operational')
    const [first] = doorPage().sections
    const components = [{ ...first!.components[0]!, status: 'MAJOR_OUTAGE' as const }]
    pages.set('acme', doorPage({ status: 'MAJOR_OUTAGE', sections: [{ ...first!, components }] }))
    clock.advance(1_000)
    expect(await message()).toBe('major outage')
    pages.delete('acme')
    clock.advance(1_000)
    expect(await message()).toBe('There is no such badge.')
  })

  it('draw a badge with other words and looks, and refuse what is neither', async () => {
    const svg = await (await get('/badge/acme.svg?label=Our%20API&style=for-the-badge')).text()
    expect(svg).toContain('<title>Our API: operational</title>')
    for (const query of ['style=plastic', 'style=flat&style=flat', `label=${'x'.repeat(101)}`])
      expect((await get(`/badge/acme.svg?${query}`)).status).toBe(400)
    expect((await get('/badge/acme.svg?utm_source=x')).status).toBe(200)
  })

  it('show a picture where a badge is missing', async () => {
    const answer = await get('/badge/acme/zzzzzzzzzzzz.svg')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      ...[404, 'image/svg+xml; charset=utf-8'],
    ])
    expect(await answer.text()).toContain('status: not found')
  })

  it('send a widget of less than 5 kB that needs nothing a strict page forbids', async () => {
    const script = await (await get('/status/acme/widget.js')).text()
    expect(Buffer.byteLength(script)).toBeLessThan(5 * 1024)
    expect(script).not.toMatch(/eval|Function\(|innerHTML|insertAdjacentHTML|cookie|localStorage/)
  })
})

describe('bad addresses', () => {
  const SLUGS = [
    ...['..', '.', '%2e%2e', '..%2f..%2fetc%2fpasswd', '%00', 'a%00b', 'a%0d%0aset-cookie:%20x=y'],
    ...['%', '%zz', '%ff%fe', '%C0%AF', 'ACME', 'acme%20', 'acme%2f', '%61cme%00'],
    ...[
      '%E2%80%AEacme',
      '%F0%9F%92%A9',
      'a'.repeat(4_096),
      '__proto__',
      'constructor',
      '%3Cscript%3E',
    ],
    ...['acme;', "acme'--", 'acme%3Fa', 'аcme', '-', '*', '$ne', '{}'].map(encodeURI),
  ]

  /** As it is, without what `fetch` makes of dots. */
  const raw = (path: string, headers = {}): Promise<number> =>
    new Promise((done, fail) => {
      const { port } = doors
      httpRequest({ port, path, host: '127.0.0.1', headers }, (answer) => {
        answer.resume()
        done(answer.statusCode ?? 0)
      })
        .on('error', fail)
        .end()
    })

  it.each(SLUGS)('lead nowhere: %s', async (slug) => {
    for (const path of doorsOf(slug)) {
      const status = await raw(path)
      expect([400, 404, 414], path).toContain(status)
    }
  })

  it.each(['/status/acme/api/v2/../../feed.atom', '/badge/acme', '/badge/acme.png', '/badge/.svg'])(
    'lead nowhere: %s',
    async (path) => {
      expect([400, 404]).toContain(await raw(path))
    },
  )

  it('lead nowhere in a query either', async () => {
    for (const query of [
      'label=%00',
      'label=%ff',
      '__proto__=x',
      'label[]=x',
      '%',
      '&&&=',
      'style=',
    ])
      expect([200, 400]).toContain(await raw(`/badge/acme.svg?${query}`))
  })
})

describe('a page’s own domain', () => {
  const at = (path: string, host = 'status.acme.example', init: { method?: string } = {}) =>
    new Promise<{ status: number; headers: Record<string, unknown>; text: string }>(
      (done, fail) => {
        const { port } = doors
        const headers = { host }
        const method = init.method ?? 'GET'
        httpRequest({ port, path, method, host: '127.0.0.1', headers }, (answer) => {
          let text = ''
          answer.setEncoding('utf8').on('data', (part: string) => (text += part))
          answer.on('end', () =>
            done({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
          )
        })
          .on('error', fail)
          .end()
      },
    )

  it('has its doors at its root, and names itself in them', async () => {
    const feed = await at('/feed.atom')
    expect(feed.status).toBe(200)
    expect(feed.text).toContain('href="http://status.acme.example/"')
    const summary = JSON.parse((await at('/api/v2/summary.json')).text) as { page: { url: string } }
    expect(summary.page.url).toBe('http://status.acme.example/')
    for (const path of ['/history.atom', '/history.rss', '/feed.rss', '/widget.js', '/widget.json'])
      expect((await at(path)).status, path).toBe(200)
    for (const path of ['/logo', '/badge.svg', '/badge.json?style=flat', '/badge/acme.svg'])
      expect((await at(path)).status, path).toBe(200)
    expect((await at('/sitemap.xml')).text).toContain('<loc>http://status.acme.example/</loc>')
    expect((await at('/status/acme/feed.atom', 'STATUS.acme.example:8080')).status).toBe(200)
  })

  it.each([
    ...[
      '/sign-in',
      '/monitors',
      '/healthz',
      '/readyz',
      '/graphql',
      '/api/v1/monitors',
      '/auth/github',
    ],
    ...['/.well-known/jwks.json', '/status/quiet', '/status/quiet/feed.atom', '/badge/quiet.svg'],
    ...[
      '/index.html',
      '/playground/',
      '/assets/index.js',
      '/status/acme/../quiet',
      '//status/quiet',
    ],
  ])('has nothing at %s', async (path) => {
    expect((await at(path)).status).toBe(404)
  })

  it('is nobody else’s name', async () => {
    for (const host of [
      'other.example',
      'xstatus.acme.example',
      'status.acme.example.evil.example',
    ])
      expect((await at('/feed.atom', host)).status).toBe(421)
  })
})
