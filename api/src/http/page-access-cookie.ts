const NAME = 'allswell_page='
const TOKEN = /^[\w.~-]{16,200}$/

/** What the visitor got for a page's password; undefined when there is none, or several and so no telling which is good. */
export function pageAccessIn(cookies: string | undefined): string | undefined {
  const found = (cookies ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(NAME))
  const token = found.length === 1 ? found[0]!.slice(NAME.length) : undefined
  return token !== undefined && TOKEN.test(token) ? token : undefined
}
