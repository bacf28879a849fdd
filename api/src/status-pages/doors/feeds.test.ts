import 'reflect-metadata'
import { parseFeed } from '@rowanmanning/feed-parser'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { at, doorPage, HOSTILE_TEXTS, PLACE } from '../../../test/door-pages.ts'
import type { PublicOutage } from '../public-page.objects.ts'
import { atomFeed, rssFeed } from './feeds.ts'

const outage = (changes: Partial<PublicOutage> = {}): PublicOutage => ({
  ...{ id: 'o1', componentId: 'abcdefghij01', componentName: 'API', status: 'MAJOR_OUTAGE' },
  ...{ startedAt: at(0), endedAt: null },
  ...changes,
})
interface Parsed {
  entry?: { content: string }
  item?: { description: string }
}

const KINDS = [
  ['Atom', atomFeed],
  ['RSS', rssFeed],
] as const

describe.each(KINDS)('a feed as %s', (kind, feed) => {
  it('is read by a parser of feeds, with one item for each outage', () => {
    const page = doorPage({ outages: [outage({ id: 'o2', startedAt: at(9) }), outage()] })
    const read = parseFeed(feed(page, PLACE))
    expect(read.title).toBe('Acme')
    expect(read.url).toBe(PLACE.home)
    expect(read.self).toBe(`${PLACE.doors}/feed.${kind.toLowerCase()}`)
    expect(read.items.map(({ id }) => id)).toEqual([
      'tag:allswell,2026:outage/o2',
      'tag:allswell,2026:outage/o1',
    ])
    expect(read.items[0]!.title).toBe('API: major outage')
    expect(read.items[0]!.url).toBe(PLACE.home)
    expect(read.items[0]!.published).toEqual(at(9))
  })

  it('keeps the id of an outage that ends, and tells when that was', () => {
    const [during] = parseFeed(feed(doorPage({ outages: [outage()] }), PLACE)).items
    const over = doorPage({ outages: [outage({ endedAt: at(95) })] })
    const [after] = parseFeed(feed(over, PLACE)).items
    expect(after!.id).toBe(during!.id)
    expect(after!.title).toBe('API: major outage, over')
    const text = after!.content ?? after!.description
    expect(text).toContain('(1 h 35 min)')
    expect(kind === 'Atom' ? after!.updated : after!.published).toEqual(at(95))
  })

  it('tells times in the time zone of the page, on the day of its change too', () => {
    const xml = feed(doorPage({ outages: [outage({ endedAt: at(60) })] }), PLACE)
    const [item] = parseFeed(xml).items
    const text = item!.content ?? item!.description
    expect(text).toContain('29 Mar 2026, 01:30 CET')
    expect(text).toContain('29 Mar 2026, 03:30 CEST')
  })

  it('is empty but good without outages', () => {
    const xml = feed(doorPage(), PLACE)
    expect(XMLValidator.validate(xml)).toBe(true)
    expect(parseFeed(xml).items).toEqual([])
  })

  it('tells the newest 50', () => {
    const many = Array.from({ length: 60 }, (_, n) => outage({ id: `o${n}`, startedAt: at(-n) }))
    const { items } = parseFeed(feed(doorPage({ outages: many }), PLACE))
    expect(items).toHaveLength(50)
    expect(items[0]!.id).toContain('/o0')
  })

  it.each(HOSTILE_TEXTS)('stays good XML that says no more than it should with %j', (text) => {
    const page = doorPage({
      ...{ title: text, descriptionText: text },
      outages: [outage({ componentName: text })],
    })
    const xml = feed(page, PLACE)
    expect(XMLValidator.validate(xml)).toBe(true)
    expect(xml).not.toMatch(/<script|<img|<!ENTITY|<!\[CDATA/i)
    // eslint-disable-next-line no-control-regex -- what no XML may hold
    expect(xml).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/)
    // What a reader of feeds shows as HTML holds the name as text only.
    const parsed = new XMLParser().parse(xml) as { feed?: Parsed; rss?: { channel: Parsed } }
    const html = parsed.feed?.entry?.content ?? parsed.rss?.channel.item?.description
    expect(html).toMatch(/^<p><strong>/)
    expect(html).not.toMatch(/<(?!\/?(p|strong|time)[ >])/)
  })
})
