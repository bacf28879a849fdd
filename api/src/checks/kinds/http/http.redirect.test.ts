import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { CertificateAuthority } from '../../../../test/checks/certificate-authority.ts'
import { checkHttp, secureWeb, web } from '../../../../test/checks/local-servers.ts'

interface Heard {
  method: string | undefined
  url: string | undefined
  headers: IncomingMessage['headers']
  body: string
}

/** Answers 200 and remembers what it was asked. */
async function destination(): Promise<{ port: number; heard: Heard[] }> {
  const heard: Heard[] = []
  const port = await web((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      heard.push({ method: request.method, url: request.url, headers: request.headers, body })
      response.end('there')
    })
  })
  return { port, heard }
}

const leadingTo = (location: string, status = 302): Promise<number> =>
  web((_request, response) => response.writeHead(status, { location }).end())
const at = (port: number, path = '/'): string => `http://127.0.0.1:${port}${path}`

const everything = {
  method: 'POST',
  bodyType: 'TEXT',
  body: 'payload',
  authentication: 'BASIC',
  username: 'ann',
  password: 'canary-pass',
  headers: [
    { name: 'X-Api-Key', value: 'canary-key' },
    { name: 'Cookie', value: 'canary=1' },
    { name: 'Host', value: 'canary.test' },
  ],
  secretHeaders: 'X-Token: canary-secret',
}

