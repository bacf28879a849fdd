import type { PublicOutage } from './page.ts'

export interface HistoryMonth {
  /** `YYYY-MM`. */
  month: string
  outages: PublicOutage[]
}

/** So many months stand there even when nothing happened. */
const LEAST_MONTHS = 3

/** The outages by the month in which they began, the newest first. `dayOf` tells a moment's day in the page's zone. */
export function historyByMonth(
  outages: readonly PublicOutage[],
  today: string,
  dayOf: (at: string) => string,
): HistoryMonth[] {
  const months = new Map<string, PublicOutage[]>()
  let month = today.slice(0, 7)
  for (let n = 0; n < LEAST_MONTHS; n++) {
    months.set(month, [])
    month = monthBefore(month)
  }
  for (const outage of outages) {
    const month = dayOf(outage.startedAt).slice(0, 7)
    months.set(month, [...(months.get(month) ?? []), outage])
  }
  return [...months]
    .map(([month, outages]) => ({ month, outages }))
    .sort((a, b) => (a.month < b.month ? 1 : -1))
}

function monthBefore(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return number > 1
    ? `${year}-${String(number - 1).padStart(2, '0')}`
    : `${String(year - 1).padStart(4, '0')}-12`
}
