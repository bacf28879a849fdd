/**
 * The times at which a monitor is checked: phase + k × interval since 1970, where the phase comes from the
 * random tail of its id. So many monitors spread over the interval, and a restart keeps everyone's place.
 */
export interface Grid {
  monitorId: string
  intervalMs: number
}

/** A number in [0, 1) that belongs to the id. */
export function phaseOf(monitorId: string): number {
  return parseInt(monitorId.slice(-8), 16) / 2 ** 32
}

/** The first slot of the grid later than `afterMs` (ms since 1970). */
export function slotAfter(grid: Grid, afterMs: number): number {
  const phaseMs = Math.floor(phaseOf(grid.monitorId) * grid.intervalMs)
  return phaseMs + (Math.floor((afterMs - phaseMs) / grid.intervalMs) + 1) * grid.intervalMs
}

/** When to ask again: on the grid, or after the retry interval while something is suspected. */
export function nextSlot(
  grid: Grid & { retryMs: number },
  slotMs: number,
  isSuspect: boolean,
): number {
  const onGrid = slotAfter(grid, slotMs)
  return isSuspect ? Math.min(onGrid, slotMs + grid.retryMs) : onGrid
}
