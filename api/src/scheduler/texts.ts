import type { WatchedMonitor } from '../monitors/index.ts'

export const MESSAGE_UNSEEN = 'The server stood still while it checked; the result says nothing.'

/** Why a push monitor is down. */
export function missedMessage(lateAfterMs: number): string {
  return `No push came within ${durationInWords(lateAfterMs)}.`
}

/** The same, by what was awaited. */
export function missedMessageOf(
  monitor: Pick<WatchedMonitor, 'intervalMs' | 'schedule' | 'startedMs'>,
): string {
  const { schedule, startedMs, intervalMs } = monitor
  if (!schedule) return missedMessage(intervalMs)
  const { cron, timeZone, periodMs, graceMs } = schedule
  if (typeof startedMs === 'number')
    return `The job began and did not end within ${durationInWords(graceMs)}.`
  if (!cron) return missedMessage(periodMs + graceMs)
  return `No push came within ${durationInWords(graceMs)} after it was expected by ${cron} (${timeZone}).`
}

const UNITS: [string, number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
]

/** The two largest units that say something: 90 s is "1 min 30 s". */
export function durationInWords(ms: number): string {
  let rest = ms
  const parts = UNITS.flatMap(([unit, size]) => {
    const count = Math.floor(rest / size)
    rest -= count * size
    return count ? [`${count} ${unit}`] : []
  })
  return parts.slice(0, 2).join(' ') || '0 s'
}
