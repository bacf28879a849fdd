import { STATUS_CODES } from 'node:http'
import {
  AddressRefused,
  ConnectFailure,
  type Deadline,
  DeadlineExceeded,
  explainConnection,
  ResolveFailure,
} from '../../../net/index.ts'
import type { CertificateFacts, EvidenceBody, Finding, TimingsUs, Verdict } from '../../outcome.ts'
import { type Body, bodyText } from './body.ts'
import { CertificateRefused, type Trace } from './exchange.ts'
import { isExpected } from './expected-status.ts'
import type { HttpSettings } from './http.settings.ts'
import { TokenRefused } from './oauth2-token.ts'

const LONGEST_EVIDENCE = 100_000
const MOST_HEADERS = 100
/** Headers whose values could let somebody in. */
const HIDDEN = /^(set-cookie|authorization|proxy-authorization|www-authenticate)$/i

/** A whole check: the hops it took and how it ended. */
export interface Journey {
  traces: Trace[]
  /** URLs in order; the last is the one that answered or failed. */
  urls: string[]
}

export function timingsOf({ traces }: Journey, totalUs: number): TimingsUs {
  const sum = (read: (trace: Trace) => number | null): number | null => {
    const known = traces.map(read).filter((value) => value !== null)
    return known.length ? known.reduce((a, b) => a + b, 0) : null
  }
  return {
    dns: sum((t) => t.dnsUs),
    connect: sum((t) => t.connectUs),
    tls: sum((t) => t.tlsUs),
    firstByte: sum((t) => t.firstByteUs),
    download: sum((t) => t.downloadUs),
    total: totalUs,
  }
}

function statusText(status: number, reason: string | undefined): string {
  return `HTTP ${status} ${reason || STATUS_CODES[status] || ''}`.trim()
}

export function evidenceOf(
  journey: Journey,
  text: string | null,
  isTruncated: boolean,
): Omit<EvidenceBody, 'conditions'> {
  const trace = journey.traces.at(-1)
  const response = trace?.response
  const raw = response?.rawHeaders ?? []
  const headers: { name: string; value: string }[] = []
  for (let i = 0; i + 1 < raw.length && headers.length < MOST_HEADERS; i += 2) {
    const name = raw[i]!
    headers.push({
      name,
      value: HIDDEN.test(name) ? '(hidden)' : raw[i + 1]!.replaceAll('\0', '\uFFFD'),
    })
  }
  const body = text?.slice(0, LONGEST_EVIDENCE).toWellFormed() ?? null
  return {
    remoteAddress: trace?.remote ?? null,
    requestedUrl: journey.urls.at(-1) ?? null,
    statusLine: response
      ? `HTTP/${response.httpVersion} ${response.statusCode} ${response.statusMessage ?? ''}`.trim()
      : null,
    headers,
    body,
    isBodyTruncated: isTruncated || (text?.length ?? 0) > LONGEST_EVIDENCE,
    redirects: journey.urls.slice(0, -1),
  }
}

/** A check that got an answer. */
export function answeredFinding(
  settings: HttpSettings,
  journey: Journey,
  body: Body,
  totalUs: number,
): Finding {
  const trace = journey.traces.at(-1)!
  const response = trace.response!
  const status = response.statusCode ?? 0
  const contentType = response.headers['content-type']
  let text: string | null | undefined
  const readText = (): string | null =>
    text === undefined ? (text = bodyText(body, contentType)) : text
  const { verdict, message } = judge(settings, status, response.statusMessage, trace.certificate)
  return {
    verdict,
    message,
    latencyUs: totalUs,
    timings: timingsOf(journey, totalUs),
    statusCode: status,
    certificate: trace.certificate,
    facts: factsOf(status, totalUs, trace, readText),
    get evidence() {
      return evidenceOf(journey, readText(), body.isTruncated)
    },
  }
}

function judge(
  settings: HttpSettings,
  status: number,
  reason: string | undefined,
  certificate: CertificateFacts | null,
): { verdict: Verdict; message: string | null } {
  if (!isExpected(status, settings.expectedStatus))
    return {
      verdict: 'DOWN',
      message: `${statusText(status, reason)}, expected ${settings.expectedStatus}`,
    }
  const left = certificate?.daysLeft
  if (
    left !== undefined &&
    left < settings.certificateDaysLeft &&
    (settings.verifyCertificate || left >= 0)
  )
    return {
      verdict: 'DEGRADED',
      message:
        left === 1 ? 'The certificate expires in 1 day' : `The certificate expires in ${left} days`,
    }
  return { verdict: 'UP', message: null }
}

function factsOf(
  status: number,
  totalUs: number,
  trace: Trace,
  readText: () => string | null,
): Record<string, unknown> {
  let json: unknown
  let isParsed = false
  return {
    status,
    latency: totalUs / 1000,
    cert: trace.certificate ?? undefined,
    header: trace.response?.headers ?? {},
    ip: trace.remote,
    get body() {
      return readText() ?? undefined
    },
    get $() {
      if (!isParsed) json = parseJson(readText())
      isParsed = true
      return json
    },
  }
}

function parseJson(text: string | null): unknown {
  try {
    return text === null ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}

/** A check that broke off. */
export function brokenFinding(error: unknown, journey: Journey, deadline: Deadline): Finding {
  const { message, isOurs } = explain(error, journey, deadline)
  const totalUs = deadline.elapsedUs()
  const trace = journey.traces.at(-1)
  return {
    verdict: isOurs ? 'UNKNOWN' : 'DOWN',
    message,
    latencyUs: null,
    timings: timingsOf(journey, totalUs),
    statusCode: trace?.response?.statusCode ?? null,
    certificate: trace?.certificate ?? null,
    facts: { latency: totalUs / 1000, cert: trace?.certificate ?? undefined },
    evidence: evidenceOf(journey, null, false),
  }
}

function explain(
  error: unknown,
  journey: Journey,
  deadline: Deadline,
): { message: string; isOurs: boolean } {
  const trace = journey.traces.at(-1)
  const where = trace?.remote ?? hostOf(journey)
  if (error instanceof DeadlineExceeded || deadline.hasFallen)
    return { message: timeoutMessage(trace, where, deadline), isOurs: false }
  if (error instanceof CertificateRefused || error instanceof TokenRefused)
    return { message: error.message, isOurs: false }
  if (error instanceof ConnectFailure) return explainConnection(error.reason, error.remote)
  if (error instanceof AddressRefused || error instanceof ResolveFailure)
    return explainConnection(error, where)
  if ((error as NodeJS.ErrnoException).code === 'REDIRECT')
    return { message: (error as Error).message, isOurs: false }
  const isBodyBroken = trace?.response && (error as NodeJS.ErrnoException).code?.startsWith('Z_')
  if (isBodyBroken || (error as NodeJS.ErrnoException).code?.startsWith('ERR_'))
    return trace?.response
      ? { message: `${where} sent a body that can’t be decoded`, isOurs: false }
      : explainConnection(error, where)
  return explainConnection(error, where)
}

function hostOf({ urls }: Journey): string {
  const last = urls.at(-1)
  return last && URL.canParse(last) ? new URL(last).host : 'the target'
}

function timeoutMessage(trace: Trace | undefined, where: string, deadline: Deadline): string {
  const patience = `within ${deadline.timeoutMs >= 1000 ? `${Math.round(deadline.timeoutMs / 100) / 10} s` : `${deadline.timeoutMs} ms`}`
  if (trace?.response) return `${where} began to answer, but did not end ${patience}`
  if (trace?.remote) return `No answer ${patience} from ${where}`
  return `No connection ${patience} to ${where}`
}
