import { AddressRefused } from './address-guard.ts'
import { ResolveFailure } from './resolver.ts'

export interface ConnectionProblem {
  /** For a person. */
  message: string
  /** A fault of this machine or its network: it says nothing of the target. */
  isOurs: boolean
}

/** Faults of ours: no sockets left, no memory, no route out of this machine. */
const OURS: Record<string, string> = {
  EMFILE: 'This server has too many open connections.',
  ENFILE: 'This machine has too many open files.',
  ENOBUFS: 'This machine is out of network buffers.',
  ENOMEM: 'This machine is out of memory.',
  ENETDOWN: 'The network of this machine is down.',
  ENETUNREACH: 'This machine has no route to that network.',
  EADDRNOTAVAIL: 'This machine has no free local address or port.',
}

const THEIRS: Record<string, (where: string) => string> = {
  ECONNREFUSED: (where) => `Connection refused by ${where}`,
  ECONNRESET: (where) => `${where} broke the connection off`,
  EPIPE: (where) => `${where} broke the connection off`,
  EHOSTUNREACH: (where) => `No route to ${where}`,
  ETIMEDOUT: (where) => `No answer from ${where}`,
}

/** Explains a failed connection to `where` (an address with port). */
export function explainConnection(error: unknown, where: string): ConnectionProblem {
  if (error instanceof AddressRefused) return { message: error.message, isOurs: false }
  if (error instanceof ResolveFailure) return { message: error.message, isOurs: error.isOurs }
  const { code, message } = error as NodeJS.ErrnoException
  if (code && OURS[code]) return { message: OURS[code], isOurs: true }
  if (code && THEIRS[code]) return { message: THEIRS[code](where), isOurs: false }
  if (code?.startsWith('HPE_'))
    return { message: `${where} answered with something that is not HTTP (${code})`, isOurs: false }
  if (code?.startsWith('ERR_SSL') || code === 'EPROTO')
    return { message: `TLS with ${where} failed: ${tlsReason(message)}`, isOurs: false }
  return { message: `${where}: ${message || code || 'unknown failure'}`, isOurs: false }
}

/** OpenSSL's reason without its file names and numbers. */
function tlsReason(message: string): string {
  return (
    message
      .split(':')
      .map((part) => part.trim())
      .findLast((part) => /[a-z]/.test(part) && !part.includes('../')) ?? message
  )
}
