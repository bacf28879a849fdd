import type { PeerCertificate, TLSSocket } from 'node:tls'
import { peerCertificate } from './secure-socket.ts'

const DAY_MS = 86_400_000

export interface CertificateFacts {
  subject: string
  issuer: string
  /** ISO 8601, UTC. */
  validFrom: string
  /** ISO 8601, UTC. */
  validTo: string
  /** Whole days left when it was seen; negative when it has expired. */
  daysLeft: number
  /** SHA-256, hex with colons. */
  fingerprint: string
  isTrusted: boolean
  /** Why it is not trusted, in words. */
  problem: string | null
}

/** What OpenSSL and Node call it, for a person. */
const PROBLEMS: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'Certificate comes from an authority that is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'Certificate is not trusted: its chain is incomplete or its authority unknown',
  UNABLE_TO_GET_ISSUER_CERT: 'Certificate is not trusted: its chain is incomplete',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'Certificate comes from an authority that is not known',
  CERT_NOT_YET_VALID: 'Certificate is not valid yet',
  CERT_REVOKED: 'Certificate was revoked',
  CERT_UNTRUSTED: 'Certificate is not trusted',
}

function daysLeft(validTo: number, now: number): number {
  return Math.floor((validTo - now) / DAY_MS)
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`
}

function problemOf(
  code: string,
  certificate: PeerCertificate,
  validTo: number,
  now: number,
  host: string,
): string {
  if (validTo < now) {
    const ago = Math.floor((now - validTo) / DAY_MS)
    return ago < 1 ? 'Certificate expired today' : `Certificate expired ${days(ago)} ago`
  }
  if (code === 'CERT_HAS_EXPIRED') return 'Certificate is not trusted: its issuer’s has expired'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const names = (certificate.subjectaltname ?? '')
      .replaceAll('DNS:', '')
      .replaceAll('IP Address:', '')
    return `Certificate is for ${names || nameOf(certificate.subject)}, not for ${host}`
  }
  return PROBLEMS[code] ?? `Certificate can’t be verified (${code})`
}

function nameOf(holder: PeerCertificate['subject'] | undefined): string {
  const { CN, O } = holder ?? {}
  const first = (value: string | string[] | undefined): string | undefined =>
    Array.isArray(value) ? value[0] : value
  return first(CN) ?? first(O) ?? 'unnamed'
}

/** What is known of the peer's certificate, judged by us; null when the peer sent none. */
export function readCertificate(
  socket: TLSSocket,
  host: string,
  now: number,
): CertificateFacts | null {
  const certificate = peerCertificate(socket)
  if (!certificate.valid_to) return null
  const validTo = Date.parse(certificate.valid_to)
  const { authorizationError } = socket as { authorizationError: Error | string | null }
  const code =
    typeof authorizationError === 'string'
      ? authorizationError
      : ((authorizationError as { code?: string } | null)?.code ?? authorizationError?.message)
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    validFrom: new Date(certificate.valid_from).toISOString(),
    validTo: new Date(validTo).toISOString(),
    daysLeft: daysLeft(validTo, now),
    fingerprint: certificate.fingerprint256,
    isTrusted: !code,
    problem: code ? problemOf(code, certificate, validTo, now, host) : null,
  }
}
