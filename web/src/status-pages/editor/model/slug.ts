/** As the server judges it. */
const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/
const LONGEST = 60

export const isSlug = (text: string): boolean => SLUG.test(text)

/** A name for addresses made from a title; empty where no letter of it can stand in one. */
export function slugOf(title: string): string {
  return title
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'o')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '')
}
