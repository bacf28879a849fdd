import type { TimingFactsFragment } from '../../generated/operations.ts'

const PHASES = ['dns', 'connect', 'tls', 'firstByte', 'download'] as const
export type Phase = (typeof PHASES)[number]

export interface PhaseBar {
  phase: Phase
  ms: number
  /** Where it begins and how long it is, in percent of the whole. */
  startPercent: number
  widthPercent: number
}

/** The phases of one check one after another; those that did not happen are left out. */
export function waterfall(timings: TimingFactsFragment): PhaseBar[] {
  const known = PHASES.map((phase) => ({ phase, ms: timings[`${phase}Ms`] })).filter(
    (each): each is { phase: Phase; ms: number } => each.ms !== null,
  )
  const sum = known.reduce((total, { ms }) => total + ms, 0)
  const whole = Math.max(sum, timings.totalMs)
  let elapsed = 0
  return known.map(({ phase, ms }) => {
    const bar = {
      phase,
      ms,
      startPercent: whole > 0 ? (elapsed / whole) * 100 : 0,
      widthPercent: whole > 0 ? (ms / whole) * 100 : 0,
    }
    elapsed += ms
    return bar
  })
}
