import { accentFile, accentValues } from './accent.ts'
import { LANGUAGES, type Language } from './language.ts'

/** The files of the built client, see vite/status-page.ts. */
declare const __PAGE_FILES__: {
  script: string
  icon: string
  styles: string[]
  /** What the script needs at once, the texts of a language too. */
  preloads: Record<Language, string[]>
}

export interface Head {
  language: Language
  base: string
  title: string
  /** No search engine shows it. */
  isHidden: boolean
  url?: string
  siteName?: string
  accent?: string
  logo?: string | null
  /** The address of the page's own doors. */
  doors?: string
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => ESCAPES[letter]!)

/** A tag without content; an attribute that is undefined is left out. */
function tag(name: string, attributes: Record<string, string | undefined>): string {
  const told = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(value ?? '')}"`)
  return `<${name}${told.join('')}>`
}

/** The document around what Vue has rendered. Without a state it stays as it is: nothing needs a script. */
export function documentHtml(page: Head & { body: string; state?: string }): string {
  const { language, base, title, body, state } = page
  const at = (file: string) => base + file
  const scripts =
    state === undefined
      ? ''
      : `<script id="state" type="application/json">${state}</script>` +
        `${tag('script', { type: 'module', src: at(__PAGE_FILES__.script) })}</script>`
  return [
    `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8">`,
    tag('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    tag('meta', { name: 'color-scheme', content: 'light dark' }),
    `<title>${escaped(title)}</title>`,
    ...(page.isHidden ? [tag('meta', { name: 'robots', content: 'noindex' })] : []),
    ...__PAGE_FILES__.styles.map((file) => tag('link', { rel: 'stylesheet', href: at(file) })),
    ...accentLink(page),
    ...(state === undefined ? [] : preloads(page)),
    tag('link', { rel: 'icon', href: at(__PAGE_FILES__.icon), type: 'image/svg+xml' }),
    ...social(page),
    ...alternates(page),
    `</head><body><div id="page">${body}</div>${scripts}</body></html>`,
  ].join('')
}

function accentLink({ accent, base }: Head): string[] {
  if (accent === undefined || !accentValues(accent)) return []
  const href = `${base}accent/${accentFile(accent)}`
  return [tag('link', { rel: 'stylesheet', href, id: 'accent' })]
}

function preloads({ language, base }: Head): string[] {
  return __PAGE_FILES__.preloads[language].map((file) =>
    tag('link', { rel: 'modulepreload', href: base + file }),
  )
}

function social({ title, url, siteName, logo, language }: Head): string[] {
  if (url === undefined) return []
  // Those who pass a page on need whole addresses; without a PUBLIC_URL nobody knows ours.
  const isWhole = URL.canParse(url)
  const image = isWhole && logo && URL.canParse(logo, url) ? new URL(logo, url).href : undefined
  const properties = {
    ...{ 'og:type': 'website', 'og:title': title, 'og:url': isWhole ? url : undefined },
    ...{
      'og:description': title,
      'og:site_name': siteName,
      'og:locale': language,
      'og:image': image,
    },
  }
  return [
    tag('meta', { name: 'description', content: title }),
    tag('meta', { name: 'twitter:card', content: 'summary' }),
    ...Object.entries(properties)
      .filter(([, content]) => content !== undefined)
      .map(([property, content]) => tag('meta', { property, content })),
  ]
}

function alternates({ url, doors, siteName, isHidden }: Head): string[] {
  if (url === undefined || doors === undefined) return []
  const feed = (kind: 'atom' | 'rss') =>
    tag('link', {
      ...{ rel: 'alternate', type: `application/${kind}+xml`, href: `${doors}/feed.${kind}` },
      title: siteName,
    })
  const languages = Object.keys(LANGUAGES).map((hreflang) =>
    tag('link', { rel: 'alternate', hreflang, href: `${url}?lang=${hreflang}` }),
  )
  return [
    // Both must be whole addresses; without a PUBLIC_URL nobody knows ours.
    ...(isHidden || !URL.canParse(url)
      ? []
      : [tag('link', { rel: 'canonical', href: url }), ...languages]),
    feed('atom'),
    feed('rss'),
  ]
}
