import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import type { Socket } from 'node:net'
import type { AddressGuard } from '../address-guard.ts'
import type { Deadline } from '../deadline.ts'
import { connectGuarded } from '../guarded-connection.ts'
import { canonicalHost, hostPort } from '../host-name.ts'
import type { IpFamily } from '../resolver.ts'
import { type CertificateFacts, readCertificate } from '../tls/certificate.ts'
import { secure, type TlsMaterial } from '../tls/secure-socket.ts'
import { type Body, readBody } from './body.ts'
import { throughProxy } from './proxy.ts'

export interface Proxy {
  /** http or https. */
  url: URL
  /** The value of Proxy-Authorization. */
  authorization: string | null
}

/** One request, complete. */
export interface HttpRequest {
  url: URL
  method: string
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  body: string | null
  family: IpFamily
  proxy: Proxy | null
  tls: TlsMaterial
  /** A bad certificate ends it before the request leaves. */
  verifiesCertificate: boolean
}

/** What is known of an exchange so far: also when it breaks off in the middle. */
export interface ExchangeTrace {
  /** Address and port that we are connected to. */
  remote: string | null
  dnsUs: number | null
  connectUs: number | null
  tlsUs: number | null
  firstByteUs: number | null
  downloadUs: number | null
  certificate: CertificateFacts | null
  response: IncomingMessage | null
}

export const newTrace = (): ExchangeTrace => ({
  remote: null,
  dnsUs: null,
  connectUs: null,
  tlsUs: null,
  firstByteUs: null,
  downloadUs: null,
  certificate: null,
  response: null,
})

/** The certificate is demanded and bad: the request never left. */
export class CertificateRefused extends Error {
  override readonly name = 'CertificateRefused'
}

interface ExchangeTools {
  guard: AddressGuard
  deadline: Deadline
  /** ms since 1970. */
  now: () => number
}

const MOST_HEADER_BYTES = 65_536
const NO_TLS: TlsMaterial = { ca: null, cert: null, key: null }
const us = (from: number): number => Math.round((performance.now() - from) * 1000)

/**
 * Connects, secures, asks and reads, on a connection of its own. Writes into `trace` as it goes; throws what went
 * wrong: the errors of `connectGuarded`, CertificateRefused, ProxyRefusal, those of `readBody`, or the socket's.
 */
export async function exchange(
  asked: HttpRequest,
  tools: ExchangeTools,
  trace: ExchangeTrace,
): Promise<Body> {
  const socket = await openSocket(asked, tools, trace)
  const sent = performance.now()
  const response = await tools.deadline.race(send(asked, socket, tools.deadline))
  trace.response = response
  trace.firstByteUs = us(sent)
  const answered = performance.now()
  const body =
    response.statusCode === 101
      ? { bytes: Buffer.alloc(0), isTruncated: false }
      : await tools.deadline.race(readBody(response))
  trace.downloadUs = us(answered)
  socket.destroy()
  return body
}

export function portOf(url: URL): number {
  return url.port ? Number(url.port) : url.protocol === 'https:' ? 443 : 80
}

async function openSocket(
  asked: HttpRequest,
  tools: ExchangeTools,
  trace: ExchangeTrace,
): Promise<Socket> {
  const { url, proxy } = asked
  const host = canonicalHost(url.hostname)
  const port = portOf(url)
  const socket = proxy
    ? await openProxy(asked, proxy, { host, port }, tools, trace)
    : await open(asked, { host, port }, tools, trace)
  if (url.protocol === 'http:') return socket
  const began = performance.now()
  const secured = await tools.deadline.race(secure(socket, host, asked.tls, tools.deadline))
  trace.tlsUs = us(began)
  trace.certificate = readCertificate(secured, host, tools.now())
  refuseBad(trace.certificate, asked, secured)
  return secured
}

async function open(
  asked: HttpRequest,
  target: { host: string; port: number },
  { guard, deadline }: ExchangeTools,
  trace: ExchangeTrace,
): Promise<Socket> {
  const connection = await connectGuarded({ ...target, family: asked.family }, guard, deadline)
  trace.remote = connection.remote
  trace.dnsUs = connection.dnsUs
  trace.connectUs = connection.connectUs
  return connection.socket
}

/** A connection to the proxy; for https already through it. */
async function openProxy(
  asked: HttpRequest,
  proxy: Proxy,
  target: { host: string; port: number },
  tools: ExchangeTools,
  trace: ExchangeTrace,
): Promise<Socket> {
  const { guard, deadline, now } = tools
  await guard.checkBehindProxy(target.host, { port: target.port, deadline })
  const proxyHost = canonicalHost(proxy.url.hostname)
  let socket = await open(asked, { host: proxyHost, port: portOf(proxy.url) }, tools, trace)
  if (proxy.url.protocol === 'https:') {
    const secured = await deadline.race(
      secure(socket, proxyHost, { ...NO_TLS, ca: asked.tls.ca }, deadline),
    )
    refuseBad(readCertificate(secured, proxyHost, now()), asked, secured, 'Proxy: ')
    socket = secured
  }
  if (asked.url.protocol === 'https:')
    await deadline.race(
      throughProxy(socket, hostPort(target.host, target.port), proxy.authorization),
    )
  return socket
}

function refuseBad(
  certificate: CertificateFacts | null,
  asked: HttpRequest,
  socket: Socket,
  prefix = '',
): void {
  if (!certificate?.problem || !asked.verifiesCertificate) return
  socket.destroy()
  throw new CertificateRefused(prefix + certificate.problem)
}

function send(asked: HttpRequest, socket: Socket, deadline: Deadline): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing: ClientRequest = request({
      method: asked.method,
      ...pathAndHeaders(asked),
      createConnection: () => socket,
      maxHeaderSize: MOST_HEADER_BYTES,
    })
    deadline.hold(outgoing)
    outgoing.once('response', resolve)
    outgoing.once('upgrade', resolve)
    outgoing.on('error', reject)
    outgoing.end(asked.body ?? undefined)
  })
}

/** To a proxy a plain request says the whole address (RFC 9112, absolute-form). */
function pathAndHeaders({ url, headers, proxy }: HttpRequest): {
  path: string
  headers: Record<string, string>
} {
  const all = { host: url.host, ...headers, connection: 'close' }
  if (!proxy || url.protocol === 'https:') return { path: url.pathname + url.search, headers: all }
  return {
    path: url.origin + url.pathname + url.search,
    headers: proxy.authorization ? { ...all, 'proxy-authorization': proxy.authorization } : all,
  }
}
