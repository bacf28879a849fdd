import { escaped } from './markup.ts'

/** A page that search engines may know of. */
export interface ListedPage {
  url: string
  updatedAt: Date
}

/** Status pages and the app’s own pages may be read; the doors of programs are nothing for search engines. */
export function robotsText(sitemap: string): string {
  const closed = ['/api/', '/auth/', '/graphql']
  return ['User-agent: *', ...closed.map((path) => `Disallow: ${path}`), `Sitemap: ${sitemap}`, '']
    .map((line) => line.replace(/[\r\n]/g, ''))
    .join('\n')
}

export function sitemap(pages: readonly ListedPage[]): string {
  const entries = pages.map(
    ({ url, updatedAt }) =>
      `<url><loc>${escaped(url)}</loc><lastmod>${updatedAt.toISOString()}</lastmod></url>\n`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join('')}</urlset>
`
}
