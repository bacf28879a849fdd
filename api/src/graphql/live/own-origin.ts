const ORIGIN = /^(https?:)\/\/[^/?#@\\\s]+$/

/**
 * Whether a request comes from a page that this very server has served, or from a program. Programs send no
 * Origin; browsers always send one with an upgrade, and no page can forge it.
 */
export function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true
  const scheme = ORIGIN.exec(origin)?.[1]
  if (!scheme || !host) return false
  const page = parse(origin)
  const server = parse(`${scheme}//${host}`)
  return page !== undefined && server !== undefined && page.host === server.host
}

function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}
