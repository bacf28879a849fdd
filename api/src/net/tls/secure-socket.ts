import { isIP, type Socket } from 'node:net'
import * as tls from 'node:tls'
import type { Deadline } from '../deadline.ts'

/** PEM texts. */
export interface TlsMaterial {
  /** An authority to trust besides the public ones. */
  ca: string | null
  cert: string | null
  key: string | null
}

const MOST_CONTEXTS = 200
const contexts = new Map<string, tls.SecureContext>()

/** Since Node 22.15; knows of NODE_EXTRA_CA_CERTS too. */
interface NewerTls {
  getCACertificates?: (which: 'default') => string[]
}

function trusted(): readonly string[] {
  return (tls as NewerTls).getCACertificates?.('default') ?? tls.rootCertificates
}

/** One context per TLS setting: making one reads all root certificates. Throws when the PEM texts are no such thing. */
export function secureContextFor({ ca, cert, key }: TlsMaterial): tls.SecureContext {
  const name = ca || cert || key ? JSON.stringify([ca, cert, key]) : ''
  const known = contexts.get(name)
  if (known) return known
  const context = tls.createSecureContext({
    ...(ca ? { ca: [...trusted(), ca] } : {}),
    ...(cert && key ? { cert, key } : {}),
    ecdhCurve: 'X25519:P-256:P-384:P-521',
  })
  if (contexts.size >= MOST_CONTEXTS) contexts.clear()
  contexts.set(name, context)
  return context
}

const certificates = new WeakMap<tls.TLSSocket, tls.PeerCertificate>()

/** What the other side showed. Node reads it once by itself; reading it again is dear. */
export function peerCertificate(socket: tls.TLSSocket): tls.PeerCertificate {
  return certificates.get(socket) ?? socket.getPeerCertificate()
}

/**
 * TLS on an open connection. The certificate is judged by the caller, not here, so that its facts are known even
 * when it is bad. Rejects when the handshake fails.
 */
export function secure(
  socket: Socket,
  host: string,
  material: TlsMaterial,
  deadline: Deadline,
): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const secured = tls.connect({
      socket,
      host,
      ...(isIP(host) ? {} : { servername: host }),
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: false,
      secureContext: secureContextFor(material),
      checkServerIdentity: (name, certificate) => {
        certificates.set(secured, certificate)
        return tls.checkServerIdentity(name, certificate)
      },
    })
    deadline.hold(secured)
    const closed = (): void =>
      reject(Object.assign(new Error('closed during the handshake'), { code: 'ECONNRESET' }))
    secured.once('secureConnect', () => {
      secured.off('close', closed)
      resolve(secured)
    })
    // Kept for good: an error that nobody hears would end the process.
    secured.on('error', reject)
    secured.once('close', closed)
  })
}
