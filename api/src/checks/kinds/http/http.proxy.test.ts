import { createServer, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { createServer as createSecureServer } from 'node:https'
import { afterAll, describe, expect, it } from 'vitest'
import { CertificateAuthority } from '../../../../test/checks/certificate-authority.ts'
import {
  checkHttp,
  deadPort,
  saying,
  secureWeb,
  web,
} from '../../../../test/checks/local-servers.ts'

const authority = new CertificateAuthority()
const identity = authority.issue({ names: ['localhost', '127.0.0.1'] })
const stops: (() => void)[] = []
afterAll(() => stops.forEach((stop) => stop()))

interface Proxied {
  line: string
  authorization: string | undefined
}

/** A forward proxy that knows nothing but loopback. */
async function startProxy(isSecure = false): Promise<{ port: number; asked: Proxied[] }> {
  const asked: Proxied[] = []
  const note = (request: IncomingMessage): void =>
    void asked.push({
      line: `${request.method} ${request.url}`,
      authorization: request.headers['proxy-authorization'],
    })
  const server = isSecure ? createSecureServer(identity) : createServer()
  server.on('request', (request: IncomingMessage, response) => {
    note(request)
    response.end(`by proxy: ${request.url}`)
  })
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    note(request)
    const target = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1')
    target.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'))
    socket.on('error', () => target.destroy())
    target.on('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(target).pipe(socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => (server.closeAllConnections(), server.close()))
  const address = server.address()
  return { port: typeof address === 'object' ? (address?.port ?? 0) : 0, asked }
}

describe('a proxy', () => {
  it('is told the whole address of an http target', async () => {
    const { port, asked } = await startProxy()
    const outcome = await checkHttp(
      { url: 'http://shop.invalid/a?b=1', proxyUrl: `http://127.0.0.1:${port}` },
      { conditions: ['body == "by proxy: http://shop.invalid/a?b=1"'] },
    )
    expect(outcome).toMatchObject({ verdict: 'UP' })
    expect(asked[0]).toEqual({ line: 'GET http://shop.invalid/a?b=1', authorization: undefined })
  })

  it.each([false, true])('connects to an https target (TLS to the proxy: %s)', async (isSecure) => {
    const { port, asked } = await startProxy(isSecure)
    const target = await secureWeb(identity, (_request, response) => response.end('inside'))
    const outcome = await checkHttp(
      {
        url: `https://localhost:${target}/`,
        caCertificate: authority.cert,
        proxyUrl: `${isSecure ? 'https' : 'http'}://127.0.0.1:${port}`,
        proxyUsername: 'ann',
        proxyPassword: 'secret',
      },
      { conditions: ['body == "inside"'] },
    )
    expect(outcome).toMatchObject({ verdict: 'UP', certificate: { subject: 'localhost' } })
    expect(asked[0]).toEqual({
      line: `CONNECT localhost:${target}`,
      authorization: `Basic ${Buffer.from('ann:secret').toString('base64')}`,
    })
  })

  it('does not hide a bad certificate of the target', async () => {
    const { port } = await startProxy()
    const target = await secureWeb(authority.issue({ names: ['shop.test'] }))
    const outcome = await checkHttp({
      url: `https://localhost:${target}/`,
      caCertificate: authority.cert,
      proxyUrl: `http://127.0.0.1:${port}`,
    })
    expect(outcome).toMatchObject({
      verdict: 'DOWN',
      message: expect.stringMatching(/is for shop.test/),
    })
  })

  it.each<[string, string, RegExp]>([
    ['refuses', 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n', /proxy refuses: 407 Proxy/],
    ['speaks no HTTP', 'hello\r\n\r\n', /proxy does not speak HTTP/],
    ['talks without end', 'x'.repeat(20_000), /proxy answers without end/],
  ])('that %s is explained', async (_what, text, message) => {
    const port = await saying(text)
    const outcome = await checkHttp({
      url: 'https://shop.invalid/',
      proxyUrl: `http://127.0.0.1:${port}`,
    })
    expect(outcome).toMatchObject({ verdict: 'DOWN', message: expect.stringMatching(message) })
  })

  it('that is dead is named', async () => {
    const port = await deadPort()
    expect(
      await checkHttp({ url: 'https://shop.invalid/', proxyUrl: `http://127.0.0.1:${port}` }),
    ).toMatchObject({ verdict: 'DOWN', message: `Connection refused by 127.0.0.1:${port}` })
  })

  it.each(['http://169.254.169.254/', 'https://[::ffff:a9fe:a9fe]/', 'http://localhost:9999/'])(
    'is no way around the guard to %s',
    async (url) => {
      const { port, asked } = await startProxy()
      const outcome = await checkHttp(
        { url, proxyUrl: `http://127.0.0.1:${port}` },
        { rules: { ownPorts: () => [9999] } },
      )
      expect(outcome).toMatchObject({
        verdict: 'DOWN',
        message: expect.stringMatching(/may not be checked|Allswell itself/),
      })
      expect(asked).toEqual([])
    },
  )

  it('must itself pass the guard', async () => {
    const { port, asked } = await startProxy()
    const outcome = await checkHttp(
      { url: 'http://8.8.8.8/', proxyUrl: `http://127.0.0.1:${port}` },
      { rules: { targets: 'public' } },
    )
    expect(outcome).toMatchObject({
      verdict: 'DOWN',
      message: expect.stringMatching(/only public/),
    })
    expect(asked).toEqual([])
  })

  it('does not get the credentials that are for the target, nor the target those for the proxy', async () => {
    const { port } = await startProxy()
    const headers: IncomingMessage['headers'][] = []
    const target = await web((request, response) => {
      headers.push(request.headers)
      response.end()
    })
    await checkHttp({ url: `http://127.0.0.1:${target}/`, proxyUsername: 'ann' })
    expect(headers[0]!['proxy-authorization']).toBeUndefined()
    expect(port).toBeGreaterThan(0)
  })
})
