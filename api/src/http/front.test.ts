import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { type Arrival, Front, type FrontConfig } from './front.ts'

const LOCAL: FrontConfig = {
  ...{ isLocalOnly: true, serveWeb: true, publicUrl: undefined },
  ...{ webOrigins: [], allowedHosts: [], trustedProxies: [] },
}
const front = (config: Partial<FrontConfig> = {}): Front => new Front({ ...LOCAL, ...config })
const open = { isLocalOnly: false }

const from = (remoteAddress: string, headers: Record<string, string> = {}): Arrival => ({
  socket: { remoteAddress } as Socket,
  headers: { host: 'localhost:3000', ...headers },
})

describe('a house below a prefix', () => {
  const house = front({ ...open, publicUrl: 'https://example.com/uptime' })

  it.each([
    ['/uptime/graphql?x=/uptime/', '/graphql?x=/uptime/'],
    ['/uptime/', '/'],
    ['/uptime', '/'],
    ['/uptime?a', '/?a'],
    ['/graphql', '/graphql'],
    ['/uptimes', '/uptimes'],
    ['/uptime/uptime/x', '/uptime/x'],
    ['/uptime//evil.example', '//evil.example'],
    ['/Uptime/x', '/Uptime/x'],
    ['*', '*'],
  ])('reads %s as %s', (address, path) => expect(house.withoutPrefix(address)).toBe(path))

  it('reads every address as it is where there is none', () =>
    expect(front().withoutPrefix('/uptime/x')).toBe('/uptime/x'))

  it('tells its whole address, and takes pages of its origin for its own', () => {
    const request = from('127.0.0.1', { host: 'example.com' })
    expect(house.publicUrlOf(request)).toBe('https://example.com/uptime')
    expect(house.webUrlOf(request)).toBe('https://example.com/uptime')
    expect(house.isHostAllowed(request)).toBe(true)
    expect(house.isOriginAllowed('https://example.com', request)).toBe(true)
    expect(house.isOriginAllowed('https://example.com.evil', request)).toBe(false)
  })
})

