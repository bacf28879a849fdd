import { once } from 'node:events'
import { connect, type AddressInfo, type Socket } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../lib/manual-clock.ts'
import { drainOnClose } from './open-connections.ts'

let server: FastifyInstance
let clock: ManualClock
let asked: Promise<void>
let answer: () => void
const sockets: Socket[] = []

async function open(text = ''): Promise<Socket> {
  const { port } = server.server.address() as AddressInfo
  const accepted = once(server.server, 'connection')
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  sockets.push(socket)
  // A cut is what some of these wait for.
  socket.on('error', () => undefined)
  await accepted
  socket.write(text)
  return socket
}

beforeEach(async () => {
  clock = new ManualClock()
  server = Fastify({ forceCloseConnections: 'idle' })
  drainOnClose(server, clock)
  asked = new Promise((isAsked) => {
    server.get('/slow', async () => {
      isAsked()
      await new Promise<void>((resolve) => (answer = resolve))
      return 'done'
    })
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
})

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await server.close()
})

describe('a server that closes', () => {
  it('does not wait for a connection that a browser opened in advance', async () => {
    const early = await open()
    await server.close()
    if (!early.destroyed) await once(early, 'close')
  })

  it('does not wait for a request that never arrived whole', async () => {
    await open('GET /slow HTTP/1.1\r\nHost: ')
    await server.close()
  })

  it('answers what it has begun to answer', async () => {
    const socket = await open('GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await asked
    const closed = server.close()
    answer()
    const [text] = (await once(socket, 'data')) as [string]
    expect(text).toContain('done')
    await closed
  })

  it('cuts what takes too long', async () => {
    const socket = await open('GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await asked
    const closed = server.close()
    await expect.poll(() => server.server.listening).toBe(false)
    clock.advance(5_000)
    await once(socket, 'close')
    await closed
  })
})
