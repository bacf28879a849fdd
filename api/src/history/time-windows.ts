import { registerEnumType } from 'type-graphql'

export const UptimeWindow = {
  HOUR: 'HOUR',
  DAY: 'DAY',
  WEEK: 'WEEK',
  MONTH: 'MONTH',
  QUARTER: 'QUARTER',
} as const
export type UptimeWindow = keyof typeof UptimeWindow

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

/** The length of each window that ends now, in milliseconds. */
export const WINDOW_MS: Record<UptimeWindow, number> = {
  HOUR: HOUR_MS,
  DAY: DAY_MS,
  WEEK: 7 * DAY_MS,
  MONTH: 30 * DAY_MS,
  QUARTER: 90 * DAY_MS,
}

/** The beginning of the hour (UTC) that contains `ms`. */
export const hourOf = (ms: number): number => Math.floor(ms / HOUR_MS) * HOUR_MS

/** The beginning of the day (UTC) that contains `ms`. */
export const dayOf = (ms: number): number => Math.floor(ms / DAY_MS) * DAY_MS

registerEnumType(UptimeWindow, {
  name: 'UptimeWindow',
  description: 'A stretch of time that ends now.',
  valuesConfig: {
    HOUR: { description: 'The last hour.' },
    DAY: { description: 'The last 24 hours.' },
    WEEK: { description: 'The last 7 days.' },
    MONTH: { description: 'The last 30 days.' },
    QUARTER: { description: 'The last 90 days.' },
  },
})
