import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkHttp, deadPort, web } from '../../../../test/checks/local-servers.ts'

interface TokenServer {
  url: string
  requests: { authorization: string | undefined; body: string }[]
}

async function tokenServer(
  answer: (count: number) => { status?: number; body: string },
): Promise<TokenServer> {
  const requests: TokenServer['requests'] = []
  const port = await web((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      requests.push({ authorization: request.headers.authorization, body })
      const { status = 200, body: text } = answer(requests.length)
      response.writeHead(status, { 'content-type': 'application/json' }).end(text)
    })
  })
  return { url: `http://127.0.0.1:${port}/token`, requests }
}

async function api(
  accepts: (token: string) => boolean,
): Promise<{ url: string; tokens: string[] }> {
  const tokens: string[] = []
  const port = await web((request, response) => {
    const token = request.headers.authorization ?? ''
    tokens.push(token)
    response.writeHead(accepts(token) ? 200 : 401).end()
  })
  return { url: `http://127.0.0.1:${port}/`, tokens }
}

const credentials = (oauthTokenUrl: string) => ({
  authentication: 'OAUTH2',
  oauthTokenUrl,
  oauthClientId: `client ${randomUUID()}`,
  oauthClientSecret: 'canary:secret',
  oauthScope: 'read status',
})

describe('OAuth 2 client credentials', () => {
  it('are exchanged for a token, which is kept while it lives', async () => {
    const server = await tokenServer((n) => ({ body: `{"access_token":"t${n}","expires_in":90}` }))
    const target = await api((token) => token === 'Bearer t1' || token === 'Bearer t2')
    const settings = { url: target.url, ...credentials(server.url) }
    let now = 1_000_000
    const options = { now: () => now }
    expect(await checkHttp(settings, options)).toMatchObject({ verdict: 'UP' })
    now += 59_000
    await checkHttp(settings, options)
    now += 2_000
    await checkHttp(settings, options)
    expect(target.tokens).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t2'])
    const [first] = server.requests
    expect(first!.body).toBe('grant_type=client_credentials&scope=read+status')
    const login = Buffer.from(first!.authorization!.slice(6), 'base64').toString()
    expect(login).toBe(`${encodeURIComponent(settings.oauthClientId)}:canary%3Asecret`)
  })

  it('are exchanged anew after the target did not take the token', async () => {
    const server = await tokenServer((n) => ({ body: `{"access_token":"t${n}","expires_in":900}` }))
    const target = await api((token) => token === 'Bearer t2')
    const settings = { url: target.url, ...credentials(server.url) }
    expect(await checkHttp(settings)).toMatchObject({ verdict: 'DOWN', statusCode: 401 })
    expect(await checkHttp(settings)).toMatchObject({ verdict: 'UP' })
  })

  it.each([
    [{ status: 401, body: '{"error":"invalid_client"}' }, /gives none \(HTTP 401 invalid_client\)/],
    [{ body: 'not json' }, /gives none \(HTTP 200\)/],
    [{ body: '{"access_token":"with space\\r\\nx: y"}' }, /gives none \(HTTP 200\)/],
    [{ body: '{"access_token":42}' }, /gives none \(HTTP 200\)/],
  ])('that are answered with %j are down with a reason', async (answer, message) => {
    const server = await tokenServer(() => answer)
    const target = await api(() => true)
    const outcome = await checkHttp({ url: target.url, ...credentials(server.url) })
    expect(outcome).toMatchObject({ verdict: 'DOWN', message: expect.stringMatching(message) })
    expect(outcome.message).toContain('OAuth 2 token:')
    expect(JSON.stringify(outcome)).not.toContain('canary')
    expect(target.tokens).toEqual([])
  })

  it('pass the guard as well', async () => {
    const target = await api(() => true)
    const settings = { url: target.url, ...credentials('http://169.254.169.254/token') }
    expect(await checkHttp(settings)).toMatchObject({
      verdict: 'DOWN',
      message: expect.stringMatching(/OAuth 2 token: .*may not be checked/),
    })
  })

  it('of a dead token server name it', async () => {
    const port = await deadPort()
    const target = await api(() => true)
    const settings = { url: target.url, ...credentials(`http://127.0.0.1:${port}/`) }
    expect(await checkHttp(settings)).toMatchObject({
      verdict: 'DOWN',
      message: `OAuth 2 token: Connection refused by 127.0.0.1:${port}`,
    })
  })
})
