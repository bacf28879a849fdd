/** What XML 1.0 can't hold even when it is escaped. */
const IMPOSSIBLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
}

/** A text as it may stand in XML, SVG and HTML, in attributes too. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(IMPOSSIBLE, '\uFFFD')
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign]!)
}

/** One line of text: no breaks, nothing that turns the direction of what stands after it. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, ' ')
    .trim()
}

/** `<name>text</name>`, the text escaped. */
export const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`
