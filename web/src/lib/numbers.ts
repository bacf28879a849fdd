import { perFormatting } from './formatting.ts'

const formats = perFormatting(({ locale }) => {
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options)
  const digits = (fraction: number) =>
    number({ minimumFractionDigits: fraction, maximumFractionDigits: fraction })
  const percent = (fraction: number) =>
    number({ style: 'percent', minimumFractionDigits: fraction })
  return {
    whole: digits(0),
    tenths: digits(1),
    hundredths: digits(2),
    small: number({ maximumFractionDigits: 2 }),
    plain: number({}),
    wholePercent: percent(0),
    finePercent: percent(2),
  }
})

/** What stands where there is no value. */
export const NO_VALUE = '–'

/** `0.84 ms`, `276 ms`, `1.24 s`, `31.0 s`; `–` for null. */
export function formatLatency(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return NO_VALUE
  const { small, whole, tenths, hundredths } = formats()
  if (ms < 0.995) return `${small.format(ms)} ms`
  if (ms < 9.95) return `${tenths.format(ms)} ms`
  if (ms < 999.5) return `${whole.format(ms)} ms`
  return ms < 9995 ? `${hundredths.format(ms / 1000)} s` : `${tenths.format(ms / 1000)} s`
}

/** `99.43%` for 0.99437: cut, never rounded up, so that 100% means all of the time; `–` for null. */
export function formatRatio(ratio: number | null | undefined): string {
  if (ratio === null || ratio === undefined) return NO_VALUE
  const { wholePercent, finePercent } = formats()
  if (ratio >= 1) return wholePercent.format(1)
  // The small addend undoes binary fractions such as 0.29 * 100 = 28.999…
  return finePercent.format(Math.floor(ratio * 10_000 + 1e-7) / 10_000)
}

/** `12,345` in the viewer's language. */
export function formatCount(count: number): string {
  return formats().plain.format(count)
}
