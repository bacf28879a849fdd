import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { checkHttp, saying, tcp, web } from '../../../../test/checks/local-servers.ts'

const at = (port: number): string => `http://127.0.0.1:${port}/`
const MIB = 1024 * 1024
const HARD = 200

describe('the deadline of an http check', () => {
  const within = { timeoutMs: HARD }

  it.each<[string, () => Promise<number>, (port: number) => string]>([
    [
      'a server that never answers',
      () => tcp(() => undefined),
      (port) => `No answer within 0.2 s from 127.0.0.1:${port}`,
    ],
    [
      'headers that trickle',
      () =>
        tcp((socket) => {
          socket.write('HTTP/1.1 200 OK\r\n')
          const timer = setInterval(() => socket.write('x-a: b\r\n'), 10)
          socket.on('close', () => clearInterval(timer))
        }),
      (port) => `No answer within 0.2 s from 127.0.0.1:${port}`,
    ],
    [
      'a body that trickles',
      () =>
        web((_request, response) => {
          response.write('begin')
          const timer = setInterval(() => response.write('.'), 10)
          response.on('close', () => clearInterval(timer))
        }),
      (port) => `127.0.0.1:${port} began to answer, but did not end within 0.2 s`,
    ],
  ])('holds against %s', async (_what, start, message) => {
    const port = await start()
    const began = performance.now()
    const outcome = await checkHttp({ url: at(port) }, within)
    expect(performance.now() - began).toBeLessThan(HARD + 1_000)
    expect(outcome).toMatchObject({ verdict: 'DOWN', message: message(port), latencyUs: null })
  })

  it('closes the connection', async () => {
    let closed: Promise<void> | undefined
    const port = await tcp((socket) => {
      closed = new Promise((resolve) => socket.resume().on('close', () => resolve()))
    })
    await checkHttp({ url: at(port) }, within)
    await expect(closed).resolves.toBeUndefined()
  })

  it('is our fault when the process stood still', async () => {
    const port = await tcp(() => undefined)
    const running = checkHttp({ url: at(port) }, within)
    const until = performance.now() + HARD + 1_200
    while (performance.now() < until);
    expect(await running).toMatchObject({
      verdict: 'UNKNOWN',
      message: expect.stringMatching(/stood still/),
    })
  })

  it('falls at once when the check is called off, which says nothing of the target', async () => {
    const abort = new AbortController()
    const port = await tcp(() => abort.abort())
    const outcome = await checkHttp({ url: at(port) }, { signal: abort.signal })
    expect(outcome).toMatchObject({ verdict: 'UNKNOWN', message: 'The check was called off' })
    expect(await checkHttp({ url: at(port) }, { signal: abort.signal })).toMatchObject({
      verdict: 'UNKNOWN',
    })
  })
})

