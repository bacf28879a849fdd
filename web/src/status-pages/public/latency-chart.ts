import type { PublicLatency } from './page.ts'

export const CHART_WIDTH = 320
export const CHART_HEIGHT = 48
/** More can't be told apart at this width. */
const MOST_POINTS = 96

export interface LatencyChart {
  /** The curve; a gap where nothing was measured. */
  path: string
  averageMs: number
  longestMs: number
}

const isKnown = (value: number | null): value is number => value !== null
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
const rounded = (value: number): number => Math.round(value * 10) / 10

/** The drawing of a day's response times; null when there is nothing to draw. */
export function latencyChart({ points }: PublicLatency): LatencyChart | null {
  const averages = points.map(({ avgMs }) => avgMs)
  const known = averages.filter(isKnown)
  if (known.length < 2) return null
  const thinned = thin(averages)
  const top = Math.max(...thinned.filter(isKnown)) || 1
  const longest = Math.max(...points.map(({ maxMs }) => maxMs).filter(isKnown), ...known)
  return { path: pathOf(thinned, top), averageMs: meanOf(known), longestMs: longest }
}

function thin(values: readonly (number | null)[]): (number | null)[] {
  const group = Math.ceil(values.length / MOST_POINTS)
  const thinned: (number | null)[] = []
  for (let first = 0; first < values.length; first += group) {
    const known = values.slice(first, first + group).filter(isKnown)
    thinned.push(known.length ? meanOf(known) : null)
  }
  return thinned
}

function pathOf(values: readonly (number | null)[], top: number): string {
  const step = CHART_WIDTH / Math.max(1, values.length - 1)
  let path = ''
  let isDrawing = false
  values.forEach((value, index) => {
    if (value !== null) {
      const y = CHART_HEIGHT - 2 - (value / top) * (CHART_HEIGHT - 4)
      path += `${isDrawing ? 'L' : 'M'}${rounded(index * step)} ${rounded(y)}`
    }
    isDrawing = value !== null
  })
  return path
}
