/** Where only who is not signed in has business, and what is no page. */
const NO_GOAL = /^\/(sign-in|set-up|forgotten|auth|api)([/?#]|$)/
/** Browsers drop tabs and line breaks from an address and read `\` as `/`. */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const TRICKS = /[\\\u0000-\u0020\u007f]/

/** `next` of an address when it is a path on this origin that may be gone to, else the fallback. */
export function safeNext(next: unknown, fallback = '/'): string {
  if (typeof next !== 'string' || !next.startsWith('/') || TRICKS.test(next)) return fallback
  const origin = 'http://here.invalid'
  if (!URL.canParse(next, origin)) return fallback
  const url = new URL(next, origin)
  // `/.//elsewhere` becomes `//elsewhere`, which is another host.
  const isOurs = url.origin === origin && !url.pathname.includes('//')
  const path = url.pathname + url.search + url.hash
  return isOurs && !NO_GOAL.test(url.pathname) ? path : fallback
}
