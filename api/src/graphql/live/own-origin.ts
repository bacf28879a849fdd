const ORIGIN = /^(https?:)\/\/[^/?#@\\\s]+$/

/**
 * Whether a request comes from a page that this very server has served, or from a program. Programs send no
 * Origin; browsers always send one with an upgrade, and no page can forge it.
 */
export function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true
  const scheme = ORIGIN.exec(origin)?.[1]
  if (!scheme || !host) return false
  const address = `${scheme}//${host}`
  return URL.canParse(address) && new URL(address).origin === origin
}
