import type { AddressGuard, CertificateFacts, Deadline } from '../net/index.ts'
import type { SettingsSchema } from './settings/define-settings.ts'

/** What a check says. UNKNOWN is a fault of ours: it never counts for or against the target. */
export type Verdict = 'UP' | 'DEGRADED' | 'DOWN' | 'UNKNOWN'

/** How long each phase took, in µs; null where there was no such phase. */
export interface TimingsUs {
  dns: number | null
  connect: number | null
  tls: number | null
  firstByte: number | null
  download: number | null
  total: number
}

/** One line of a monitor's conditions, with the values that were found. */
export interface ConditionResult {
  expression: string
  isPassed: boolean
  actual: string
}

/** What is kept of a failed check. Plain JSON. */
export interface EvidenceBody {
  remoteAddress: string | null
  requestedUrl: string | null
  statusLine: string | null
  headers: { name: string; value: string }[]
  body: string | null
  isBodyTruncated: boolean
  conditions: ConditionResult[]
  redirects: string[]
}

export interface CheckOutcome {
  verdict: Verdict
  latencyUs: number | null
  timings: TimingsUs | null
  statusCode: number | null
  /** Why it is not UP, for a person. */
  message: string | null
  certificate: CertificateFacts | null
  conditions: ConditionResult[]
  evidence: EvidenceBody | null
}

/** What an engine found, before conditions are judged. */
export interface Finding {
  verdict: Verdict
  message: string | null
  latencyUs: number | null
  timings: TimingsUs | null
  statusCode?: number | null
  certificate?: CertificateFacts | null
  /** What conditions may ask for, by name: `status`, `latency` (ms), `cert`, `header`…; null: there was no answer. */
  facts: (() => Readonly<Record<string, unknown>>) | null
  /** Made only when it is kept. */
  evidence?: () => Omit<EvidenceBody, 'conditions'>
}

/** What an engine works with. */
export interface CheckContext {
  /** Every connection passes it. */
  guard: AddressGuard
  /** Destroys all that it holds when the time is over; ended by whoever runs the check. */
  deadline: Deadline
  /** ms since 1970. */
  now: () => number
}

/** One way to check something: an engine without a database. */
export interface CheckKind<S = Record<string, unknown>> {
  kind: string
  title: string
  description: string
  /** It waits to be called instead of asking. */
  isPassive: boolean
  settings: SettingsSchema<S>
  defaultIntervalSeconds: number
  /** What conditions may ask for. */
  conditionPaths: readonly string[]
  /** The address for humans, searchable. */
  target(settings: S): string
  /** What a pasted text means for this kind; null: nothing. */
  detect(text: string): { name: string; settings: Partial<S> } | null
  check(settings: S, context: CheckContext): Promise<Finding>
}
