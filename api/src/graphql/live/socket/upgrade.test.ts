import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LiveClient } from '../../../../test/live-client.ts'
import { LiveServer } from '../../../../test/live-server.ts'

let server: LiveServer

beforeAll(async () => {
  server = await new LiveServer().start({ maxSockets: 3 })
})

afterAll(() => server.stop())

const outcome = async (options: { origin?: string; host?: string }): Promise<number | 'open'> => {
  const client = new LiveClient(server.port, options)
  const isOpen = (): boolean => client.socket.readyState === client.socket.OPEN
  await client.until(() => isOpen() || client.refused !== undefined, 'an answer')
  const answer = client.refused ?? 'open'
  client.close()
  await client.until(() => server.socket.size === 0, 'the socket is gone')
  return answer
}

describe('the Origin of an upgrade', () => {
  const port = (): number => server.port
  const accepted: [string, () => string | undefined][] = [
    ['absent, as programs leave it', () => undefined],
    ['of this very server', () => `http://127.0.0.1:${port()}`],
  ]
  const refused: [string, () => string][] = [
    ['null (a sandboxed frame, a file)', () => 'null'],
    ['empty', () => ''],
    ['another site', () => 'https://evil.example'],
    ['another port of this host', () => `http://127.0.0.1:${port() + 1}`],
    ['this host without a port', () => 'http://127.0.0.1'],
    ['another name of this host', () => `http://localhost:${port()}`],
    ['a name that begins like this host', () => `http://127.0.0.1:${port()}.evil.example`],
    ['this host as a user name', () => `http://127.0.0.1:${port()}@evil.example`],
    ['this host as a path', () => `http://evil.example/127.0.0.1:${port()}`],
    ['another scheme', () => `file://127.0.0.1:${port()}`],
    ['two origins', () => `http://127.0.0.1:${port()} http://evil.example`],
    ['this host with a trailing dot', () => `http://127.0.0.1.:${port()}`],
  ]

  it('is tried with 14 values', () => expect(accepted.length + refused.length).toBe(14))

  it.each(accepted)('may be %s', async (_what, origin) => {
    const value = origin()
    expect(await outcome(value === undefined ? {} : { origin: value })).toBe('open')
  })

  it.each(refused)('must not be %s', async (_what, origin) => {
    expect(await outcome({ origin: origin() })).toBe(403)
  })
})

describe('the Host of an upgrade', () => {
  it.each(['evil.example', 'localhost.evil.example:80', '127.0.0.1.nip.io', '10.0.0.1'])(
    'must not be %s',
    async (host) => expect(await outcome({ host })).toBe(403),
  )

  it('that is foreign does not become right by an Origin that agrees with it', async () => {
    const host = `evil.example:${server.port}`
    expect(await outcome({ host, origin: `http://${host}` })).toBe(403)
  })
})

it('an upgrade beyond the limit of sockets is refused for the moment', async () => {
  const clients = [1, 2, 3].map(() => new LiveClient(server.port))
  for (const client of clients) await client.open()
  const fourth = new LiveClient(server.port)
  await fourth.until(() => fourth.refused !== undefined, 'a refusal')
  expect(fourth.refused).toBe(503)
  for (const client of [...clients, fourth]) client.close()
})
