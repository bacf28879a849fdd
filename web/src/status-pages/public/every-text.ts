import type { Language } from './language.ts'
import type { Texts } from './texts.ts'

const files = import.meta.glob<Texts>('./texts/*.json', { eager: true, import: 'default' })

/** All languages at once: for the server alone. */
export const textsOf = (language: Language): Texts => files[`./texts/${language}.json`]!