describe('a redirect', () => {
  it('is followed, and all of the way is kept', async () => {
    const { port } = await destination()
    const first = await leadingTo(at(port, '/end'))
    const outcome = await checkHttp(
      { url: at(first) },
      { keepsEvidence: true, conditions: ['redirects == 1'] },
    )
    expect(outcome).toMatchObject({
      verdict: 'UP',
      evidence: { requestedUrl: at(port, '/end'), redirects: [at(first)] },
    })
  })

  it('may be relative', async () => {
    const port = await web((request, response) =>
      request.url === '/a/b?c'
        ? response.writeHead(301, { location: '../d#part' }).end()
        : response.end(request.url),
    )
    expect(
      await checkHttp({ url: at(port, '/a/b?c') }, { conditions: ['body == "/d"'] }),
    ).toMatchObject({ verdict: 'UP' })
  })

  it('is judged like any answer when it is not to be followed', async () => {
    const first = await leadingTo('http://never.invalid/')
    const url = at(first)
    expect(await checkHttp({ url, followRedirects: false })).toMatchObject({
      verdict: 'DOWN',
      message: 'HTTP 302 Found, expected 200-299',
    })
    expect(await checkHttp({ url, followRedirects: false, expectedStatus: '302' })).toMatchObject({
      verdict: 'UP',
    })
  })

  it('in a circle ends with a reason', async () => {
    const port = await web((request, response) =>
      response.writeHead(302, { location: request.url === '/a' ? '/b' : '/a' }).end(),
    )
    expect(await checkHttp({ url: at(port, '/a') })).toMatchObject({
      verdict: 'DOWN',
      message: `Redirects in a circle, back to ${at(port, '/a')}`,
      statusCode: 302,
    })
  })

  it('without end stops at the most that is allowed', async () => {
    let count = 0
    const port = await web((_request, response) =>
      response.writeHead(302, { location: `/${++count}` }).end(),
    )
    const outcome = await checkHttp({ url: at(port), maxRedirects: 3 })
    expect(outcome).toMatchObject({
      verdict: 'DOWN',
      message: expect.stringMatching(/^Redirected more than 3 times/),
    })
    expect(count).toBe(4)
    expect(outcome.evidence!.redirects).toHaveLength(3)
  })

  it.each([
    ['file:///etc/passwd', 'Redirected to file:, which can’t be checked'],
    ['javascript:alert(1)', 'Redirected to javascript:, which can’t be checked'],
    ['http://', 'Redirected to http://, which is no address'],
  ])('to %s leads nowhere', async (location, message) => {
    expect(await checkHttp({ url: at(await leadingTo(location)) })).toMatchObject({
      verdict: 'DOWN',
      message,
    })
  })

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:169.254.169.254]/',
    'http://0xa9fea9fe/',
    'http://[fe80::1]/',
  ])('to %s is refused by the guard', async (location) => {
    const outcome = await checkHttp({ url: at(await leadingTo(location)) })
    expect(outcome).toMatchObject({
      verdict: 'DOWN',
      message: expect.stringMatching(/may not be checked/),
    })
  })

  it('to a port of our own is refused by the guard', async () => {
    const { port, heard } = await destination()
    const first = await leadingTo(`http://localhost:${port}/`)
    const outcome = await checkHttp({ url: at(first) }, { rules: { ownPorts: () => [port] } })
    expect(outcome).toMatchObject({
      verdict: 'DOWN',
      message: expect.stringMatching(/is Allswell itself/),
    })
    expect(heard).toEqual([])
  })

  it('out of an allowed network is refused where only public addresses may be checked', async () => {
    const { port, heard } = await destination()
    const first = await leadingTo(`http://[::1]:${port}/`)
    const outcome = await checkHttp(
      { url: at(first) },
      { rules: { targets: 'public', allow: ['127.0.0.0/8'] } },
    )
    expect(outcome).toMatchObject({
      verdict: 'DOWN',
      message: expect.stringMatching(/only public/),
    })
    expect(heard).toEqual([])
  })

  it.each([301, 302, 303, 307, 308])(
    'with %i to another origin takes no credential along',
    async (status) => {
      const { port, heard } = await destination()
      const first = await leadingTo(at(port), status)
      expect(await checkHttp({ url: at(first), ...everything })).toMatchObject({ verdict: 'UP' })
      expect(JSON.stringify(heard[0])).not.toContain('canary')
      expect(heard[0]!.headers.authorization).toBeUndefined()
    },
  )

  it('to another scheme of the same host is another origin', async () => {
    const authority = new CertificateAuthority()
    const { port, heard } = await destination()
    const first = await secureWeb(authority.issue({ names: ['127.0.0.1'] }), (_request, response) =>
      response.writeHead(307, { location: at(port) }).end(),
    )
    const url = `https://127.0.0.1:${first}/`
    const outcome = await checkHttp({ url, ...everything, caCertificate: authority.cert })
    expect(outcome).toMatchObject({ verdict: 'UP', certificate: { subject: '127.0.0.1' } })
    expect(JSON.stringify(heard[0]!.headers)).not.toContain('canary')
  })

  it('within an origin keeps them', async () => {
    const heard: IncomingMessage['headers'][] = []
    const port = await web((request, response) => {
      heard.push(request.headers)
      if (request.url === '/') response.writeHead(307, { location: '/next' })
      response.end()
    })
    await checkHttp({ url: at(port), ...everything })
    expect(heard[1]).toEqual(heard[0])
    expect(heard[1]!.authorization).toBeDefined()
  })

  it.each([
    ['POST', 301, 'GET', ''],
    ['POST', 302, 'GET', ''],
    ['POST', 303, 'GET', ''],
    ['PUT', 303, 'GET', ''],
    ['POST', 307, 'POST', 'payload'],
    ['POST', 308, 'POST', 'payload'],
    ['PUT', 301, 'PUT', 'payload'],
    ['HEAD', 302, 'HEAD', ''],
  ])('of %s with %i asks with %s', async (method, status, expected, body) => {
    const { port, heard } = await destination()
    const first = await leadingTo(at(port), status)
    const content = method === 'HEAD' ? {} : { bodyType: 'TEXT', body: 'payload' }
    await checkHttp({ url: at(first), method, ...content })
    expect(heard[0]).toMatchObject({ method: expected, body })
  })

  it('back to the same address after a POST is no circle', async () => {
    const port = await web((request, response) =>
      request.method === 'POST'
        ? response.writeHead(303, { location: '/' }).end()
        : response.end('done'),
    )
    expect(await checkHttp({ url: at(port), method: 'POST' })).toMatchObject({ verdict: 'UP' })
  })
})
