import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { checkHttp, deadPort, web } from '../../../../test/checks/local-servers.ts'

interface Heard {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: string
}

/** A server that tells what it was asked. */
async function listener(): Promise<{ url: string; heard: Heard[] }> {
  const heard: Heard[] = []
  const port = await web((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      heard.push({
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body,
      })
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ status: 'ok', items: [1, 2], echo: request.headers }))
    })
  })
  return { url: `http://127.0.0.1:${port}`, heard }
}

describe('an http check', () => {
  it('is up and says how long each phase took', async () => {
    const { url, heard } = await listener()
    const outcome = await checkHttp({ url: `${url}/health?full=1` })
    expect(outcome).toMatchObject({ verdict: 'UP', statusCode: 200, message: null, evidence: null })
    expect(outcome.latencyUs).toBeGreaterThan(0)
    const { total, tls, ...phases } = outcome.timings!
    expect(tls).toBeNull()
    const sum = Object.values(phases).reduce<number>((all, one) => all + (one ?? 0), 0)
    expect(sum).toBeLessThanOrEqual(total)
    expect(heard[0]).toMatchObject({ method: 'GET', path: '/health?full=1' })
    expect(heard[0]!.headers['user-agent']).toContain('Allswell')
  })

  it.each([
    ['JSON', '{"a":1}', 'application/json'],
    ['FORM', 'a=1&b=2', 'application/x-www-form-urlencoded'],
    ['TEXT', 'hello ✓', 'text/plain; charset=utf-8'],
    ['XML', '<a/>', 'application/xml'],
  ])('sends a %s body', async (bodyType, body, type) => {
    const { url, heard } = await listener()
    await checkHttp({ url, method: 'POST', bodyType, body })
    expect(heard[0]).toMatchObject({ method: 'POST', body })
    expect(heard[0]!.headers).toMatchObject({
      'content-type': type,
      'content-length': String(Buffer.byteLength(body)),
    })
  })

  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'can ask with %s',
    async (method) => {
      const { url, heard } = await listener()
      expect(await checkHttp({ url, method })).toMatchObject({ verdict: 'UP' })
      expect(heard[0]!.method).toBe(method)
    },
  )

  it('sends headers, and lets them replace its own', async () => {
    const { url, heard } = await listener()
    const headers = [
      { name: 'X-Team', value: 'core' },
      { name: 'User-Agent', value: 'me' },
      { name: 'Host', value: 'shop.test' },
    ]
    await checkHttp({ url, headers, secretHeaders: 'X-Api-Key: abc:def\nX-Other:  2' })
    expect(heard[0]!.headers).toMatchObject({
      'x-team': 'core',
      'user-agent': 'me',
      host: 'shop.test',
      'x-api-key': 'abc:def',
      'x-other': '2',
    })
  })

  it('proves who it is by user and password, or by a token', async () => {
    const { url, heard } = await listener()
    await checkHttp({ url, authentication: 'BASIC', username: 'ann', password: 'pä:ss' })
    await checkHttp({ url, authentication: 'BEARER', bearerToken: 'tok.en' })
    expect(heard.map(({ headers }) => headers.authorization)).toEqual([
      `Basic ${Buffer.from('ann:pä:ss').toString('base64')}`,
      'Bearer tok.en',
    ])
  })

  it('opens a connection of its own for every check', async () => {
    const ports = new Set<number | undefined>()
    const port = await web((request, response) => {
      ports.add(request.socket.remotePort)
      response.end()
    })
    for (let i = 0; i < 3; i++) await checkHttp({ url: `http://127.0.0.1:${port}` })
    expect(ports.size).toBe(3)
  })

  it('judges the status and keeps the answer as evidence', async () => {
    const port = await web((_request, response) =>
      response
        .writeHead(503, { 'content-type': 'text/plain', 'set-cookie': 'session=secret' })
        .end('the card processor does not answer'),
    )
    const url = `http://127.0.0.1:${port}/pay`
    const outcome = await checkHttp({ url })
    expect(outcome).toMatchObject({
      verdict: 'DOWN',
      statusCode: 503,
      message: 'HTTP 503 Service Unavailable, expected 200-299',
      evidence: {
        remoteAddress: `127.0.0.1:${port}`,
        requestedUrl: url,
        statusLine: 'HTTP/1.1 503 Service Unavailable',
        body: 'the card processor does not answer',
        isBodyTruncated: false,
        redirects: [],
      },
    })
    expect(outcome.evidence!.headers).toContainEqual({ name: 'set-cookie', value: '(hidden)' })
    expect(await checkHttp({ url, expectedStatus: '200-299, 500..503' })).toMatchObject({
      verdict: 'UP',
    })
  })

  it('keeps the evidence of a good answer when asked to', async () => {
    const { url } = await listener()
    const outcome = await checkHttp({ url }, { keepsEvidence: true })
    expect(outcome.evidence?.body).toContain('"status":"ok"')
  })

  it('never shows a secret that the target echoes', async () => {
    const port = await web((request, response) =>
      response
        .writeHead(500, { 'x-echo': String(request.headers.authorization) })
        .end(JSON.stringify(request.headers)),
    )
    const ways = [
      { authentication: 'BEARER', bearerToken: 'canary-token-1' },
      ...['a', 'ab', 'abc'].map((username) => ({
        authentication: 'BASIC',
        username,
        password: 'canary-password',
      })),
    ]
    for (const way of ways) {
      const outcome = await checkHttp(
        { url: `http://127.0.0.1:${port}`, ...way, secretHeaders: 'X-Key: canary-header-2' },
        { conditions: ['header["x-echo"] == "nothing"'] },
      )
      expect(outcome.verdict).toBe('DOWN')
      const said = JSON.stringify(outcome)
      const base64 = said.match(/[A-Za-z0-9+/]{8,}=*/g) ?? []
      const decoded = base64.map((text) => Buffer.from(text, 'base64').toString('latin1'))
      expect(said + decoded.join()).not.toContain('canary')
      expect(outcome.evidence?.body).toContain('(hidden)')
    }
  })

  it('judges conditions line by line with what was found', async () => {
    const { url } = await listener()
    const outcome = await checkHttp(
      { url },
      {
        conditions: [
          'status in 200..299',
          '$.status == "ok"',
          'len($.items) > 5',
          'degraded: latency < 0ms',
          'header["content-type"] contains "json" && !has($.error)',
        ],
      },
    )
    expect(outcome.conditions.map(({ isPassed }) => isPassed)).toEqual([
      true,
      true,
      false,
      false,
      true,
    ])
    expect(outcome.conditions[2]!.actual).toBe('len($.items) = 2')
    expect(outcome).toMatchObject({
      verdict: 'DOWN',
      message: 'Condition failed: len($.items) > 5 (len($.items) = 2)',
    })
    expect(outcome.evidence!.conditions).toEqual(outcome.conditions)
  })

  it('is degraded when only a degrading condition fails', async () => {
    const { url } = await listener()
    const outcome = await checkHttp({ url }, { conditions: ['degraded: latency < 0ms'] })
    expect(outcome.verdict).toBe('DEGRADED')
  })
})

