import { type IncomingMessage, STATUS_CODES } from 'node:http'
import {
  type Body,
  bodyText,
  type CertificateFacts,
  type Deadline,
  type ExchangeTrace,
  type HttpRequest,
} from '../../../net/index.ts'
import { explainFailure } from '../../failure.ts'
import type { EvidenceBody, Finding, TimingsUs, Verdict } from '../../outcome.ts'
import { isExpected } from './expected-status.ts'
import type { HttpSettings } from './http.settings.ts'

const LONGEST_EVIDENCE = 256 * 1024
const MOST_HEADERS = 100
/** Headers whose values could let somebody in. */
const HIDDEN = /^(set-cookie|authorization|proxy-authorization|authentication-info)$/i

/** A whole check: the hops it took and how it ended. */
export class Journey {
  private readonly traces: ExchangeTrace[] = []
  /** In order; the last is the one that answered or failed. */
  private readonly urls: string[] = []
  private readonly seen = new Set<string>()
  private began = performance.now()

  constructor(private readonly start: string) {}

  /** From here on it counts as time of the target. */
  begin(): void {
    this.began = performance.now()
  }

  step({ method, url }: HttpRequest, trace: ExchangeTrace): void {
    this.urls.push(url.href)
    this.traces.push(trace)
    this.seen.add(`${method} ${url.href}`)
  }

  get hops(): number {
    return this.traces.length
  }

  get last(): ExchangeTrace | undefined {
    return this.traces.at(-1)
  }

  get url(): string {
    return this.urls.at(-1) ?? this.start
  }

  get redirects(): string[] {
    return this.urls.slice(0, -1)
  }

  hasSeen({ method, url }: HttpRequest): boolean {
    return this.seen.has(`${method} ${url.href}`)
  }

  /** The one seen last on the way. */
  get certificate(): CertificateFacts | null {
    return this.traces.findLast(({ certificate }) => certificate)?.certificate ?? null
  }

  timings(): TimingsUs {
    return {
      dns: this.sum('dnsUs'),
      connect: this.sum('connectUs'),
      tls: this.sum('tlsUs'),
      firstByte: this.sum('firstByteUs'),
      download: this.sum('downloadUs'),
      total: Math.round((performance.now() - this.began) * 1000),
    }
  }

  private sum(phase: Phase): number | null {
    let all: number | null = null
    for (const trace of this.traces) {
      const one = trace[phase]
      if (one !== null) all = (all ?? 0) + one
    }
    return all
  }
}

type Phase = 'dnsUs' | 'connectUs' | 'tlsUs' | 'firstByteUs' | 'downloadUs'
type Evidence = Omit<EvidenceBody, 'conditions'>

function evidenceOf(journey: Journey, text: string | null, isTruncated: boolean): Evidence {
  const { remote = null, response = null } = journey.last ?? {}
  return {
    remoteAddress: remote,
    requestedUrl: journey.url,
    statusLine: response && statusLineOf(response),
    headers: headersOf(response?.rawHeaders ?? []),
    body: text && text.slice(0, LONGEST_EVIDENCE).toWellFormed(),
    isBodyTruncated: isTruncated || (text !== null && text.length > LONGEST_EVIDENCE),
    redirects: journey.redirects,
  }
}

function statusLineOf({ httpVersion, statusCode, statusMessage = '' }: IncomingMessage): string {
  return `HTTP/${httpVersion} ${statusCode} ${statusMessage}`.trim()
}

function headersOf(raw: readonly string[]): Evidence['headers'] {
  const headers: Evidence['headers'] = []
  for (let i = 0; i + 1 < raw.length && headers.length < MOST_HEADERS; i += 2) {
    const name = raw[i]!
    headers.push({ name, value: HIDDEN.test(name) ? '(hidden)' : raw[i + 1]! })
  }
  return headers
}

/** A check that got an answer. */
export function answeredFinding(settings: HttpSettings, journey: Journey, body: Body): Finding {
  const response = journey.last!.response!
  const timings = journey.timings()
  let text: string | null | undefined
  const readText = (): string | null =>
    text === undefined ? (text = bodyText(body, response.headers['content-type'])) : text
  return {
    ...judge(settings, response, journey.certificate),
    latencyUs: timings.total,
    timings,
    statusCode: response.statusCode ?? null,
    certificate: journey.certificate,
    facts: () => factsOf(journey, timings, body, readText),
    evidence: () => evidenceOf(journey, readText(), body.isTruncated),
  }
}

function judge(
  settings: HttpSettings,
  response: IncomingMessage,
  certificate: CertificateFacts | null,
): { verdict: Verdict; message: string | null } {
  const { statusCode: status = 0, statusMessage } = response
  if (!isExpected(status, settings.expectedStatus)) {
    const words = (statusMessage || STATUS_CODES[status] || '').slice(0, 100)
    const said = `HTTP ${status} ${words}`.trim()
    return { verdict: 'DOWN', message: `${said}, expected ${settings.expectedStatus}` }
  }
  const left = certificate?.daysLeft ?? Infinity
  const isShort = left < settings.certificateDaysLeft && (settings.verifyCertificate || left >= 0)
  return isShort
    ? { verdict: 'DEGRADED', message: `Certificate expires ${inDays(left)}` }
    : { verdict: 'UP', message: null }
}

function inDays(days: number): string {
  if (days < 1) return 'today'
  return days === 1 ? 'in 1 day' : `in ${days} days`
}

function factsOf(
  journey: Journey,
  timings: TimingsUs,
  body: Body,
  readText: () => string | null,
): Record<string, unknown> {
  const { last } = journey
  let json: unknown
  let isParsed = false
  return {
    status: last?.response?.statusCode,
    latency: timings.total / 1000,
    cert: journey.certificate ?? undefined,
    header: last?.response?.headers ?? {},
    ip: last?.remote?.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''),
    redirects: journey.redirects.length,
    size: body.bytes.length,
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
  const where = journey.last?.remote ?? new URL(journey.url).host
  const { message, isOurs } = explainFailure(error, where, deadline, late(journey, where, deadline))
  return {
    verdict: isOurs ? 'UNKNOWN' : 'DOWN',
    message,
    latencyUs: null,
    timings: journey.timings(),
    statusCode: journey.last?.response?.statusCode ?? null,
    certificate: journey.certificate,
    facts: null,
    evidence: () => evidenceOf(journey, null, false),
  }
}

function late({ last }: Journey, where: string, { patience }: Deadline): string {
  if (last?.response) return `${where} began to answer, but did not end ${patience}`
  if (last?.remote) return `No answer ${patience} from ${where}`
  return `No connection ${patience} to ${where}`
}
