import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '../lib/clock.ts'

/** How long requests that are being answered may take to end when the server closes. */
const DRAIN_MS = 5_000

/**
 * A closing server answers what it has begun to answer, for a while; then it cuts. Connections that have asked
 * nothing yet are no reason to wait: browsers open some in advance, and node counts them as busy.
 */
export function drainOnClose(server: FastifyInstance, clock: Clock): void {
  const busy = new Set<Socket>()
  const silent = new Set<Socket>()
  let isClosing = false
  server.server.on('connection', (socket: Socket) => {
    if (isClosing) return socket.destroy()
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
  })
  const asks = (socket: Socket): void => {
    silent.delete(socket)
    if (busy.has(socket)) return
    busy.add(socket)
    socket.once('close', () => busy.delete(socket))
  }
  server.addHook('onRequest', async ({ raw: { socket } }) => asks(socket))
  server.server.prependListener('request', ({ socket }) => asks(socket))
  server.server.prependListener('upgrade', ({ socket }) => asks(socket))
  let cancel = (): void => undefined
  server.addHook('preClose', async () => {
    isClosing = true
    for (const socket of silent) socket.destroy()
    cancel = clock.after(DRAIN_MS, () => {
      for (const socket of busy) socket.destroy()
    })
  })
  server.addHook('onClose', async () => cancel())
}
