import { formatting, perFormatting } from '../formatting.ts'

/** Times and spans for people, in the viewer's language and time zone. */
export type Moment = Date | string | number

const formats = perFormatting(() => new Map<string, Intl.DateTimeFormat>())

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const known = formats()
  const key = JSON.stringify(options)
  let format = known.get(key)
  if (!format) {
    const { locale, timeZone } = formatting()
    known.set(key, (format = new Intl.DateTimeFormat(locale, { ...options, timeZone })))
  }
  return format
}

const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
const DAY = { day: 'numeric', month: 'short' } as const
const SHORT_CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

/** `12:03:20`. */
export function formatClock(moment: Moment): string {
  return dateFormat(CLOCK).format(new Date(moment))
}

/** `Nov 23`. */
export function formatDay(moment: Moment): string {
  return dateFormat(DAY).format(new Date(moment))
}

/** `12:03` today, `Nov 23, 12:03` on another day, with the year in another year. */
export function formatMoment(moment: Moment, now: Moment = Date.now()): string {
  const date = new Date(moment)
  const [year, day] = dayOf(date)
  const [thisYear, today] = dayOf(new Date(now))
  if (day === today) return dateFormat(SHORT_CLOCK).format(date)
  const withYear = year === thisYear ? {} : { year: 'numeric' as const }
  return dateFormat({ ...DAY, ...withYear, ...SHORT_CLOCK }).format(date)
}

const dayFormat = perFormatting(
  ({ timeZone }) => new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone }),
)

/** Year and day in the viewer's time zone, to compare. */
function dayOf(date: Date): [year: string, day: string] {
  const day = dayFormat().format(date)
  return [day.slice(0, 4), day]
}

/** Date, time with seconds and zone: for tooltips and tables. */
export function formatExact(moment: Moment): string {
  return dateFormat({ year: 'numeric', ...DAY, ...CLOCK, timeZoneName: 'short' }).format(
    new Date(moment),
  )
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

const unitFormats = perFormatting(
  ({ locale }) =>
    Object.fromEntries(
      UNITS.map(([unit]) => [
        unit,
        new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow' }),
      ]),
    ) as Record<(typeof UNITS)[number][0], Intl.NumberFormat>,
)

/** `42s`, `5m 10s`, `1h 5m`, `3d 4h`: the two largest units of a span in milliseconds. */
export function formatDuration(spanMs: number): string {
  let rest = Math.max(0, Math.round(spanMs / 1000) * 1000)
  const parts: string[] = []
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(unitFormats()[unit].format(count))
    else if (parts.length === 1) break
    if (parts.length === 2) break
  }
  return parts.join(' ') || unitFormats().second.format(0)
}