describe('the IP family of an http check', () => {
  it('is IPv4 first, then IPv6', async () => {
    const port = await web((_request, response) => response.end('six'), '::1')
    const outcome = await checkHttp({ url: `http://localhost:${port}` }, { keepsEvidence: true })
    expect(outcome).toMatchObject({ verdict: 'UP', evidence: { remoteAddress: `[::1]:${port}` } })
  })

  it('can be demanded', async () => {
    const port = await web((_request, response) => response.end('six'), '::1')
    const url = `http://localhost:${port}`
    expect(await checkHttp({ url, ipFamily: 'V6' })).toMatchObject({ verdict: 'UP' })
    expect(await checkHttp({ url, ipFamily: 'V4' })).toMatchObject({
      verdict: 'DOWN',
      message: `Connection refused by 127.0.0.1:${port}`,
    })
    expect(await checkHttp({ url: `http://[::1]:${port}/` })).toMatchObject({ verdict: 'UP' })
  })

  it('can be both: then both must answer', async () => {
    const port = await web((_request, response) => response.end(), '::1')
    expect(await checkHttp({ url: `http://localhost:${port}`, ipFamily: 'BOTH' })).toMatchObject({
      verdict: 'DOWN',
      message: `IPv4: Connection refused by 127.0.0.1:${port}`,
    })
    const both = await web((_request, response) => response.end(), '::')
    expect(await checkHttp({ url: `http://localhost:${both}`, ipFamily: 'BOTH' })).toMatchObject({
      verdict: 'UP',
    })
  })
})

describe('what an http check says of a dead target', () => {
  it('names who refused', async () => {
    const port = await deadPort()
    expect(await checkHttp({ url: `http://127.0.0.1:${port}` })).toMatchObject({
      verdict: 'DOWN',
      message: `Connection refused by 127.0.0.1:${port}`,
      statusCode: null,
      latencyUs: null,
    })
  })
})
