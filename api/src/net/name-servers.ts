import { Resolver } from 'node:dns/promises'
import type { Deadline } from './deadline.ts'

/** A question that was not answered with records. */
export class DnsFailure extends Error {
  override readonly name = 'DnsFailure'

  constructor(
    /** Of c-ares: ENOTFOUND, ENODATA, ESERVFAIL, ECONNREFUSED, ETIMEOUT… */
    readonly code: string,
    /** The name servers answered something while this question waited. */
    readonly isServerAlive: boolean,
  ) {
    super(`DNS failed: ${code}`)
  }
}

interface Idle {
  resolver: Resolver
  madeAt: number
}

/** A resolver reads the machine's settings when it is made; they change with the network. */
const FRESH_MS = 15_000
const MOST_IDLE = 64
const SILENT = new Set(['ETIMEOUT', 'ECANCELLED', 'ECONNREFUSED'])

/**
 * Asks name servers, by default those of this machine. Each question has a resolver of its own, because only a
 * whole resolver can be cancelled; idle ones are used again. When a question stays without answer, another one
 * (the root's name servers) tells whether the servers are silent or only this name is.
 */
export class NameServers {
  private idle: Idle[] = []
  private answeredAt = -Infinity

  /** `servers`: addresses with ports; absent: those of this machine. */
  constructor(private readonly servers?: readonly string[]) {}

  /** Addresses of one family. Throws DnsFailure. */
  async addresses(host: string, family: 4 | 6, deadline: Deadline): Promise<string[]> {
    const began = performance.now()
    const borrowed = this.borrow()
    const { resolver } = borrowed
    const control = this.watch(deadline)
    const forget = deadline.onFall(() => resolver.cancel())
    try {
      const found = await (family === 4 ? resolver.resolve4(host) : resolver.resolve6(host))
      this.answeredAt = performance.now()
      return found
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'EUNKNOWN'
      if (!SILENT.has(code)) this.answeredAt = performance.now()
      throw new DnsFailure(code, this.answeredAt >= began)
    } finally {
      control()
      forget()
      this.giveBack(borrowed)
    }
  }

  private borrow(): Idle {
    const known = this.idle.pop()
    if (known && performance.now() - known.madeAt < FRESH_MS) return known
    this.idle = []
    const resolver = new Resolver({ timeout: 2_000, tries: 4 })
    if (this.servers) resolver.setServers(this.servers)
    return { resolver, madeAt: performance.now() }
  }

  private giveBack(borrowed: Idle): void {
    if (this.idle.length < MOST_IDLE) this.idle.push(borrowed)
  }

  /** Asks another question when the first one has waited for half of its time. */
  private watch(deadline: Deadline): () => void {
    let cancel = (): void => undefined
    const timer = setTimeout(() => {
      const borrowed = this.borrow()
      cancel = () => borrowed.resolver.cancel()
      void borrowed.resolver
        .resolveNs('.')
        .then(() => 'ok')
        .catch((error: unknown) => (error as NodeJS.ErrnoException).code ?? '')
        .then((code) => {
          if (!SILENT.has(code)) this.answeredAt = performance.now()
        })
        .finally(() => this.giveBack(borrowed))
    }, deadline.timeoutMs / 2)
    return () => {
      clearTimeout(timer)
      cancel()
    }
  }
}
