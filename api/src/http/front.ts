import type { IncomingMessage } from 'node:http'
import type { DoorsConfig } from '../config/index.ts'
import { isOwnOrigin } from '../graphql/index.ts'
import { TrustedProxies } from './trusted-proxies.ts'

/** What the front of the house needs of a request; an upgrade has it too. */
export type Arrival = Pick<IncomingMessage, 'headers' | 'socket'>

export type FrontConfig = Pick<
  DoorsConfig,
  'isLocalOnly' | 'publicUrl' | 'webOrigins' | 'allowedHosts' | 'trustedProxies'
> & { readonly serveWeb: boolean }

/** Which page has a domain of its own. */
export interface DomainBook {
  slugAt(host: string): string | undefined
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i
const HOST = /^([a-z\d_]([a-z\d_.-]*[a-z\d_])?\.?|\[[\da-f:.]{2,45}\])(:\d{1,5})?$/i
const LONGEST_HOST = 260

/** Under which names the house is known, and which pages may speak to it: the same answer for every door. */
export class Front {
  private readonly proxies: TrustedProxies
  private readonly publicHost: string | undefined
  private readonly publicOrigin: string | undefined
  /** The path that the world writes before every path of ours, such as `/uptime`; empty: none. */
  readonly prefix: string
  private readonly hosts: ReadonlySet<string>
  private domains: DomainBook | undefined

  constructor(private readonly config: FrontConfig) {
    this.proxies = new TrustedProxies(config.trustedProxies)
    const known = config.publicUrl === undefined ? undefined : new URL(config.publicUrl)
    this.publicHost = known?.host
    this.publicOrigin = known?.origin
    this.prefix = known?.pathname.replace(/\/$/, '') ?? ''
    this.hosts = new Set([...config.allowedHosts, ...(this.publicHost ? [this.publicHost] : [])])
  }

  /** From now on pages are reached under their own domains too. */
  servePages(domains: DomainBook): void {
    this.domains = domains
  }

  /** An address as we know it, whether the proxy before us has taken the prefix away or not. */
  withoutPrefix(address: string): string {
    const { prefix } = this
    if (!prefix || !address.startsWith(prefix)) return address
    const rest = address.slice(prefix.length)
    if (rest === '' || rest.startsWith('?')) return `/${rest}`
    return rest.startsWith('/') ? rest : address
  }

  get webOrigins(): readonly string[] {
    return this.config.webOrigins
  }

  /** IPv4-mapped addresses as IPv4. */
  addressOf(request: Arrival): string {
    return this.proxies.addressOf(request)
  }

  /** The name (and port) under which the client asks. */
  hostOf(request: Arrival): string | undefined {
    return this.proxies.said(request, 'x-forwarded-host') ?? request.headers.host
  }

  isHttps(request: Arrival): boolean {
    const { publicUrl } = this.config
    if (publicUrl && this.hostOf(request)?.toLowerCase() === this.publicHost)
      return publicUrl.startsWith('https:')
    const said = this.proxies.said(request, 'x-forwarded-proto')
    return said ? said.toLowerCase() === 'https' : 'encrypted' in request.socket
  }

  publicUrlOf(request: Arrival): string {
    const scheme = this.isHttps(request) ? 'https' : 'http'
    return this.config.publicUrl ?? `${scheme}://${this.hostOf(request) ?? 'localhost'}`
  }

  /** Where the pages of the client that asks are. */
  webUrlOf(request: Arrival): string {
    const { webOrigins, serveWeb } = this.config
    const { origin } = request.headers
    if (origin !== undefined && webOrigins.includes(origin)) return origin
    return (serveWeb ? undefined : webOrigins[0]) ?? this.publicUrlOf(request)
  }

  /**
   * The page whose own domain the client asks for. A page never takes one of our own names; where we don’t know them,
   * none has a domain, for it could be the one by which everybody reaches the app.
   */
  pageAt(request: Arrival): string | undefined {
    if (!this.domains || !(this.config.isLocalOnly || this.hosts.size)) return undefined
    const host = this.hostOf(request) ?? ''
    if (LOOPBACK.test(host) || this.hosts.has(host.toLowerCase())) return undefined
    return this.domains.slugAt(host)
  }

  /**
   * A foreign name is DNS rebinding: a page of that name would read what only this machine may. Who opens the server
   * to others without naming it can’t be protected from that, and signs in.
   */
  isHostAllowed(request: Arrival): boolean {
    const host = this.hostOf(request) ?? ''
    if (LOOPBACK.test(host) || this.hosts.has(host.toLowerCase())) return true
    if (this.config.isLocalOnly || this.hosts.size) return this.pageAt(request) !== undefined
    return host.length <= LONGEST_HOST && HOST.test(host) && URL.canParse(`http://${host}`)
  }

  /** Whether a page may speak to us: ours, or one of WEB_ORIGIN. Programs send no Origin. */
  isOriginAllowed(origin: string | undefined, request: Arrival): boolean {
    const { webOrigins } = this.config
    if (origin === undefined || webOrigins.includes(origin)) return true
    return origin === this.publicOrigin || isOwnOrigin(origin, this.hostOf(request))
  }
}
