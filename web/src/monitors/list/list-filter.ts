import type { MonitorStatus } from '../../generated/operations.ts'
import { WORST_FIRST, type ListedMonitor } from './list-order.ts'

export interface ListFilter {
  /** Words that must all occur in name, address or kind. */
  text: string
  /** Shown statuses; empty means all. */
  statuses: readonly MonitorStatus[]
}

/** The monitors that fit, in the order they came in. */
export function filterMonitors(
  monitors: readonly ListedMonitor[],
  { text, statuses }: ListFilter,
): readonly ListedMonitor[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0 && statuses.length === 0) return monitors
  return monitors.filter(
    (monitor) =>
      (statuses.length === 0 || statuses.includes(monitor.status)) && hasWords(monitor, words),
  )
}

/** How many monitors are in each status, worst first; statuses without any are left out. */
export function countStatuses(
  monitors: readonly ListedMonitor[],
): { status: MonitorStatus; count: number }[] {
  const counts = new Map<MonitorStatus, number>()
  for (const { status } of monitors) counts.set(status, (counts.get(status) ?? 0) + 1)
  return WORST_FIRST.map((status) => ({ status, count: counts.get(status) ?? 0 })).filter(
    ({ count }) => count > 0,
  )
}

function hasWords({ name, target, kind }: ListedMonitor, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const text = `${name} ${target} ${kind}`.toLowerCase()
  return words.every((word) => text.includes(word))
}
