import type { CertificateFacts, CheckOutcome } from '../../checks/index.ts'
import { evidenceOf } from '../../history/index.ts'
import type { Certificate, CheckResult } from './check-result.object.ts'

const DAY_MS = 86_400_000
const msOf = (us: number | null): number | null => (us === null ? null : us / 1000)

/** An outcome that is not stored, as the contract tells it. */
export function checkResultOf(outcome: CheckOutcome, nowMs: number): CheckResult {
  const { timings: t } = outcome
  return {
    status: outcome.verdict,
    latencyMs: msOf(outcome.latencyUs),
    message: outcome.message,
    statusCode: outcome.statusCode,
    timings: t && {
      dnsMs: msOf(t.dns),
      connectMs: msOf(t.connect),
      tlsMs: msOf(t.tls),
      firstByteMs: msOf(t.firstByte),
      downloadMs: msOf(t.download),
      totalMs: t.total / 1000,
    },
    certificate: outcome.certificate && certificateOf(outcome.certificate, nowMs),
    conditions: outcome.conditions,
    evidence: outcome.evidence && evidenceOf(new Date(nowMs), outcome.evidence),
  }
}

/** A certificate as it was seen; the days are counted from now. */
export function certificateOf(facts: CertificateFacts, nowMs: number): Certificate {
  const validTo = new Date(facts.validTo)
  const daysLeft = Math.floor((validTo.getTime() - nowMs) / DAY_MS)
  return { ...facts, validFrom: new Date(facts.validFrom), validTo, daysLeft }
}
