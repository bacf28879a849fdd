import type { AddressGuard } from '../net/index.ts'
import { judgeConditions } from './conditions/conditions.ts'
import { kindOf } from './kind-of.ts'
import type { CheckOutcome, EvidenceBody, Finding } from './outcome.ts'

export interface CheckRequest {
  kind: string
  /** As stored. */
  settings: Readonly<Record<string, unknown>>
  /** Opened. */
  secrets: Readonly<Record<string, string>>
  conditions: readonly string[]
  /** One absolute deadline for everything, in ms. */
  timeoutMs: number
}

export interface CheckTools {
  guard: AddressGuard
  /** ms since 1970. */
  now: () => number
}

/** Performs one check and judges its conditions. Never throws: what breaks here is a fault of ours, UNKNOWN. */
export async function runCheck(request: CheckRequest, tools: CheckTools): Promise<CheckOutcome> {
  try {
    const kind = kindOf(request.kind)
    if (!kind) return faultOfOurs(`This version can't check monitors of the kind ${request.kind}.`)
    const settings = kind.settings.merge(request.settings, request.secrets)
    const finding = await kind.check(settings, { ...tools, timeoutMs: request.timeoutMs })
    return outcomeOf(finding, request.conditions)
  } catch (error) {
    return faultOfOurs(
      `The check itself broke: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

function outcomeOf(finding: Finding, conditions: readonly string[]): CheckOutcome {
  const hasAnswer = finding.verdict === 'UP' || finding.verdict === 'DEGRADED'
  const { results, failed } = hasAnswer
    ? judgeConditions(conditions, finding.facts ?? {})
    : { results: [], failed: undefined }
  const isWorse = failed !== undefined && (failed.verdict === 'DOWN' || finding.verdict === 'UP')
  const { verdict, message } = isWorse ? failed : finding
  const { latencyUs, timings, statusCode = null, certificate = null } = finding
  const evidence: EvidenceBody | null =
    verdict !== 'UP' && finding.evidence ? { ...finding.evidence, conditions: results } : null
  return {
    verdict,
    message,
    latencyUs,
    timings,
    statusCode,
    certificate,
    conditions: results,
    evidence,
  }
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
