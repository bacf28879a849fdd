import { nextSlot, phaseOf, slotAfter } from '../monitors/index.ts'

/** When something is due, in ms from now, and the slot under which its result is kept (ms since 1970). */
export interface Plan {
  inMs: number
  slotMs: number
}

export interface Cadence {
  monitorId: string
  intervalMs: number
  retryMs: number
}

/** What is late by no more is done at once: a takeover must not cost a check. */
const JUST_LATE_MS = 2_000
/** Over how long the checks of long intervals spread that were missed while nobody ran. */
const CATCH_UP_MS = 60_000

/**
 * The first check after this worker got the monitor, or after a gap: new monitors at once; those that are just
 * late at once; those that missed their slot at their place on the grid, soon, so that there is no burst.
 */
export function planFirst(
  cadence: Cadence,
  dueMs: number | null,
  fenceMs: number,
  nowMs: number,
): Plan {
  return planAt(firstDueMs(cadence, dueMs, nowMs), fenceMs, nowMs)
}

function firstDueMs(cadence: Cadence, dueMs: number | null, nowMs: number): number {
  if (dueMs === null) return nowMs
  const isClockSetBack = dueMs > nowMs + cadence.intervalMs
  if (dueMs > nowMs - JUST_LATE_MS && !isClockSetBack) return dueMs
  if (cadence.intervalMs <= CATCH_UP_MS || isClockSetBack) return slotAfter(cadence, nowMs)
  return Math.min(
    slotAfter(cadence, nowMs),
    nowMs + Math.floor(phaseOf(cadence.monitorId) * CATCH_UP_MS),
  )
}

/** The check after the one at `slotMs`. Slots that have passed meanwhile are skipped, never made up for. */
export function planNext(
  cadence: Cadence,
  slotMs: number,
  isSuspect: boolean,
  fenceMs: number,
  nowMs: number,
): Plan {
  const isClockSetBack = slotMs > nowMs + cadence.intervalMs
  const dueMs = nextSlot(cadence, isClockSetBack ? nowMs : slotMs, isSuspect)
  if (dueMs > nowMs) return planAt(dueMs, fenceMs, nowMs)
  return planAt(isSuspect ? nowMs : slotAfter(cadence, nowMs), fenceMs, nowMs)
}

/** When a push is missing: at `dueMs`, but not later than `longestMs`, which counts from now. */
export function planDeadline(
  dueMs: number,
  longestMs: number,
  nowMs: number,
  fenceMs: number,
): Plan {
  return planAt(Math.min(Math.max(dueMs, nowMs), longestMs), fenceMs, nowMs)
}

/** Slots only ever rise, also after the clock was set back: then they stand still until it has caught up. */
function planAt(dueMs: number, fenceMs: number, nowMs: number): Plan {
  return { inMs: Math.max(0, dueMs - nowMs), slotMs: Math.max(dueMs, Math.floor(fenceMs) + 1) }
}
