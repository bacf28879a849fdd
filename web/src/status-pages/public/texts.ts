import type english from './texts/en.json'
import type { Language } from './language.ts'

/** Forms by the plural rules of the language. */
type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }
type English = typeof english
export type TextKey = { [K in keyof English]: English[K] extends string ? K : never }[keyof English]
export type CountKey = Exclude<keyof English, TextKey>
/** Every text of a page in one language. */
export type Texts = Record<TextKey, string> & Record<CountKey, Forms>

const files = import.meta.glob<{ default: Texts }>('./texts/*.json')

/** Fetched when it is needed: a visitor loads one language. */
export async function loadTexts(language: Language): Promise<Texts> {
  return (await files[`./texts/${language}.json`]!()).default
}
