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
  EMFILE: 'Allswell has too many open connections',
  ENFILE: 'This machine has too many open files',
  ENOBUFS: 'This machine is out of network buffers',
  ENOMEM: 'This machine is out of memory',
  ENETDOWN: 'The network of this machine is down',
  ENETUNREACH: 'This machine has no route to that network',
  EADDRNOTAVAIL: 'This machine has no free local address or port',
  EAFNOSUPPORT: 'This machine does not speak that kind of address',
  EACCES: 'This machine forbids the connection',
  EPERM: 'This machine forbids the connection',
}

const THEIRS: Record<string, (where: string) => string> = {
  ECONNREFUSED: (where) => `Connection refused by ${where}`,
  ECONNRESET: (where) => `${where} broke the connection off`,
  EPIPE: (where) => `${where} broke the connection off`,
  ECONNABORTED: (where) => `${where} broke the connection off`,
  EHOSTUNREACH: (where) => `No route to ${where}`,
  EHOSTDOWN: (where) => `No route to ${where}`,
  ETIMEDOUT: (where) => `No answer from ${where}`,
  HPE_HEADER_OVERFLOW: (where) => `${where} sent more than 64 KiB of headers`,
  HPE_INVALID_CONSTANT: (where) => `${where} does not speak HTTP`,
  HPE_CLOSED_CONNECTION: (where) => `${where} went on after the end of its answer`,
}

const NO_TLS = new Set(['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'])

/** Whether a failure says nothing of the target. */
export function isFaultOfOurs(error: unknown): boolean {
  if (error instanceof ResolveFailure) return error.isOurs
  return Object.hasOwn(OURS, codeOf(error))
}

/** Explains a failed connection to `where` (an address with port). */
export function explainConnection(error: unknown, where: string): ConnectionProblem {
  const isOurs = isFaultOfOurs(error)
  if (error instanceof AddressRefused || error instanceof ResolveFailure)
    return { message: error.message, isOurs }
  const code = codeOf(error)
  const text = error instanceof Error ? error.message : String(error)
  return { message: isOurs ? `${OURS[code]} (${code})` : ofTheirs(code, text, where), isOurs }
}

function ofTheirs(code: string, text: string, where: string): string {
  if (Object.hasOwn(THEIRS, code)) return THEIRS[code]!(where)
  if (code.startsWith('HPE_')) return `${where} answered with broken HTTP (${code.slice(4)})`
  if (NO_TLS.has(code)) return `${where} does not speak TLS`
  const isTls = code.startsWith('ERR_SSL') || code === 'EPROTO'
  if (isTls) return `TLS with ${where} failed: ${tlsReason(text)}`
  return `${where}: ${text || code || 'unknown failure'}`
}

function codeOf(error: unknown): string {
  const code: unknown = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

/** OpenSSL's reason without its file names and numbers: `…:SSL routines:func:reason:file:line:SSL alert number 116`. */
function tlsReason(message: string): string {
  const [, reason] = /:SSL routines:[^:]*:([^:]+):/.exec(message) ?? []
  return reason ?? message.slice(0, 200)
}
