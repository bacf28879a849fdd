import { get as rawGet, type IncomingHttpHeaders } from 'node:http'
import { brotliDecompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HttpDoors } from '../../test/http-doors.ts'
import { anonymous } from '../lib/actor.ts'
import { AppError } from '../lib/app-error.ts'
import { ManualClock } from '../lib/manual-clock.ts'
import { silentLog } from '../lib/log.ts'
import { StatusPageRenderer } from '../ssr/index.ts'

type Renderer = ConstructorParameters<typeof StatusPageRenderer>[0]
type Sight = Awaited<ReturnType<Renderer['reads']['public']>>

let clock: ManualClock
let pages: StatusPageRenderer
let doors: HttpDoors
let sight: () => Sight
/** How often the usual way was gone. */
let looks: number

const shown = (title: string): Sight => ({
  ...{ kind: 'page', signature: title, readAt: clock.now() },
  answer: { data: { publicStatusPage: { timeZone: 'UTC', locale: null, title } } },
})

const module: Renderer['module'] = {
  document: {} as never,
  chooseLanguage: ({ asked, accepted }) => String(asked ?? accepted),
  dayIn: () => '2026-01-05',
  renderPage: async ({ language, slug, url, execute }) =>
    `${JSON.stringify(await execute({ slug }))} ${language} ${url}`,
  renderPasswordPage: async () => 'password',
  renderMissingPage: async () => 'missing',
  renderUnavailablePage: async () => 'unavailable',
  accentStyles: () => '',
}

async function open(front: Parameters<typeof HttpDoors.open>[0] = {}): Promise<void> {
  doors = await HttpDoors.open({
    statusPages: {
      ...{ pages, base: '/', publicUrl: undefined, webFolder: '/nowhere' },
      credentialsOf: () => ({}),
      authenticator: { authenticate: async () => anonymous() },
    },
    ...front,
  })
}

beforeEach(() => {
  clock = new ManualClock()
  sight = () => shown('All is well')
  pages = new StatusPageRenderer({
    ...{ module, clock, log: silentLog },
    reads: { public: async () => sight(), read: async () => ({ kind: 'unknown' }) },
  })
  looks = 0
  const { look } = pages
  vi.spyOn(pages, 'look').mockImplementation((slug) => {
    looks += 1
    return look.call(pages, slug)
  })
})

afterEach(() => doors.close())

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

const ask = (headers: Record<string, string> = {}, path = '/status/acme', method = 'GET') =>
  new Promise<Answer>((resolve, reject) => {
    const options = { host: '127.0.0.1', port: doors.port, path, method, headers }
    rawGet(options, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        const bytes = Buffer.concat(parts)
        const isPacked = response.headers['content-encoding'] === 'br'
        const body = (isPacked ? brotliDecompressSync(bytes) : bytes).toString()
        resolve({ status: response.statusCode!, headers: response.headers, body })
      })
    }).on('error', reject)
  })

/** What no two answers share. */
const lasting = ({ headers: { date: _date, ...headers }, status, body }: Answer) => ({
  ...{ headers, status, body },
})

