/** What stands beside a page, as its own domain has it at its root. Statuspage’s clients look there. */
const AT_ROOT =
  /^\/(feed\.(?:atom|rss)|widget\.(?:js|json)|logo|unlock|subscribe|api\/v2\/[a-z/-]+\.json)$/
const BADGE_AT_ROOT = /^\/badge\.(svg|json)$/
const RENAMED: Readonly<Record<string, string>> = {
  '/history.atom': 'feed.atom',
  '/history.rss': 'feed.rss',
}
/** The page’s own files, its live connection, and what every site has. */
const COMMON =
  /^\/(assets\/status\/.+|accent\/[^/]+|graphql(\/stream)?|robots\.txt|sitemap\.xml|favicon\.svg)$/

/**
 * Where a path on the domain of a page leads; undefined: nowhere, for the app is not served there and other pages
 * aren’t either.
 */
export function pathOnDomain(slug: string, path: string): string | undefined {
  const own = `/status/${slug}`
  if (path === '/') return own
  const renamed = RENAMED[path] ?? AT_ROOT.exec(path)?.[1]
  if (renamed !== undefined) return `${own}/${renamed}`
  const badge = BADGE_AT_ROOT.exec(path)?.[1]
  if (badge !== undefined) return `/badge/${slug}.${badge}`
  const beginnings = [`${own}/`, `/badge/${slug}.`, `/badge/${slug}/`]
  const isOwn = path === own || beginnings.some((beginning) => path.startsWith(beginning))
  return isOwn || COMMON.test(path) ? path : undefined
}
