import { createI18n } from 'vue-i18n'

export type Messages = { [key: string]: string | Messages }

/** Texts of the pages. Each room brings its own file (`messages/en.json`), found under the room's name. */
export const i18n = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: {} as Record<string, Record<string, Messages>>,
  // A missing translation falls back to English by design; only missing English is a mistake.
  fallbackWarn: false,
  missingWarn: false,
  missing(locale, key) {
    if (import.meta.env.DEV && locale === 'en') console.warn(`Text is missing: ${key}`)
  },
})

/** Adds a room's texts: key `close` of room `ui` is then `ui.close`. */
export function addMessages(locale: string, room: string, messages: Messages): void {
  i18n.global.mergeLocaleMessage(locale, { [room]: messages })
}

/** Text outside a component; inside, use vue-i18n's `useI18n()`. */
export function translate(key: string, values: Record<string, unknown> = {}): string {
  return i18n.global.t(key, values)
}

/** The first of the viewer's languages that has texts, else English. */
export function chooseLocale(wanted: readonly string[], available: readonly string[]): string {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0] ?? ''
    if (available.includes(tag)) return tag
    if (available.includes(language)) return language
  }
  return 'en'
}
