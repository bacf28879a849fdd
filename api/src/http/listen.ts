import { lookup } from 'node:dns/promises'
import { createServer } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { AppError } from '../lib/app-error.ts'

/**
 * Listens; answers the port. `localhost` stands for all its addresses: on each of them the port must be free, or
 * browsers would meet now us and now somebody else. Throws UNAVAILABLE with what to do.
 */
export async function listen(server: FastifyInstance, host: string, port: number): Promise<number> {
  try {
    if (port !== 0) await findFree(host, port)
    await server.listen({ host, port, listenTextResolver: () => '' })
  } catch (error) {
    throw explained(error, port)
  }
  const address = server.server.address()
  return typeof address === 'object' && address ? address.port : port
}

async function findFree(host: string, port: number): Promise<void> {
  const addresses = await lookup(host, { all: true }).catch(() => [])
  for (const { address } of addresses) await tryPort(address, port)
}

/** Throws when the port is taken. An address that this machine does not have is no obstacle. */
function tryPort(host: string, port: number): Promise<void> {
  return new Promise((free, taken) => {
    const trial = createServer()
    trial.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? taken(error) : free(),
    )
    trial.listen({ host, port, exclusive: true }, () => trial.close(() => free()))
  })
}

function explained(error: unknown, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return new AppError(
      'UNAVAILABLE',
      `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port < 65_535 ? port + 1 : 3000} npm start`,
    )
  if (code === 'EACCES')
    return new AppError(
      'UNAVAILABLE',
      `This account may not listen on port ${port}. Choose one above 1023: PORT=3000 npm start`,
    )
  return error
}
