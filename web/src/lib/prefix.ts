/**
 * The path under which the whole house stands when it shares its host, such as `/uptime`; empty at the root. The
 * server writes it into the page, so that one build serves every prefix. Paths in the app know nothing of it: it is
 * taken off where an address of the browser is read, and put on where one is loaded.
 */
export function prefixIn(page: Pick<Document, 'querySelector'> | undefined): string {
  const place = page?.querySelector('meta[name="allswell-base"]')?.getAttribute('content')
  return (place ?? '').replace(/\/$/, '')
}

const prefix = () => prefixIn(typeof document === 'undefined' ? undefined : document)

/** The browser's address of a path of ours. */
export const outside = (path: string, before: string = prefix()): string => before + path

/** The path of ours at an address of the browser, which begins with a slash. */
export function inside(address: string, before: string = prefix()): string {
  if (!before || !address.startsWith(before)) return address
  const rest = address.slice(before.length)
  if (rest === '' || /^[?#]/.test(rest)) return `/${rest}`
  return rest.startsWith('/') ? rest : address
}
