/** The languages that pages speak, each under its own name. */
export const LANGUAGES = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  pt: 'Português',
  hi: 'हिन्दी',
  ja: '日本語',
  zh: '中文',
} as const
export type Language = keyof typeof LANGUAGES

const LONGEST_HEADER = 500

/** The language of a tag such as `de-AT`; null when pages don't speak it. */
export function languageOfTag(tag: unknown): Language | null {
  if (typeof tag !== 'string') return null
  const name = tag.trim().toLowerCase().split(/[-_]/, 1)[0] ?? ''
  return Object.hasOwn(LANGUAGES, name) ? (name as Language) : null
}

/** The best of an Accept-Language header; null when nothing in it is spoken here. */
export function acceptedLanguage(header: string | undefined): Language | null {
  let best: { language: Language; weight: number } | null = null
  for (const part of (header ?? '').slice(0, LONGEST_HEADER).split(',')) {
    const [tag, ...parameters] = part.split(';')
    const language = languageOfTag(tag)
    const weight = weightIn(parameters)
    if (language && weight > (best?.weight ?? 0)) best = { language, weight }
  }
  return best?.language ?? null
}

function weightIn(parameters: string[]): number {
  const q = parameters.map((text) => /^\s*q=([\d.]{1,5})\s*$/i.exec(text)?.[1]).find(Boolean)
  const weight = q === undefined ? 1 : Number(q)
  return weight >= 0 && weight <= 1 ? weight : 0
}

export interface LanguageWishes {
  /** `?lang=` of the address: the visitor chose by hand. */
  asked?: unknown
  /** The language that the page is set to. */
  fixed?: string | null | undefined
  /** The Accept-Language header. */
  accepted?: string | undefined
}

/** By hand, else as the page is set, else as the browser says, else English. */
export function chooseLanguage({ asked, fixed, accepted }: LanguageWishes): Language {
  return languageOfTag(asked) ?? languageOfTag(fixed) ?? acceptedLanguage(accepted) ?? 'en'
}
