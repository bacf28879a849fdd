import { describe, expect, it } from 'vitest'
import { check, deadPort, tcp } from '../../../../test/checks/local-servers.ts'

const at = (port: number, more: Record<string, unknown> = {}) => ({
  host: '127.0.0.1',
  port,
  ...more,
})

describe('a tcp check', () => {
  it('is up when the port takes the connection', async () => {
    const port = await tcp((socket) => socket.resume())
    const outcome = await check('tcp', at(port), { conditions: ['connected', 'ip == "127.0.0.1"'] })
    expect(outcome).toMatchObject({
      verdict: 'UP',
      message: null,
      statusCode: null,
      evidence: null,
    })
    expect(outcome.timings).toMatchObject({ tls: null, download: null })
    expect(outcome.timings!.connect).toBeGreaterThan(0)
  })

  it('is down when the port refuses', async () => {
    const port = await deadPort()
    expect(await check('tcp', at(port))).toMatchObject({
      verdict: 'DOWN',
      message: `Connection refused by 127.0.0.1:${port}`,
    })
  })

  it('sends a text with its escapes and waits for the expected one', async () => {
    const heard: string[] = []
    const port = await tcp((socket) =>
      socket.on('data', (data: Buffer) => {
        heard.push(data.toString())
        socket.write('+PO')
        setImmediate(() => socket.write('NG\r\n'))
      }),
    )
    const settings = at(port, { send: 'PING\\r\\n\\\\', expect: '+PONG' })
    expect(
      await check('tcp', settings, { conditions: ['response contains "PONG"'] }),
    ).toMatchObject({ verdict: 'UP' })
    expect(heard).toEqual(['PING\r\n\\'])
  })

  it('is up once the text is sent when none is expected', async () => {
    const port = await tcp((socket) => socket.resume())
    expect(await check('tcp', at(port, { send: 'hello' }))).toMatchObject({ verdict: 'UP' })
  })

  it('is down when the connection ends without the expected text, and keeps what was said', async () => {
    const port = await tcp((socket) => socket.end('-ERR nobody home\r\n'))
    expect(await check('tcp', at(port, { expect: '+OK' }))).toMatchObject({
      verdict: 'DOWN',
      message: `127.0.0.1:${port} closed the connection and said "-ERR nobody home", expected "+OK"`,
      evidence: { remoteAddress: `127.0.0.1:${port}`, body: '-ERR nobody home\r\n' },
    })
  })

  it('is down at the deadline when the expected text does not come', async () => {
    const port = await tcp((socket) => socket.write('hello'))
    expect(await check('tcp', at(port, { expect: '+OK' }), { timeoutMs: 100 })).toMatchObject({
      verdict: 'DOWN',
      message: `127.0.0.1:${port} did not answer "+OK" within 0.1 s`,
    })
  })

  it('is not talked to death', async () => {
    const port = await tcp((socket) => {
      const pour = (): void => {
        while (!socket.destroyed && socket.write('x'.repeat(65_536)));
        if (!socket.destroyed) socket.once('drain', pour)
      }
      pour()
    })
    expect(await check('tcp', at(port, { expect: '+OK' }))).toMatchObject({
      verdict: 'DOWN',
      message: `127.0.0.1:${port} sent 1 MiB without "+OK"`,
    })
  })

  it.each([
    ['[::1]', 'AUTO'],
    ['::1', 'V6'],
    ['localhost', 'V6'],
  ])('reaches %s over IPv6', async (host, ipFamily) => {
    const port = await tcp((socket) => socket.resume(), '::1')
    expect(await check('tcp', { host, port, ipFamily })).toMatchObject({ verdict: 'UP' })
  })

  it.each(['169.254.169.254', '0xa9fea9fe', '::ffff:169.254.169.254', '0.0.0.0'])(
    'never reaches %s',
    async (host) => {
      expect(await check('tcp', { host, port: 80 })).toMatchObject({
        verdict: 'DOWN',
        message: expect.stringContaining('may not be checked'),
      })
    },
  )
})
