import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as rawRequest } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HttpDoors } from '../../test/http-doors.ts'

const SCRIPT = `console.log(${JSON.stringify('x'.repeat(100))})\n`

let folder: string
let doors: HttpDoors

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'allswell-web-'))
  mkdirSync(path.join(folder, 'assets'))
  mkdirSync(path.join(folder, 'playground'))
  writeFileSync(path.join(folder, 'index.html'), '<title>The app</title>')
  writeFileSync(path.join(folder, 'playground/index.html'), '<title>The playground</title>')
  writeFileSync(path.join(folder, 'theme.js'), SCRIPT)
  writeFileSync(path.join(folder, 'assets/main-abc123.js'), SCRIPT)
  writeFileSync(path.join(folder, 'assets/main-abc123.js.gz'), gzipSync(SCRIPT))
  writeFileSync(path.join(folder, '../secret-of-the-machine.txt'), 'secret')
  doors = await HttpDoors.open({ webFolder: folder })
})

afterAll(async () => {
  await doors.close()
  rmSync(folder, { recursive: true })
})

interface RawAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/** A request whose every header is as it is given, the Host header too. */
function send(
  target: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: object; body?: string } = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const request = rawRequest(
      {
        host: '127.0.0.1',
        port: doors.port,
        path: target,
        method,
        headers: { ...headers },
        agent: false,
      },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            body: Buffer.concat(parts),
          }),
        )
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

