import { type AddressGuard, Deadline } from '../net/index.ts'
import { type Judgement, judgeConditions } from './conditions/conditions.ts'
import { kindOf } from './kind-of.ts'
import type { CheckKind, CheckOutcome, Finding } from './outcome.ts'
import { withoutSecrets } from './without-secrets.ts'

export interface CheckRequest {
  kind: string
  /** As stored. */
  settings: Readonly<Record<string, unknown>>
  /** Opened. */
  secrets: Readonly<Record<string, string>>
  conditions: readonly string[]
  /** One absolute deadline for everything, in ms. */
  timeoutMs: number
  /** Keeps what was seen of a good answer too. */
  keepsEvidence?: boolean
}

export interface CheckTools {
  guard: AddressGuard
  /** ms since 1970. */
  now: () => number
  /** Calls the check off: its outcome is then UNKNOWN. */
  signal?: AbortSignal
}

/** An engine that does not end at its deadline is given up after this time. */
const PATIENCE_MS = 1_000

/** Performs one check and judges its conditions. Never throws: what breaks here is a fault of ours, UNKNOWN. */
export async function runCheck(request: CheckRequest, tools: CheckTools): Promise<CheckOutcome> {
  const kind = kindOf(request.kind)
  if (!kind) return faultOfOurs(`This version can’t check monitors of the kind ${request.kind}`)
  const deadline = new Deadline(request.timeoutMs)
  const callOff = (): void => deadline.callOff()
  tools.signal?.addEventListener('abort', callOff, { once: true })
  if (tools.signal?.aborted) callOff()
  try {
    const outcome = outcomeOf(await perform(kind, request, tools, deadline), request)
    return withoutSecrets(outcome, request.secrets)
  } catch (error) {
    return faultOfOurs(
      `The check itself broke: ${error instanceof Error ? error.message : String(error)}`,
    )
  } finally {
    tools.signal?.removeEventListener('abort', callOff)
    deadline.end()
  }
}

function perform(
  kind: CheckKind,
  request: CheckRequest,
  { guard, now }: CheckTools,
  deadline: Deadline,
): Promise<Finding> {
  return new Promise((resolve, reject) => {
    deadline.onFall(() => {
      setTimeout(() => reject(new Error('it did not end at its deadline')), PATIENCE_MS).unref()
    })
    const settings = kind.settings.merge(request.settings, request.secrets)
    kind.check(settings, { guard, now, deadline }).then(resolve, reject)
  })
}

const NOTHING: Judgement = { results: [], failed: undefined }

function outcomeOf(finding: Finding, request: CheckRequest): CheckOutcome {
  const { facts, statusCode = null, certificate = null } = finding
  const { results, failed } =
    facts && request.conditions.length ? judgeConditions(request.conditions, facts()) : NOTHING
  const { verdict, message } = worseOf(finding, failed)
  const isKept = verdict !== 'UP' || request.keepsEvidence === true
  const evidence = isKept ? finding.evidence?.() : undefined
  return {
    verdict,
    message,
    latencyUs: finding.latencyUs,
    timings: finding.timings,
    statusCode,
    certificate,
    conditions: results,
    evidence: evidence ? { ...evidence, conditions: results } : null,
  }
}

function worseOf(
  finding: Finding,
  failed: Judgement['failed'],
): Pick<CheckOutcome, 'verdict' | 'message'> {
  if (!failed || finding.verdict === 'DOWN' || finding.verdict === 'UNKNOWN') return finding
  return failed.verdict === 'DOWN' || finding.verdict === 'UP' ? failed : finding
}

function faultOfOurs(message: string): CheckOutcome {
  return {
    verdict: 'UNKNOWN',
    message,
    latencyUs: null,
    timings: null,
    statusCode: null,
    certificate: null,
    conditions: [],
    evidence: null,
  }
}
