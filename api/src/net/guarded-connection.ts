import { connect as connectTcp, type Socket } from 'node:net'
import type { AddressGuard } from './address-guard.ts'
import type { Deadline } from './deadline.ts'
import { type IpFamily, type ResolvedAddress, resolveHost } from './resolver.ts'

export interface GuardedConnection {
  socket: Socket
  /** The pinned address with its port, as a person writes it. */
  remote: string
  dnsUs: number
  connectUs: number
}

/** A connection that failed at this address. */
export class ConnectFailure extends Error {
  override readonly name = 'ConnectFailure'

  constructor(
    readonly remote: string,
    readonly reason: unknown,
  ) {
    super('The connection failed')
  }
}

export function addressText({ address, family }: ResolvedAddress, port: number): string {
  return family === 6 ? `[${address}]:${port}` : `${address}:${port}`
}

/**
 * Resolves, judges every address, connects to the first that answers, pinned to it. Throws ResolveFailure,
 * AddressRefused, ConnectFailure or DeadlineExceeded.
 */
export async function connectGuarded(
  target: { host: string; port: number; family: IpFamily },
  guard: AddressGuard,
  deadline: Deadline,
): Promise<GuardedConnection> {
  const began = performance.now()
  const addresses = await deadline.race(resolveHost(target.host, target.family, deadline.signal))
  for (const { address } of addresses) guard.check(address, target.port)
  const resolved = performance.now()
  let failure: unknown
  for (const address of addresses) {
    try {
      const socket = await deadline.race(open(address, target.port, deadline))
      const now = performance.now()
      return {
        socket,
        remote: addressText(address, target.port),
        dnsUs: Math.round((resolved - began) * 1000),
        connectUs: Math.round((now - resolved) * 1000),
      }
    } catch (error) {
      if (deadline.hasFallen) throw error
      failure ??= new ConnectFailure(addressText(address, target.port), error)
    }
  }
  throw failure
}

function open(address: ResolvedAddress, port: number, deadline: Deadline): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = deadline.hold(
      connectTcp({ host: address.address, port, family: address.family, noDelay: true }),
    )
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('closed')))
    socket.once('connect', () => {
      socket.removeAllListeners('close')
      socket.removeAllListeners('error')
      // Whoever takes it over listens too; without a listener an error would end the process.
      socket.on('error', () => undefined)
      resolve(socket)
    })
  })
}