describe('the page that was asked for a moment ago', () => {
  it.each([
    ['here alone', {}],
    [
      'behind a proxy, with an app elsewhere',
      {
        isLocalOnly: false,
        publicUrl: 'https://up.example.com',
        webOrigins: ['https://app.example.com'],
        trustedProxies: ['127.0.0.1'],
      },
    ],
  ])('is the same answer, header by header, without being looked for: %s', async (_name, front) => {
    await open({ front })
    const asking = {
      ...{ 'accept-encoding': 'br', 'accept-language': 'de', origin: 'https://app.example.com' },
      ...{ 'x-forwarded-host': 'up.example.com', 'x-forwarded-proto': 'https' },
    }
    const first = await ask(asking)
    const second = await ask(asking)
    expect(first.status).toBe(200)
    expect(first.headers['content-security-policy']).toContain("script-src 'self'")
    expect(lasting(second)).toEqual(lasting(first))
    expect(looks).toBe(1)
  })

  it('is for strangers: cookies and tokens change nothing', async () => {
    await open()
    const first = await ask()
    const others = { cookie: 'allswell_session=member', authorization: 'Bearer x' }
    expect(lasting(await ask(others))).toEqual(lasting(first))
    expect(looks).toBe(1)
  })

  it('leaves the server’s book of requests as the usual way does', async () => {
    await open()
    await ask()
    await ask()
    const lines = doors.log.filter(({ message }) => message === 'request')
    expect(lines.map(({ fields }) => ({ ...fields, ms: 0 }))).toEqual(
      Array.from({ length: 2 }, () => ({
        ...{ method: 'GET', route: '/status/:slug', status: 200, ms: 0 },
      })),
    )
  })
})

describe('the usual way is gone', () => {
  it.each([
    ['in another language', { 'accept-language': 'fr' }, '/status/acme', 200],
    ['in a language that is asked for', {}, '/status/acme?lang=fr', 200],
    ['in another form', { 'accept-encoding': 'br' }, '/status/acme', 200],
    ['under another name of ours', { host: 'localhost' }, '/status/acme', 200],
    ['under a foreign name', { host: 'evil.example' }, '/status/acme', 421],
    ['by whoever has it', { 'if-none-match': '*' }, '/status/acme', 304],
    ['at an address that only looks alike', {}, '/status//acme', 404],
  ])('%s', async (_name, headers, path, status) => {
    await open()
    await ask()
    const answer = await ask(headers, path)
    expect(answer.status).toBe(status)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    if (status === 200) expect(looks).toBe(2)
    if (status === 421) expect(answer.body).not.toContain('All is well')
  })

  it('for the head alone, which is the same', async () => {
    await open()
    const { headers } = lasting(await ask())
    const head = lasting(await ask({}, '/status/acme', 'HEAD'))
    expect(head).toEqual({ headers, status: 200, body: '' })
    expect(looks).toBe(2)
  })

  it('when a second has passed', async () => {
    await open()
    await ask()
    clock.advance(1_000)
    await ask()
    expect(looks).toBe(2)
  })

  it('when a monitor has changed: nobody reads what was', async () => {
    await open()
    await ask()
    sight = () => shown('All is lost')
    pages.expire()
    expect((await ask()).body).toContain('All is lost')
  })

  it('when the page has become private: nobody reads what it was', async () => {
    await open()
    await ask()
    sight = () => ({ kind: 'unknown' })
    pages.forget()
    expect(await ask()).toMatchObject({ status: 404, body: 'missing' })
  })

  it('when the database is away: the page says how old it is', async () => {
    await open()
    await ask()
    sight = () => {
      throw new AppError('UNAVAILABLE', 'The database is away.')
    }
    clock.advance(5_000)
    for (const age of ['5', '5']) expect((await ask()).headers['age']).toBe(age)
    expect(looks).toBe(3)
  })

  it('by many who ask in ways of their own, and each gets what they asked for', async () => {
    await open()
    for (let n = 0; n < 200; n++) {
      const language = `x${n}`
      expect((await ask({ 'accept-language': language })).body).toContain(` ${language} `)
    }
    expect((await ask({ 'accept-language': 'x'.repeat(2_000) })).status).toBe(200)
    expect((await ask({ 'accept-language': 'x'.repeat(2_000) })).status).toBe(200)
    expect(looks).toBe(202)
  })

  it('when the server stops: it says so', async () => {
    await open()
    await ask()
    const closing = doors.server.close()
    const late = await ask().catch((error: NodeJS.ErrnoException) => error.code)
    await closing
    expect(['ECONNREFUSED', 'ECONNRESET', 503]).toContain(
      typeof late === 'object' ? late.status : late,
    )
  })
})
