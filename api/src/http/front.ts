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

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i
const HOST = /^([a-z\d_]([a-z\d_.-]*[a-z\d_])?\.?|\[[\da-f:.]{2,45}\])(:\d{1,5})?$/i
const LONGEST_HOST = 260

/** Under which names the house is known, and which pages may speak to it: the same answer for every door. */
export class Front {
  private readonly proxies: TrustedProxies
  private readonly publicHost: string | undefined
  private readonly hosts: ReadonlySet<string>

  constructor(private readonly config: FrontConfig) {
    this.proxies = new TrustedProxies(config.trustedProxies)
    this.publicHost = config.publicUrl && new URL(config.publicUrl).host
    this.hosts = new Set([...config.allowedHosts, ...(this.publicHost ? [this.publicHost] : [])])
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
   * A foreign name is DNS rebinding: a page of that name would read what only this machine may. Who opens the server
   * to others without naming it can’t be protected from that, and signs in.
   */
  isHostAllowed(request: Arrival): boolean {
    const host = this.hostOf(request) ?? ''
    if (LOOPBACK.test(host) || this.hosts.has(host.toLowerCase())) return true
    if (this.config.isLocalOnly || this.hosts.size) return false
    return host.length <= LONGEST_HOST && HOST.test(host) && URL.canParse(`http://${host}`)
  }

  /** Whether a page may speak to us: ours, or one of WEB_ORIGIN. Programs send no Origin. */
  isOriginAllowed(origin: string | undefined, request: Arrival): boolean {
    const { publicUrl, webOrigins } = this.config
    if (origin === undefined || webOrigins.includes(origin)) return true
    return origin === publicUrl || isOwnOrigin(origin, this.hostOf(request))
  }
}
