import type { PublicDays } from './page.ts'

/** One letter for a day: down, degraded, maintenance, up, nothing known. */
const MARKS = ['x', 'd', 'm', 'u', '-'] as const
export type Mark = (typeof MARKS)[number]

/** Width of a day in the drawing, and height of the drawing. */
export const DAY_STEP = 4
export const BARS_HEIGHT = 28

const isMark = (letter: string | undefined): letter is Mark =>
  letter !== undefined && letter.length === 1 && 'udxm-'.includes(letter)

const markAt = (marks: string, index: number): Mark => {
  const letter = marks[index]
  return isMark(letter) ? letter : '-'
}

/**
 * One path per state. Days of one state that follow each other are one dashed line (3 drawn, 1 free), so that ninety
 * quiet days take a dozen letters.
 */
export function barPaths(days: Pick<PublicDays, 'marks'>): { mark: Mark; path: string }[] {
  const paths = new Map<Mark, string>()
  const { marks } = days
  for (let first = 0; first < marks.length;) {
    const mark = markAt(marks, first)
    let next = first + 1
    while (next < marks.length && markAt(marks, next) === mark) next += 1
    const line = `M${first * DAY_STEP} ${BARS_HEIGHT / 2}h${(next - first) * DAY_STEP - 1}`
    paths.set(mark, (paths.get(mark) ?? '') + line)
    first = next
  }
  return [...paths].map(([mark, path]) => ({ mark, path }))
}

/** How many days of each state, the worst first. */
export function countMarks({ marks }: Pick<PublicDays, 'marks'>): { mark: Mark; n: number }[] {
  const counts: Record<Mark, number> = { x: 0, d: 0, m: 0, u: 0, '-': 0 }
  for (let index = 0; index < marks.length; index++) counts[markAt(marks, index)] += 1
  return MARKS.map((mark) => ({ mark, n: counts[mark] })).filter(({ n }) => n > 0)
}

export interface Day {
  /** `YYYY-MM-DD`. */
  day: string
  mark: Mark
  downMs: number
}

const DAY_MS = 86_400_000

export function dayAt(days: PublicDays, index: number): Day {
  const first = Date.parse(`${days.from}T00:00:00Z`)
  const day = new Date((Number.isNaN(first) ? 0 : first) + index * DAY_MS)
  return {
    day: day.toISOString().slice(0, 10),
    mark: markAt(days.marks, index),
    downMs: (days.downSeconds[index] ?? 0) * 1000,
  }
}

/** Days that somebody may want to read of, the newest first. */
export function troubledDays(days: PublicDays): Day[] {
  const troubled: Day[] = []
  for (let index = days.marks.length - 1; index >= 0; index--) {
    const mark = markAt(days.marks, index)
    if (mark !== 'u' && mark !== '-') troubled.push(dayAt(days, index))
  }
  return troubled
}
