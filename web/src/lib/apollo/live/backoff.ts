const FIRST_MS = 250
const LONGEST_MS = 5_000

/** Milliseconds to wait before the `attempt`-th try in a row (0 = the first): doubled each time, half of it by chance. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10))
  return Math.round(ceiling / 2 + (ceiling / 2) * random())
}
