import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '../lib/clock.ts'

/** How long requests that are being answered may take to end when the server closes. */
const DRAIN_MS = 5_000

/** A closing server answers what it has begun to answer, for a while; then it cuts. */
export function drainOnClose(server: FastifyInstance, clock: Clock): void {
  const sockets = new Set<Socket>()
  server.addHook('onRequest', async ({ raw: { socket } }) => {
    if (sockets.has(socket)) return
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  let cancel = (): void => undefined
  server.addHook('preClose', async () => {
    cancel = clock.after(DRAIN_MS, () => {
      for (const socket of sockets) socket.destroy()
    })
  })
  server.addHook('onClose', async () => cancel())
}
