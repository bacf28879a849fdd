import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import type { Language } from './language.ts'
import type { CountKey, TextKey, Texts } from './texts.ts'

type Values = Readonly<Record<string, string | number>>

/** How a page speaks: its texts, and its numbers and times in the page's time zone. */
export interface Speech {
  language: Language
  text(key: TextKey, values?: Values): string
  count(key: CountKey, n: number, values?: Values): string
  moment(at: string | number): string
  clock(at: string | number): string
  /** `YYYY-MM-DD`, a day of the page's calendar. */
  day(day: string): string
  /** The day of a moment in the page's time zone, as `YYYY-MM-DD`. */
  dayOf(at: string | number): string
  /** `YYYY-MM`. */
  month(month: string): string
  span(ms: number): string
  ratio(ratio: number): string
  latency(ms: number): string
}

const fill = (text: string, values: Values): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

const formats = new Map<string, ReturnType<typeof makeFormats>>()
const MOST_FORMATS = 200

/** Formatters are dear to make, and the same for every page of a language and a zone. */
function formatsOf(language: Language, timeZone: string): ReturnType<typeof makeFormats> {
  const key = `${language} ${timeZone}`
  const known = formats.get(key)
  if (known) return known
  if (formats.size >= MOST_FORMATS) formats.clear()
  const made = makeFormats(language, timeZone)
  formats.set(key, made)
  return made
}

const CLOCK = { hour: '2-digit', minute: '2-digit' } as const
const DAY = { year: 'numeric', month: 'short', day: 'numeric' } as const
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

function makeFormats(language: Language, timeZone: string) {
  const date = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone, ...options })
  const percent = (digits: number) =>
    new Intl.NumberFormat(language, { style: 'percent', minimumFractionDigits: digits })
  const unit = (name: string, digits = 0) =>
    new Intl.NumberFormat(language, {
      ...{ style: 'unit', unit: name, unitDisplay: 'short' },
      maximumFractionDigits: digits,
    })
  return {
    days: new Map<string, string>(),
    plural: late(() => new Intl.PluralRules(language)),
    moment: late(() => date({ month: 'short', day: 'numeric', ...CLOCK })),
    clock: late(() => date({ ...CLOCK, second: '2-digit' })),
    day: late(() => date({ ...DAY, timeZone: 'UTC' })),
    month: late(() => date({ year: 'numeric', month: 'long', timeZone: 'UTC' })),
    isoDay: late(() => new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })),
    percents: late(() => [percent(0), percent(2), percent(3)] as const),
    units: late(() => Object.fromEntries(UNITS.map(([name]) => [name, unit(name)]))),
    milliseconds: late(() => unit('millisecond')),
    seconds: late(() => unit('second', 2)),
  }
}

/** Made at the first use. */
function late<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

/** Makes the formatters that every page needs, one at a time, with a pause after each. */
export async function warmSpeech(
  language: Language,
  timeZone: string,
  rest: () => Promise<void>,
): Promise<void> {
  const { plural, moment, clock, day, month, isoDay, percents, units } = formatsOf(
    language,
    knownZone(timeZone),
  )
  for (const make of [plural, moment, clock, day, month, isoDay, percents, units]) {
    make()
    await rest()
  }
}

/** The day of a moment in a time zone, as `YYYY-MM-DD`. */
export const dayIn = (timeZone: string, at: string | number): string =>
  formatsOf('en', knownZone(timeZone)).isoDay().format(new Date(at))

export function createSpeech(language: Language, texts: Texts, timeZone: string): Speech {
  const format = formatsOf(language, knownZone(timeZone))
  return {
    language,
    text: (key, values) => (values ? fill(texts[key], values) : texts[key]),
    count(key, n, values) {
      const forms = texts[key]
      return fill(forms[format.plural().select(n)] ?? forms.other, { ...values, n })
    },
    moment: (at) => format.moment().format(new Date(at)),
    clock: (at) => format.clock().format(new Date(at)),
    day: (day) => dayText(format, day),
    dayOf: (at) => format.isoDay().format(new Date(at)),
    month: (month) => format.month().format(new Date(`${month}-01T00:00:00Z`)),
    span: (ms) => spanText(ms, (unit, n) => format.units()[unit]!.format(n)),
    ratio: (ratio) => ratioText(ratio, format.percents()),
    latency: (ms) =>
      ms < 1000 ? format.milliseconds().format(ms) : format.seconds().format(ms / 1000),
  }
}

/** The same ninety days are told for every component. */
function dayText({ day: format, days }: ReturnType<typeof makeFormats>, day: string): string {
  const known = days.get(day)
  if (known !== undefined) return known
  if (days.size >= MOST_FORMATS) days.clear()
  const text = format().format(new Date(`${day}T00:00:00Z`))
  days.set(day, text)
  return text
}

const zones = new Map<string, string>()

/** A zone that this machine does not know, of a newer list than its own, is told in UTC. */
function knownZone(timeZone: string): string {
  const known = zones.get(timeZone)
  if (known) return known
  if (zones.size >= MOST_FORMATS) zones.clear()
  const zone = isZone(timeZone) ? timeZone : 'UTC'
  zones.set(timeZone, zone)
  return zone
}

function isZone(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }))
  } catch {
    return false
  }
}

/** The two largest units. */
function spanText(ms: number, told: (unit: string, n: number) => string): string {
  let rest = Math.max(0, Math.round(ms / 1000) * 1000)
  const parts: string[] = []
  for (const [unit, size] of UNITS) {
    const n = Math.floor(rest / size)
    rest -= n * size
    if (n > 0) parts.push(told(unit, n))
    else if (parts.length === 1) break
    if (parts.length === 2) break
  }
  return parts.join(' ') || told('second', 0)
}

/** Cut, never rounded up, so that 100% means all of the time; one more digit where two would not tell. */
function ratioText(
  ratio: number,
  [whole, two, three]: readonly [Intl.NumberFormat, Intl.NumberFormat, Intl.NumberFormat],
): string {
  if (ratio >= 1) return whole.format(1)
  const digits = ratio >= 0.9999 ? 5 : 4
  // The small addend undoes binary fractions such as 0.29 * 100 = 28.999…
  const cut = Math.floor(ratio * 10 ** digits + 1e-7) / 10 ** digits
  return (digits === 5 ? three : two).format(Math.max(0, cut))
}

const SpeechKey: InjectionKey<ComputedRef<Speech>> = Symbol('speech')

export interface Voice {
  language: Language
  texts: Texts
  timeZone: string
}

/** Lets every component below speak; follows a change of the page's time zone. */
export function provideSpeech(voice: () => Voice): ComputedRef<Speech> {
  const speech = computed(() => {
    const { language, texts, timeZone } = voice()
    return createSpeech(language, texts, timeZone)
  })
  provide(SpeechKey, speech)
  return speech
}

export function useSpeech(): ComputedRef<Speech> {
  const speech = inject(SpeechKey, null)
  if (!speech) throw new Error('A part of a status page stands outside of one.')
  return speech
}
