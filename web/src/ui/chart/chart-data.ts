export interface ChartSeries {
  label: string
  /** Token of its colour, without `--color-`. */
  color: string
  /** As many as there are times; null leaves a gap. */
  values: readonly (number | null)[]
  /** Filled down to the axis. */
  isFilled?: boolean
  isDashed?: boolean
}

/** A stretch of time that is shaded, such as an outage. Times in ms since 1970. */
export interface ChartZone {
  fromMs: number
  toMs: number
  color: string
}

export interface ChartData {
  timesMs: number[]
  values: (number | null)[][]
}

/** Breaks the lines where two neighbours are further apart than `gapMs`. */
export function withGaps(
  timesMs: readonly number[],
  series: readonly ChartSeries[],
  gapMs?: number,
): ChartData {
  const data: ChartData = { timesMs: [], values: series.map(() => []) }
  timesMs.forEach((time, index) => {
    const before = timesMs[index - 1]
    if (gapMs !== undefined && before !== undefined && time - before > gapMs) {
      data.timesMs.push(before + gapMs)
      for (const values of data.values) values.push(null)
    }
    data.timesMs.push(time)
    series.forEach((each, at) => data.values[at]?.push(each.values[index] ?? null))
  })
  return data
}

export interface SeriesFacts {
  min: number
  mean: number
  max: number
  last: number
}

/** What a chart tells at a glance; null when it has no value. */
export function factsOf(values: readonly (number | null)[]): SeriesFacts | null {
  const known = values.filter((value) => value !== null)
  const last = known.at(-1)
  if (last === undefined) return null
  let [min, max, sum] = [Infinity, -Infinity, 0]
  for (const value of known) {
    min = Math.min(min, value)
    max = Math.max(max, value)
    sum += value
  }
  return { min, mean: sum / known.length, max, last }
}

/** Indices of values without a neighbour: a line can't show them, a dot does. */
export function lonelyPoints(values: readonly (number | null | undefined)[]): number[] {
  const isGap = (index: number) => values[index] === null || values[index] === undefined
  return [...values.keys()].filter((index) => !isGap(index) && isGap(index - 1) && isGap(index + 1))
}

/** At most `most` indices, evenly spread, first and last among them. */
export function spreadIndices(length: number, most: number): number[] {
  if (length <= most) return [...Array(length).keys()]
  return Array.from({ length: most }, (_, i) => Math.round((i * (length - 1)) / (most - 1)))
}
