import { addMessages, chooseLocale, i18n, type Messages } from '../lib/i18n/index.ts'

/** English comes with the pages; every other language is a file `<room>/messages/<locale>.json` fetched on demand. */
const english = import.meta.glob<Messages>('/src/*/messages/en.json', {
  eager: true,
  import: 'default',
})
const others = import.meta.glob<Messages>(['/src/*/messages/*.json', '!/src/*/messages/en.json'], {
  import: 'default',
})

const PLACE = /\/([^/]+)\/messages\/([^/]+)\.json$/
const placeOf = (path: string) => {
  const [, room = '', locale = ''] = PLACE.exec(path) ?? []
  return { room, locale }
}

/** Adds English at once, so that tests and the first paint have texts. */
export function loadEnglish(): void {
  for (const [path, messages] of Object.entries(english)) {
    addMessages('en', placeOf(path).room, messages)
  }
}

/** Loads the viewer's language when there is one; English stays where a text is missing. */
export async function loadViewersLanguage(languages = navigator.languages): Promise<string> {
  const files = Object.entries(others).map(([path, load]) => ({ ...placeOf(path), load }))
  const locale = chooseLocale(languages, ['en', ...files.map((file) => file.locale)])
  const wanted = files.filter((file) => file.locale === locale)
  await Promise.all(wanted.map(async ({ room, load }) => addMessages(locale, room, await load())))
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
  return locale
}
