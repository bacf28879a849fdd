import type { DoorPage, DoorPlace } from './door-page.ts'
import { feedEntries, type FeedEntry, feedId, feedUpdatedAt } from './feed-entries.ts'
import { element, escaped, oneLine } from './markup.ts'

const XML = '<?xml version="1.0" encoding="utf-8"?>\n'
const GENERATOR = 'Allswell'

/** Atom (RFC 4287): one entry for each outage, updated at its end. */
export function atomFeed(page: DoorPage, { home, doors }: DoorPlace): string {
  const title = oneLine(page.title)
  return `${XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
${element('id', feedId(page))}
${element('title', title)}
${element('updated', feedUpdatedAt(page).toISOString())}
<link rel="self" type="application/atom+xml" href="${escaped(`${doors}/feed.atom`)}"/>
<link rel="alternate" type="text/html" href="${escaped(home)}"/>
<author>${element('name', title)}</author>
${element('generator', GENERATOR)}
${feedEntries(page)
  .map((entry) => atomEntry(entry, home))
  .join('')}</feed>
`
}

function atomEntry({ id, title, html, publishedAt, updatedAt }: FeedEntry, home: string): string {
  return `<entry>
${element('id', id)}
${element('title', title)}
${element('published', publishedAt.toISOString())}
${element('updated', updatedAt.toISOString())}
<link rel="alternate" type="text/html" href="${escaped(home)}"/>
<content type="html">${escaped(html)}</content>
</entry>
`
}

/** RSS 2.0 with the same entries and ids. */
export function rssFeed(page: DoorPage, { home, doors }: DoorPlace): string {
  const title = oneLine(page.title)
  return `${XML}<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
${element('title', title)}
${element('link', home)}
${element('description', oneLine(page.descriptionText) || title)}
${element('language', 'en')}
${element('lastBuildDate', feedUpdatedAt(page).toUTCString())}
${element('generator', GENERATOR)}
<atom:link rel="self" type="application/rss+xml" href="${escaped(`${doors}/feed.rss`)}"/>
${feedEntries(page)
  .map((entry) => rssItem(entry, home))
  .join('')}</channel></rss>
`
}

/** RSS knows no time of a change: an item that is over carries the time of its end. */
function rssItem({ id, title, html, updatedAt }: FeedEntry, home: string): string {
  return `<item>
<guid isPermaLink="false">${escaped(id)}</guid>
${element('title', title)}
${element('link', home)}
${element('pubDate', updatedAt.toUTCString())}
${element('description', html)}
</item>
`
}