describe('a body', () => {
  it('without end is cut at 1 MiB and judged by its status', async () => {
    const port = await web((_request, response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', pour)
      }
      response.setHeader('content-type', 'text/plain')
      pour()
    })
    const outcome = await checkHttp({ url: at(port) }, { conditions: ['size == 1048576'] })
    expect(outcome).toMatchObject({ verdict: 'UP', conditions: [{ actual: 'size = 1048576' }] })
  })

  it('that is a gzip bomb is cut at 1 MiB', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * MIB))
    expect(bomb.length).toBeLessThan(MIB)
    const port = await web((_request, response) =>
      response.writeHead(500, { 'content-encoding': 'gzip' }).end(bomb),
    )
    const before = process.memoryUsage().rss
    const outcome = await checkHttp({ url: at(port) })
    expect(outcome).toMatchObject({ verdict: 'DOWN', evidence: { isBodyTruncated: true } })
    expect(process.memoryUsage().rss - before).toBeLessThan(60 * MIB)
  })

  it('of compressed nothings without end is cut too', async () => {
    const nothing = gzipSync('')
    const port = await web((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      const pour = (): void => {
        while (!response.destroyed && response.write(Buffer.concat(Array(500).fill(nothing))));
        if (!response.destroyed) response.once('drain', pour)
      }
      pour()
    })
    expect(await checkHttp({ url: at(port) })).toMatchObject({ verdict: 'UP' })
  })

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
  ])('in %s is decoded', async (encoding, compress) => {
    const port = await web((_request, response) =>
      response
        .writeHead(200, { 'content-encoding': encoding, 'content-type': 'application/json' })
        .end(compress(Buffer.from('{"state":"fine"}'))),
    )
    const conditions = ['$.state == "fine"']
    expect(await checkHttp({ url: at(port) }, { conditions })).toMatchObject({ verdict: 'UP' })
  })

  it('that is not what its encoding says is down', async () => {
    const port = await web((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain'),
    )
    expect(await checkHttp({ url: at(port) })).toMatchObject({
      verdict: 'DOWN',
      message: `127.0.0.1:${port} sent a body that can’t be decoded`,
    })
  })

  it('in another character set is read in it', async () => {
    const port = await web((_request, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html; charset="ISO-8859-1"' })
        .end(Buffer.from([0xe4, 0xf6])),
    )
    const conditions = ['body == "äö"']
    expect(await checkHttp({ url: at(port) }, { conditions })).toMatchObject({ verdict: 'UP' })
  })

  it('that is no text is not kept', async () => {
    const port = await web((_request, response) =>
      response.writeHead(500, { 'content-type': 'image/png' }).end(Buffer.from([1, 0, 255])),
    )
    expect((await checkHttp({ url: at(port) })).evidence?.body).toBeNull()
  })

  it('that ends before its promised length is down', async () => {
    const port = await tcp((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort')),
    )
    expect(await checkHttp({ url: at(port) })).toMatchObject({
      verdict: 'DOWN',
      message: `127.0.0.1:${port} broke the connection off`,
      statusCode: 200,
    })
  })
})

describe('a server that does not speak HTTP', () => {
  it.each<[string, string | Buffer, RegExp]>([
    ['hangs up without a word', '', /broke the connection off/],
    ['greets like SSH', 'SSH-2.0-OpenSSH_9.9\r\n', /does not speak HTTP|broken HTTP/],
    ['says no status', 'HTTP/1.1 hello\r\n\r\n', /broken HTTP|does not speak HTTP/],
    ['sends noise', Buffer.from([0, 1, 2, 255, 254, 10, 13]), /broken HTTP|does not speak HTTP/],
    [
      'lies about its length twice',
      'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx',
      /broken HTTP/,
    ],
    [
      'has a broken chunk',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
      /broken HTTP|broke the connection off/,
    ],
    [
      'has huge headers',
      `HTTP/1.1 200 OK\r\n${'x-filler: 0123456789012345678901234567890123456789\r\n'.repeat(3000)}\r\n`,
      /more than 64 KiB of headers/,
    ],
  ])('that %s is down, with a reason', async (_what, text, message) => {
    const port = text
      ? await saying(text)
      : await tcp((socket) => socket.once('data', () => socket.end()))
    const outcome = await checkHttp({ url: at(port) })
    expect(outcome.verdict).toBe('DOWN')
    expect(outcome.message).toMatch(message)
  })

  it('that resets the connection is down', async () => {
    const port = await tcp((socket) => socket.once('data', () => socket.resetAndDestroy()))
    expect(await checkHttp({ url: at(port) })).toMatchObject({
      verdict: 'DOWN',
      message: `127.0.0.1:${port} broke the connection off`,
    })
  })

  it('that switches protocols is judged by its status', async () => {
    const port = await saying(
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
    )
    expect(await checkHttp({ url: at(port), expectedStatus: '101' })).toMatchObject({
      verdict: 'UP',
    })
  })

  it('that continues first and answers then is up', async () => {
    const port = await saying(
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: <a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n',
    )
    expect(await checkHttp({ url: at(port) })).toMatchObject({ verdict: 'UP', statusCode: 200 })
  })
})
