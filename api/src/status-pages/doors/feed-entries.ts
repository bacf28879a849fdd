import type { PublicOutage } from '../public-page.objects.ts'
import type { DoorPage } from './door-page.ts'
import { escaped, oneLine } from './markup.ts'
import { STATE_WORDS } from './status-words.ts'

/** One outage as readers of feeds see it; the same id for as long as it is told. */
export interface FeedEntry {
  id: string
  title: string
  html: string
  publishedAt: Date
  updatedAt: Date
}

/** Readers keep what they have seen; a feed tells what is new. */
const MOST_ENTRIES = 50
/** The names hold wherever the page is reached (RFC 4151). */
const NAMES = 'tag:allswell,2026:'

export const feedId = ({ publicId }: Pick<DoorPage, 'publicId'>): string =>
  `${NAMES}page/${publicId}`

/** The newest first. */
export function feedEntries(page: DoorPage): FeedEntry[] {
  return page.outages.slice(0, MOST_ENTRIES).map((outage) => entryOf(outage, page.timeZone))
}

/** When anything in the feed last changed. */
export function feedUpdatedAt(page: DoorPage): Date {
  const moments = feedEntries(page).map(({ updatedAt }) => updatedAt.getTime())
  return new Date(Math.max(page.createdAt.getTime(), ...moments))
}

function entryOf(outage: PublicOutage, timeZone: string): FeedEntry {
  const { id, componentName, status, startedAt, endedAt } = outage
  const name = oneLine(componentName)
  const state = STATE_WORDS[status]
  const began = moment(startedAt, timeZone)
  const story = endedAt
    ? `${began} – ${moment(endedAt, timeZone)} (${lasted(startedAt, endedAt)})`
    : `Since ${began}. It lasts.`
  return {
    id: `${NAMES}outage/${encodeURIComponent(id)}`,
    title: `${name}: ${state}${endedAt ? ', over' : ''}`,
    html: `<p><strong>${escaped(name)}</strong>: ${state}.</p><p>${story}</p>`,
    publishedAt: startedAt,
    updatedAt: endedAt ?? startedAt,
  }
}

function moment(at: Date, timeZone: string): string {
  const text = at.toLocaleString('en-GB', {
    ...{ timeZone, day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  })
  return `<time datetime="${at.toISOString()}">${escaped(text)}</time>`
}

const MINUTES_OF_AN_HOUR = 60
const MINUTES_OF_A_DAY = 1_440

function lasted(from: Date, to: Date): string {
  const minutes = Math.max(1, Math.round((to.getTime() - from.getTime()) / 60_000))
  const parts = [
    [Math.floor(minutes / MINUTES_OF_A_DAY), 'd'],
    [Math.floor((minutes % MINUTES_OF_A_DAY) / MINUTES_OF_AN_HOUR), 'h'],
    [minutes % MINUTES_OF_AN_HOUR, 'min'],
  ] as const
  return parts
    .filter(([count]) => count)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}
