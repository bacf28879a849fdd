/** A day of a time zone. */
export interface LocalDay {
  /** YYYY-MM-DD. */
  date: string
  /** Its first instant, in ms since 1970. */
  fromMs: number
}

const DAY_MS = 86_400_000
const MOST_FORMATTERS = 500
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known) return known
  if (formatters.size >= MOST_FORMATTERS) formatters.clear()
  const made = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', calendar: 'gregory', numberingSystem: 'latn' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  })
  formatters.set(timeZone, made)
  return made
}

/** What the clocks of a time zone show, as if it were UTC, in ms. */
function wallClock(timeZone: string, at: number): number {
  const parts: Record<string, number> = {}
  for (const { type, value } of formatterOf(timeZone).formatToParts(at)) parts[type] = Number(value)
  const { year, month, day, hour, minute, second } = parts as Record<string, number>
  return Date.UTC(year!, month! - 1, day, hour, minute, second)
}

/** The first instant at which the clocks show a day, given as its midnight as if in UTC. */
function firstInstant(timeZone: string, midnight: number): number {
  let at = midnight - (wallClock(timeZone, midnight) - midnight)
  // Another offset may hold there; where midnight itself is skipped the day begins later.
  at = midnight - (wallClock(timeZone, at) - at)
  return wallClock(timeZone, at) < midnight ? at + (midnight - wallClock(timeZone, at)) : at
}

/** The last `count` days of a time zone up to today, the oldest first. */
export function lastLocalDays(timeZone: string, now: number, count: number): LocalDay[] {
  const today = Math.floor(wallClock(timeZone, now) / DAY_MS) * DAY_MS
  return Array.from({ length: count }, (_, n) => {
    const midnight = today - (count - 1 - n) * DAY_MS
    return {
      date: new Date(midnight).toISOString().slice(0, 10),
      fromMs: firstInstant(timeZone, midnight),
    }
  })
}
