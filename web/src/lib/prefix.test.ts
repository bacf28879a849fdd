import { afterEach, describe, expect, it } from 'vitest'
import { inside, outside, prefixIn } from './prefix.ts'

const page = (html: string) => new DOMParser().parseFromString(html, 'text/html')

describe('the prefix of the house', () => {
  it.each([
    ['<meta name="allswell-base" content="/uptime/">', '/uptime'],
    ['<meta name="allswell-base" content="/a/b/">', '/a/b'],
    ['<meta name="allswell-base" content="/">', ''],
    ['<title>No word of it</title>', ''],
  ])('is what the page %s says', (html, prefix) => expect(prefixIn(page(html))).toBe(prefix))

  it('is nothing where there is no page', () => expect(prefixIn(undefined)).toBe(''))
})

describe('an address below a prefix', () => {
  it.each([
    ['/uptime/w/acme/', '/w/acme/'],
    ['/uptime/', '/'],
    ['/uptime', '/'],
    ['/uptime?status=DOWN', '/?status=DOWN'],
    ['/uptime#top', '/#top'],
    ['/uptimes/x', '/uptimes/x'],
    ['/elsewhere', '/elsewhere'],
  ])('%s is %s to the app', (address, path) => expect(inside(address, '/uptime')).toBe(path))

  it('has the prefix again outside', () =>
    expect(outside('/w/acme/', '/uptime')).toBe('/uptime/w/acme/'))
})

describe('the own page', () => {
  afterEach(() => document.head.replaceChildren())

  it('is at the root unless the server has said otherwise', () => {
    expect([inside('/uptime/x'), outside('/x')]).toEqual(['/uptime/x', '/x'])
    document.head.innerHTML = '<meta name="allswell-base" content="/uptime/">'
    expect([inside('/uptime/x'), outside('/x')]).toEqual(['/x', '/uptime/x'])
  })
})
