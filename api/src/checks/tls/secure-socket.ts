import type { Socket } from 'node:net'
import {
  connect,
  createSecureContext,
  rootCertificates,
  type SecureContext,
  type TLSSocket,
} from 'node:tls'
import { isIP } from 'node:net'
import type { Deadline } from '../../net/index.ts'

export interface TlsMaterial {
  ca: string | null
  cert: string | null
  key: string | null
}

const MOST_CONTEXTS = 200
const contexts = new Map<string, SecureContext>()

/** One context per TLS setting: making one reads all root certificates. Throws when the PEM texts are no such thing. */
function contextFor({ ca, cert, key }: TlsMaterial): SecureContext {
  const name = JSON.stringify([ca, cert, key])
  const known = contexts.get(name)
  if (known) return known
  const context = createSecureContext({
    ...(ca ? { ca: [...rootCertificates, ca] } : {}),
    ...(cert && key ? { cert, key } : {}),
    ecdhCurve: 'X25519:P-256:P-384',
  })
  if (contexts.size >= MOST_CONTEXTS) contexts.clear()
  contexts.set(name, context)
  return context
}

/**
 * TLS on an open connection. The certificate is judged by the caller, not here: so that its facts are known even
 * when it is bad. Rejects when the handshake fails.
 */
export function secure(
  socket: Socket,
  host: string,
  material: TlsMaterial,
  deadline: Deadline,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const tls = connect({
      socket,
      host,
      ...(isIP(host) ? {} : { servername: host }),
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: false,
      secureContext: contextFor(material),
    })
    deadline.hold(tls)
    tls.once('secureConnect', () => resolve(tls))
    tls.on('error', reject)
    tls.once('close', () =>
      reject(Object.assign(new Error('closed during the handshake'), { code: 'ECONNRESET' })),
    )
  })
}
