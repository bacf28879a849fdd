import type { ConfirmedStatus, MachineRules, Verdict } from './machine.ts'

type Known = Exclude<ConfirmedStatus, 'PENDING'>

/** A run of consecutive results that speak for another status than the confirmed one. */
export interface Suspicion {
  to: Known
  /** The slot of the run's first result, µs since 1970. */
  sinceUs: number
  count: number
}

const RANK: Record<ConfirmedStatus, number> = { PENDING: 0, UP: 0, DEGRADED: 1, DOWN: 2 }
const KNOWN: readonly Known[] = ['UP', 'DEGRADED', 'DOWN']

const isWorse = (to: Known, from: ConfirmedStatus): boolean => RANK[to] > RANK[from]

/**
 * Lengthens the runs that a result supports and ends the others. DOWN also speaks for DEGRADED when the
 * monitor is up, and UP for DEGRADED when it is down: three mixed bad results confirm at least the milder.
 */
export function support(
  confirmed: ConfirmedStatus,
  runs: Suspicion[],
  verdict: Exclude<Verdict, 'UNKNOWN'>,
  slotUs: number,
): Suspicion[] {
  return KNOWN.filter((to) => to !== confirmed)
    .filter((to) =>
      isWorse(to, confirmed) ? RANK[verdict] >= RANK[to] : RANK[verdict] <= RANK[to],
    )
    .map((to) => {
      const run = runs.find((r) => r.to === to)
      return run ? { ...run, count: run.count + 1 } : { to, sinceUs: slotUs, count: 1 }
    })
}

/** Believes the furthest run that is long enough; `sinceUs` is its first result, null when nothing changed. */
export function confirm(
  confirmed: ConfirmedStatus,
  runs: Suspicion[],
  slotUs: number,
  rules: MachineRules,
): { next: { confirmed: ConfirmedStatus; suspicions: Suspicion[] }; sinceUs: number | null } {
  const proven = runs
    .filter((run) => isProven(run, confirmed, slotUs, rules))
    .sort((a, b) => distance(b.to, confirmed) - distance(a.to, confirmed))[0]
  if (!proven) return { next: { confirmed, suspicions: runs }, sinceUs: null }
  const suspicions = runs.filter(
    ({ to }) => to !== proven.to && isWorse(to, confirmed) === isWorse(to, proven.to),
  )
  return { next: { confirmed: proven.to, suspicions }, sinceUs: proven.sinceUs }
}

function isProven(
  run: Suspicion,
  confirmed: ConfirmedStatus,
  slotUs: number,
  rules: MachineRules,
): boolean {
  if (confirmed === 'PENDING' && run.to === 'UP') return true
  const lastedMs = (slotUs - run.sinceUs) / 1000
  return isWorse(run.to, confirmed)
    ? run.count >= rules.failAfter && lastedMs >= rules.failForMs
    : run.count >= rules.recoverAfter && lastedMs >= rules.recoverForMs
}

function distance(to: Known, from: ConfirmedStatus): number {
  return Math.abs(RANK[to] - RANK[from])
}
