import { type IncomingMessage, request } from 'node:http'
import type { Socket } from 'node:net'
import {
  type AddressGuard,
  canonicalHost,
  connectGuarded,
  type Deadline,
  type IpFamily,
} from '../../../net/index.ts'
import type { CertificateFacts } from '../../outcome.ts'
import { readCertificate } from '../../tls/certificate.ts'
import { secure, type TlsMaterial } from '../../tls/secure-socket.ts'
import { type Body, readBody } from './body.ts'
import { throughProxy } from './proxy.ts'

/** One request, complete. */
export interface Asked {
  url: URL
  method: string
  headers: Record<string, string>
  body: string | null
  family: IpFamily
  proxy: URL | null
  tls: TlsMaterial
  verifyCertificate: boolean
}

/** What is known of an exchange so far: also when it breaks off in the middle. */
export interface Trace {
  remote: string | null
  dnsUs: number | null
  connectUs: number | null
  tlsUs: number | null
  firstByteUs: number | null
  downloadUs: number | null
  certificate: CertificateFacts | null
  response: IncomingMessage | null
}

export const newTrace = (): Trace => ({
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

const us = (from: number): number => Math.round((performance.now() - from) * 1000)

/** Connects, secures, asks and reads. Writes into `trace` as it goes; throws what went wrong. */
export async function exchange(
  asked: Asked,
  guard: AddressGuard,
  deadline: Deadline,
  now: number,
  trace: Trace,
): Promise<Body> {
  const socket = await openSocket(asked, guard, deadline, now, trace)
  const sent = performance.now()
  const response = await deadline.race(send(asked, socket, deadline))
  trace.response = response
  trace.firstByteUs = us(sent)
  const answered = performance.now()
  const body = await deadline.race(readBody(response))
  trace.downloadUs = us(answered)
  socket.destroy()
  return body
}

async function openSocket(
  asked: Asked,
  guard: AddressGuard,
  deadline: Deadline,
  now: number,
  trace: Trace,
): Promise<Socket> {
  const { url, proxy } = asked
  const host = canonicalHost(url.hostname)
  const port = portOf(url)
  const target = proxy ? { host: proxy.hostname, port: portOf(proxy) } : { host, port }
  const connection = await connectGuarded({ ...target, family: asked.family }, guard, deadline)
  trace.remote = connection.remote
  trace.dnsUs = connection.dnsUs
  trace.connectUs = connection.connectUs
  if (url.protocol === 'http:') return connection.socket
  if (proxy) await deadline.race(throughProxy(connection.socket, `${url.hostname}:${port}`))
  const began = performance.now()
  const tls = await deadline.race(secure(connection.socket, host, asked.tls, deadline))
  trace.tlsUs = us(began)
  trace.certificate = readCertificate(tls, host, now)
  const problem = trace.certificate?.problem
  if (problem && asked.verifyCertificate) {
    tls.destroy()
    throw new CertificateRefused(problem)
  }
  return tls
}

export function portOf(url: URL): number {
  return url.port ? Number(url.port) : url.protocol === 'https:' ? 443 : 80
}

function send(asked: Asked, socket: Socket, deadline: Deadline): Promise<IncomingMessage> {
  const { url, proxy, method, headers, body } = asked
  const isForwarded = proxy !== null && url.protocol === 'http:'
  return new Promise((resolve, reject) => {
    const outgoing = request({
      method,
      path: isForwarded ? url.href : url.pathname + url.search,
      headers: { host: url.host, ...headers, connection: 'close' },
      createConnection: () => socket,
      maxHeaderSize: 65_536,
    })
    deadline.hold(outgoing)
    outgoing.once('response', resolve)
    outgoing.once('upgrade', resolve)
    outgoing.on('error', reject)
    outgoing.end(body ?? undefined)
  })
}
