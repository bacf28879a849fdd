export interface Figure {
  what: string
  value: number
  unit: string
  /** The bar that the figure must hold, when there is one. */
  bar?: { most?: number; least?: number }
  note?: string
}

const figures: Figure[] = []

export function report(figure: Figure): void {
  figures.push(figure)
  console.log(`    ${line(figure)}`)
}

export function holds({ value, bar }: Figure): boolean {
  if (!bar) return true
  return value <= (bar.most ?? Infinity) && value >= (bar.least ?? -Infinity)
}

const rounded = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2))

function line(figure: Figure): string {
  const { what, value, unit, bar, note } = figure
  const wanted = bar
    ? ` (bar: ${bar.most !== undefined ? `at most ${bar.most}` : `at least ${bar.least}`})`
    : ''
  return `${holds(figure) ? ' ' : '✗'} ${what}: ${rounded(value)} ${unit}${wanted}${note ? `; ${note}` : ''}`
}

/** Prints all figures once more; answers whether every bar is held. */
export function summary(): boolean {
  console.log('\nFigures')
  for (const figure of figures) console.log(`  ${line(figure)}`)
  return figures.every(holds)
}

export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}