/** The head of what comes back for bytes as they are. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(doors.port, '127.0.0.1')
    socket.on('error', reject)
    socket.setEncoding('utf8').once('data', (answer: string) => {
      socket.destroy()
      resolve(answer)
    })
    socket.write(text)
  })
}

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
const json = ({ body }: RawAnswer): unknown => JSON.parse(body.toString())

describe('the name under which the server is asked', () => {
  it.each(['localhost', 'LOCALHOST:3000', '127.0.0.1', '127.0.0.1:8080', '[::1]', '[::1]:3000'])(
    '%s is its own',
    async (host) => expect((await send('/healthz', { headers: { host } })).status).toBe(200),
  )

  it.each([
    'evil.example',
    'localhost.evil.example',
    'localhost:3000.evil.example',
    'evil.example:3000',
    '127.0.0.1.nip.io',
    '127.0.0.2',
    '0.0.0.0',
    '2130706433',
    '[::ffff:127.0.0.1]',
    '192.168.0.1',
    'localhost@evil.example',
    'local host',
  ])('%j is not: nothing is answered to it', async (host) => {
    for (const target of ['/', '/graphql?query={__typename}', '/api/push/x', '/nothing']) {
      const { status, body } = await send(target, { headers: { host } })
      expect([400, 421]).toContain(status)
      expect(body.toString()).toMatch(/answers only as localhost|^$/)
    }
  })
})

describe('a request that names nobody', () => {
  it.each(['GET / HTTP/1.0\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', 'GET / HTTP/1.1\r\nHost:\r\n\r\n'])(
    '%j is refused',
    async (text) => expect(await sendRaw(text)).toMatch(/^HTTP\/1.1 (400|421) /),
  )
})

describe('every answer', () => {
  it.each([
    '/',
    '/graphql',
    '/healthz',
    '/schema.graphql',
    '/nothing',
    '/assets/main-abc123.js',
    '/%zz',
    '/api/push/x',
  ])('of %s carries the security headers and no name of a framework', async (target) => {
    const { headers } = await send(target)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'/)
    expect(headers['x-powered-by']).toBeUndefined()
    expect(headers['server']).toBeUndefined()
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })

  it('to a page of another origin lets that page read nothing', async () => {
    const origin = { origin: 'https://evil.example' }
    for (const method of ['OPTIONS', 'GET', 'POST'])
      for (const target of ['/graphql', '/graphql/stream', '/readyz']) {
        const { headers } = await send(target, { method, headers: origin })
        expect(headers['access-control-allow-origin']).toBeUndefined()
      }
  })
})

describe('the web build', () => {
  it('opens at /, at every address of the app, and is asked for anew each time', async () => {
    for (const target of ['/', '/monitors/1', '/monitors/1?tab=checks']) {
      const { status, headers, body } = await send(target, { headers: BROWSER })
      expect([status, body.toString()]).toEqual([200, '<title>The app</title>'])
      expect(headers['cache-control']).toBe('no-cache')
      expect(headers['content-type']).toBe('text/html; charset=utf-8')
    }
  })

  it('runs under a policy without inline scripts, inline styles or foreign origins', async () => {
    const policy = String(
      (await send('/', { headers: BROWSER })).headers['content-security-policy'],
    )
    const rules = new Map(
      policy.split('; ').map((rule) => rule.split(/ (.*)/s) as [string, string]),
    )
    expect(rules.get('default-src')).toBe("'none'")
    expect(rules.get('script-src')).toBe("'self'")
    expect(rules.get('style-src')).toBe("'self'")
    expect(rules.get('connect-src')).toBe("'self'")
    expect(rules.get('frame-ancestors')).toBe("'none'")
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
  })

  it('keeps files named by their content for ever, others not', async () => {
    const named = await send('/assets/main-abc123.js')
    expect(named.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(named.headers['content-type']).toMatch(/^(text|application)\/javascript/)
    expect(named.body.toString()).toBe(SCRIPT)
    expect((await send('/theme.js')).headers['cache-control']).toBe('no-cache')
  })

  it('is sent compressed to who takes it', async () => {
    const { headers, body } = await send('/assets/main-abc123.js', {
      headers: { 'accept-encoding': 'gzip, deflate, br' },
    })
    expect(headers['content-encoding']).toBe('gzip')
    expect(headers['vary']).toMatch(/accept-encoding/i)
    expect(gunzipSync(body).toString()).toBe(SCRIPT)
  })

  it.each(['/assets/gone-123.js', '/api/nothing', '/graphql/nothing'])(
    '%s is missing for browsers too: no page stands in for it',
    async (target) => {
      const answer = await send(target, { headers: BROWSER })
      expect(answer.status).toBe(404)
      expect(JSON.stringify(json(answer))).toContain('NOT_FOUND')
    },
  )

  it('programs are told in JSON what is missing', async () => {
    const answer = await send('/nothing?token=secret')
    expect(answer.status).toBe(404)
    expect(json(answer)).toEqual({
      error: 'NOT_FOUND',
      message: 'There is nothing at GET /nothing.',
    })
  })

  it.each([
    '/../secret-of-the-machine.txt',
    '/assets/../../secret-of-the-machine.txt',
    '/assets/..%2f..%2fsecret-of-the-machine.txt',
    '/%2e%2e/secret-of-the-machine.txt',
    '/assets/%5c..%5c..%5csecret-of-the-machine.txt',
    '//secret-of-the-machine.txt',
  ])('%s leads nowhere', async (target) => {
    expect((await send(target)).body.toString()).not.toBe('secret')
  })

  it('is not needed: without it the API answers, and pages are not found', async () => {
    const bare = await HttpDoors.open()
    expect((await fetch(`${bare.url}/`, { headers: BROWSER })).status).toBe(404)
    expect((await bare.ask('{ __typename }')).data).toEqual({ __typename: 'Query' })
    await bare.close()
  })
})

describe('/graphql', () => {
  it('is the playground for a browser, under a policy of its own', async () => {
    const { headers, body } = await send('/graphql', { headers: BROWSER })
    expect(body.toString()).toBe('<title>The playground</title>')
    expect(headers['vary']).toBe('accept')
    expect(headers['content-security-policy']).toContain("worker-src 'self' blob:")
    expect(headers['content-security-policy']).not.toContain('unsafe-eval')
  })

  it('answers a query by GET to a program, and to nobody else’s page', async () => {
    const target = `/graphql?query=${encodeURIComponent('{ __typename }')}`
    const asked = await send(target, { headers: { 'apollo-require-preflight': '1' } })
    expect(json(asked)).toMatchObject({ data: { __typename: 'Query' } })
    expect(asked.headers['cache-control']).toBe('no-store')
    expect((await send(target)).status).toBe(400)
  })

  it.each(['PUT', 'PATCH', 'DELETE'])('%s is no method of it', async (method) => {
    const { status, headers } = await send('/graphql', { method })
    expect([status, headers['allow']]).toEqual([405, 'GET, POST'])
  })

  it.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/graphql', 415],
    ['application/json; charset=utf-16', [200, 400, 415]],
    ['application/json; charset=latin1', [200, 400, 415]],
    ['application/json;' + 'a=b;'.repeat(500), [200, 400, 415]],
    ['application/jsonp', 415],
    ['json', 415],
    ['', [400, 415]],
  ])('a POST of %s is never taken for a simple form', async (contentType, expected) => {
    const { status } = await send('/graphql', {
      ...{ method: 'POST', body: '{"query":"{ __typename }"}' },
      headers: { 'content-type': contentType },
    })
    expect([expected].flat()).toContain(status)
  })

  it.each([
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '{}',
    '{"query":1}',
    '{"query":"{__typename}","variables":[]}',
    '{"__proto__":{"query":"x"}}',
  ])('a body of %j is refused in the form of GraphQL', async (body) => {
    const answer = await send('/graphql', {
      ...{ method: 'POST', body },
      headers: { 'content-type': 'application/json' },
    })
    expect(answer.status).toBe(400)
    expect((json(answer) as { errors: unknown[] }).errors).toHaveLength(1)
  })

  it('the contract is served beside it as text', async () => {
    const { headers, body } = await send('/schema.graphql', { headers: BROWSER })
    expect(headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(body.toString()).toContain('type Query {')
  })

  it('streams live by server-sent events, with the security headers', async () => {
    const stop = new AbortController()
    const query = encodeURIComponent('subscription { events { cursor } }')
    const response = await fetch(`${doors.url}/graphql/stream?query=${query}`, {
      signal: stop.signal,
    })
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    const { value } = await response.body!.getReader().read()
    expect(new TextDecoder().decode(value)).toContain('retry: 2000')
    stop.abort()
  })

  it('is the only address that takes a WebSocket', async () => {
    const answer = await sendRaw(
      'GET /other HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    )
    expect(answer).toMatch(/^HTTP\/1.1 404 /)
  })
})
