/** What the Mann-Whitney test says of two samples. */
export interface Comparison {
  /** How far the rank sum lies from where equal distributions put it, in standard deviations. */
  z: number
  /** How often a value of the second sample is greater than one of the first, from 0 to 1; 0.5 when they are alike. */
  superiority: number
}

/** Compares two samples by ranks (normal approximation, ties share their rank). */
export function mannWhitney(first: readonly number[], second: readonly number[]): Comparison {
  const all = [
    ...first.map((value) => ({ value, isSecond: false })),
    ...second.map((value) => ({ value, isSecond: true })),
  ].sort((a, b) => a.value - b.value)
  let rankSum = 0
  for (let begin = 0; begin < all.length;) {
    let end = begin
    while (end < all.length && all[end]?.value === all[begin]?.value) end++
    const shared = (begin + 1 + end) / 2
    for (const { isSecond } of all.slice(begin, end)) if (isSecond) rankSum += shared
    begin = end
  }
  const [n, m] = [first.length, second.length]
  const u = rankSum - (m * (m + 1)) / 2
  const deviation = Math.sqrt((n * m * (n + m + 1)) / 12)
  return { z: (u - (n * m) / 2) / deviation, superiority: u / (n * m) }
}
