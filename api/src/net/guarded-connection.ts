import { connect as connectTcp, type Socket } from 'node:net'
import type { AddressGuard } from './address-guard.ts'
import type { Deadline } from './deadline.ts'
import { hostPort } from './host-name.ts'
import type { IpFamily, ResolvedAddress } from './resolver.ts'
import { isFaultOfOurs } from './connection-problem.ts'

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

/** RFC 8305: when an address does not answer in this time, the next one is tried beside it. */
const STAGGER_MS = 250
const MOST_ADDRESSES = 8

/**
 * Resolves, judges every address, connects to the first that answers, pinned to it. Throws ResolveFailure,
 * AddressRefused, ConnectFailure or DeadlineExceeded.
 */
export async function connectGuarded(
  target: { host: string; port: number; family: IpFamily },
  guard: AddressGuard,
  deadline: Deadline,
): Promise<GuardedConnection> {
  const { host, port, family } = target
  const began = performance.now()
  const addresses = await guard.resolve(host, { port, family, deadline })
  const resolved = performance.now()
  const attempts = new Attempts(addresses.slice(0, MOST_ADDRESSES), port, deadline)
  const { socket, address } = await deadline.race(attempts.first())
  return {
    socket,
    remote: hostPort(address, port),
    dnsUs: Math.round((resolved - began) * 1000),
    connectUs: Math.round((performance.now() - resolved) * 1000),
  }
}

/** Connections to the addresses of one host, begun one after the other; the first that stands wins. */
class Attempts {
  private readonly waiting: ResolvedAddress[]
  private readonly open = new Set<Socket>()
  private readonly failures: ConnectFailure[] = []
  private stagger: NodeJS.Timeout | undefined
  private win!: (winner: { socket: Socket; address: string }) => void
  private lose!: (failure: unknown) => void

  constructor(
    addresses: readonly ResolvedAddress[],
    private readonly port: number,
    private readonly deadline: Deadline,
  ) {
    this.waiting = [...addresses]
    deadline.hold({ destroy: () => clearTimeout(this.stagger) })
  }

  first(): Promise<{ socket: Socket; address: string }> {
    return new Promise((resolve, reject) => {
      this.win = resolve
      this.lose = reject
      this.next()
    })
  }

  private next(): void {
    clearTimeout(this.stagger)
    const address = this.waiting.shift()
    if (address) this.begin(address)
    else if (!this.open.size) this.lose(this.failure())
    if (this.waiting.length) this.stagger = setTimeout(() => this.next(), STAGGER_MS)
  }

  private begin({ address, family }: ResolvedAddress): void {
    const socket = connectTcp({ host: address, port: this.port, family, noDelay: true })
    this.deadline.hold(socket)
    this.open.add(socket)
    const fail = (error: unknown): void => {
      if (!this.open.delete(socket)) return
      this.failures.push(new ConnectFailure(hostPort(address, this.port), error))
      socket.destroy()
      this.next()
    }
    // Kept for good: an error that nobody hears would end the process.
    socket.on('error', fail)
    socket.once('connect', () => {
      if (!this.open.delete(socket)) return
      clearTimeout(this.stagger)
      for (const other of this.open) other.destroy()
      this.open.clear()
      this.waiting.length = 0
      this.win({ socket, address })
    })
  }

  /** What says most of the target: a refusal rather than a missing route of ours. */
  private failure(): unknown {
    return this.failures.find(({ reason }) => !isFaultOfOurs(reason)) ?? this.failures[0]
  }
}