describe('where a request comes from', () => {
  const spoofed = {
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    forwarded: 'for=203.0.113.9;host=evil.example;proto=https',
    'x-real-ip': '203.0.113.9',
  }

  it('is the peer, whatever it says, unless it is a trusted proxy', () => {
    for (const config of [{}, { trustedProxies: ['10.0.0.0/8', '127.0.0.2'] }]) {
      const request = from('127.0.0.1', spoofed)
      expect(front(config).addressOf(request)).toBe('127.0.0.1')
      expect(front(config).publicUrlOf(request)).toBe('http://localhost:3000')
      expect(front(config).isHttps(request)).toBe(false)
    }
  })

  it('is what a trusted proxy says', () => {
    const house = front({ trustedProxies: ['127.0.0.0/8'] })
    const request = from('::ffff:127.0.0.1', spoofed)
    expect(house.addressOf(request)).toBe('203.0.113.9')
    expect(house.publicUrlOf(request)).toBe('https://evil.example')
    expect(house.isHostAllowed(request)).toBe(false)
  })

  it.each([
    ['10.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['10.0.0.1', '1.1.1.1, 203.0.113.9', '203.0.113.9'],
    ['10.0.0.1', '1.1.1.1, 203.0.113.9, 10.0.0.2', '203.0.113.9'],
    ['10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['10.0.0.1', '203.0.113.9, nonsense', '10.0.0.1'],
    ['10.0.0.1', '', '10.0.0.1'],
    ['10.0.0.1', ', ,', '10.0.0.1'],
    ['10.0.0.1', '::ffff:203.0.113.9', '203.0.113.9'],
    ['10.0.0.1', '2001:db8::1', '2001:db8::1'],
    ['203.0.113.1', '10.0.0.1', '203.0.113.1'],
  ])('%s forwards %j: it is %s', (peer, forwarded, expected) => {
    const house = front({ trustedProxies: ['10.0.0.0/8'] })
    expect(house.addressOf(from(peer, { 'x-forwarded-for': forwarded }))).toBe(expected)
  })
})

describe('the names of the house', () => {
  const isAllowed = (config: Partial<FrontConfig>, host: string): boolean =>
    front(config).isHostAllowed(from('127.0.0.1', { host }))

  it('are those of this machine while only this machine reaches it', () => {
    expect(isAllowed({}, 'localhost:3000')).toBe(true)
    expect(isAllowed({}, '192.168.1.5:3000')).toBe(false)
    expect(isAllowed({}, 'evil.example')).toBe(false)
  })

  it('are the configured ones and no other when there are some', () => {
    const config = { ...open, publicUrl: 'https://a.example', allowedHosts: ['b.lan:3000'] }
    for (const host of ['a.example', 'A.Example', 'b.lan:3000', '127.0.0.1:3000', '[::1]'])
      expect(isAllowed(config, host), host).toBe(true)
    for (const host of ['b.lan', 'a.example:81', 'evil.example', 'a.example.evil.example', ''])
      expect(isAllowed(config, host), host).toBe(false)
  })

  it('are any that can be a name when others reach it and none is configured', () => {
    for (const host of ['192.168.1.5:3000', 'box.lan', 'my_box', '[fd00::1]:3000'])
      expect(isAllowed(open, host), host).toBe(true)
    for (const host of [
      '',
      'a b',
      'a@b',
      'a/b',
      'a?b',
      'a:b',
      'a\\b',
      '[zz]',
      '-.x',
      'x'.repeat(300),
    ])
      expect(isAllowed(open, host), host).toBe(false)
  })
})

describe('the addresses that go into links', () => {
  const publicUrl = 'https://status.example.com'

  it('are the configured ones, whatever a request names', () => {
    const house = front({ ...open, publicUrl, allowedHosts: ['b.lan'] })
    const request = from('1.2.3.4', { host: 'b.lan', origin: 'https://evil.example' })
    expect(house.publicUrlOf(request)).toBe(publicUrl)
    expect(house.webUrlOf(request)).toBe(publicUrl)
    expect(house.isHttps(request)).toBe(false)
    expect(house.isHttps(from('1.2.3.4', { host: 'status.example.com' }))).toBe(true)
  })

  it('lead to the client that asks, or to the first when the server has no pages', () => {
    const webOrigins = ['https://app.example.com', 'https://app.other.test']
    const config = { ...open, publicUrl, webOrigins }
    const asked = from('1.2.3.4', { origin: 'https://app.other.test' })
    expect(front(config).webUrlOf(asked)).toBe('https://app.other.test')
    expect(front(config).webUrlOf(from('1.2.3.4'))).toBe(publicUrl)
    expect(front({ ...config, serveWeb: false }).webUrlOf(from('1.2.3.4'))).toBe(webOrigins[0])
  })
})

describe('an Origin', () => {
  it('is ours under the public address, through a trusted proxy, or in the list', () => {
    const house = front({
      ...{ ...open, publicUrl: 'https://a.example', webOrigins: ['https://app.example'] },
      trustedProxies: ['10.0.0.0/8'],
    })
    const direct = from('1.2.3.4', { host: 'internal:3000', 'x-forwarded-host': 'c.example' })
    const proxied = { ...direct, socket: { remoteAddress: '10.0.0.1' } as Socket }
    for (const origin of [
      undefined,
      'https://a.example',
      'https://app.example',
      'http://internal:3000',
    ])
      expect(house.isOriginAllowed(origin, direct)).toBe(true)
    expect(house.isOriginAllowed('https://c.example', proxied)).toBe(true)
    expect(house.isOriginAllowed('https://c.example', direct)).toBe(false)
    for (const origin of [
      'null',
      '',
      'https://app.example.evil',
      'http://app.example',
      'https://APP.example',
    ])
      expect(house.isOriginAllowed(origin, direct)).toBe(false)
  })
})
