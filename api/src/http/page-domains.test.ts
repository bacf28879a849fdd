import { expect, it } from 'vitest'
import { silentLog } from '../lib/log.ts'
import { ManualClock } from '../lib/manual-clock.ts'
import { PageDomains } from './page-domains.ts'

const settled = (): Promise<void> => new Promise((done) => setImmediate(done))

function setUp() {
  const clock = new ManualClock()
  let pages = [{ domain: 'Status.Example.com', slug: 'acme' }]
  let isDown = false
  let reads = 0
  const read = async () => {
    reads++
    await settled()
    if (isDown) throw new Error('no database')
    return pages
  }
  const domains = new PageDomains({ read, clock, log: silentLog })
  return {
    ...{ clock, domains, readCount: () => reads },
    is: (next: typeof pages) => void (pages = next),
    fails: () => void (isDown = true),
  }
}

it('knows a page by its domain, however it is written, and asks nobody for that', async () => {
  const { domains, readCount } = setUp()
  expect(domains.slugAt('status.example.com')).toBeUndefined()
  await domains.start()
  for (const host of ['status.example.com', 'STATUS.EXAMPLE.COM', 'status.example.com.:8443'])
    expect(domains.slugAt(host)).toBe('acme')
  for (const host of [
    '',
    'example.com',
    'a.status.example.com',
    'status.example.com@evil',
    '__proto__',
  ])
    expect(domains.slugAt(host)).toBeUndefined()
  expect(readCount()).toBe(1)
  domains.stop()
})

it('reads anew when a page has changed: once more for all who ask while it reads', async () => {
  const { domains, is, readCount } = setUp()
  await domains.start()
  const first = domains.refresh()
  is([{ domain: 'new.example.com', slug: 'acme' }])
  await Promise.all([first, domains.refresh(), domains.refresh()])
  expect(readCount()).toBe(3)
  expect(domains.slugAt('new.example.com')).toBe('acme')
  expect(domains.slugAt('status.example.com')).toBeUndefined()
  domains.stop()
})

it('hears within half a minute of what nobody told, and keeps what it knew while nothing can be read', async () => {
  const { clock, domains, is, fails } = setUp()
  await domains.start()
  is([{ domain: 'other.example.com', slug: 'other' }])
  clock.advance(30_000)
  await settled()
  await settled()
  expect(domains.slugAt('other.example.com')).toBe('other')
  fails()
  clock.advance(30_000)
  await settled()
  await settled()
  expect(domains.slugAt('other.example.com')).toBe('other')
  domains.stop()
})
