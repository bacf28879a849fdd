const digits = (fraction: number) =>
  new Intl.NumberFormat(undefined, {
    minimumFractionDigits: fraction,
    maximumFractionDigits: fraction,
  })
const [whole, tenths, hundredths] = [digits(0), digits(1), digits(2)]
const small = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 })
const plain = new Intl.NumberFormat()
const percent = (fraction: number) =>
  new Intl.NumberFormat(undefined, { style: 'percent', minimumFractionDigits: fraction })
const [wholePercent, finePercent] = [percent(0), percent(2)]

/** What stands where there is no value. */
export const NO_VALUE = '–'

/** `0.84 ms`, `276 ms`, `1.24 s`, `31.0 s`; `–` for null. */
export function formatLatency(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return NO_VALUE
  if (ms < 0.995) return `${small.format(ms)} ms`
  if (ms < 9.95) return `${tenths.format(ms)} ms`
  if (ms < 999.5) return `${whole.format(ms)} ms`
  return ms < 9995 ? `${hundredths.format(ms / 1000)} s` : `${tenths.format(ms / 1000)} s`
}

/** `99.43%` for 0.99437: cut, never rounded up, so that 100% means all of the time; `–` for null. */
export function formatRatio(ratio: number | null | undefined): string {
  if (ratio === null || ratio === undefined) return NO_VALUE
  if (ratio >= 1) return wholePercent.format(1)
  // The small addend undoes binary fractions such as 0.29 * 100 = 28.999…
  return finePercent.format(Math.floor(ratio * 10_000 + 1e-7) / 10_000)
}

/** `12,345` in the viewer's language. */
export function formatCount(count: number): string {
  return plain.format(count)
}
