import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { rewriteAddress } from './domain-guard.ts'
import { Front, type FrontConfig } from './front.ts'

const LOCAL: FrontConfig = {
  ...{ isLocalOnly: true, serveWeb: true, publicUrl: undefined },
  ...{ webOrigins: [], allowedHosts: [], trustedProxies: [] },
}

function frontOf(config: Partial<FrontConfig> = {}): Front {
  const front = new Front({ ...LOCAL, ...config })
  const pages = new Map([
    ['status.acme.example', 'acme'],
    ['app.example', 'evil'],
    ['localhost', 'evil'],
  ])
  front.servePages({ slugAt: (host) => pages.get(host.toLowerCase()) })
  return front
}

const request = (host: string, url = '/', headers: Record<string, string> = {}): IncomingMessage =>
  ({
    ...{ socket: { remoteAddress: '127.0.0.1' } as Socket, url, headers: { host, ...headers } },
  }) as IncomingMessage

const NAMED = { isLocalOnly: false, publicUrl: 'https://app.example/up' }

describe('the domain of a page', () => {
  it('is admitted beside our own names', () => {
    for (const front of [frontOf(), frontOf(NAMED)]) {
      expect(front.isHostAllowed(request('status.acme.example'))).toBe(true)
      expect(front.pageAt(request('status.acme.example'))).toBe('acme')
      expect(front.isHostAllowed(request('other.example'))).toBe(false)
    }
  })

  it('never takes one of our own names, nor any where we don’t know them', () => {
    expect(frontOf().pageAt(request('localhost'))).toBeUndefined()
    expect(frontOf(NAMED).pageAt(request('app.example'))).toBeUndefined()
    const allowed = frontOf({ isLocalOnly: false, allowedHosts: ['app.example'] })
    expect(allowed.pageAt(request('app.example'))).toBeUndefined()
    const nameless = frontOf({ isLocalOnly: false })
    expect(nameless.pageAt(request('status.acme.example'))).toBeUndefined()
    expect(nameless.pageAt(request('app.example'))).toBeUndefined()
  })

  it('is what a trusted proxy says, and nobody else', () => {
    const said = { 'x-forwarded-host': 'status.acme.example' }
    expect(frontOf().pageAt(request('localhost', '/', said))).toBeUndefined()
    const trusting = frontOf({ trustedProxies: ['127.0.0.0/8'] })
    expect(trusting.pageAt(request('localhost', '/', said))).toBe('acme')
  })
})

describe('an address', () => {
  it('leads to the page and its doors on the page’s domain', () => {
    const at = (url: string) => rewriteAddress(frontOf(NAMED), request('status.acme.example', url))
    expect(at('/')).toBe('/status/acme')
    expect(at('/?lang=de')).toBe('/status/acme?lang=de')
    expect(at('/feed.atom')).toBe('/status/acme/feed.atom')
    expect(at('/history.rss')).toBe('/status/acme/feed.rss')
    expect(at('/api/v2/incidents/unresolved.json')).toBe(
      '/status/acme/api/v2/incidents/unresolved.json',
    )
    expect(at('/badge.svg?style=flat')).toBe('/badge/acme.svg?style=flat')
    expect(at('/assets/status/a.js')).toBe('/assets/status/a.js')
    for (const url of [
      '/sign-in',
      '/api/v1/monitors',
      '/status/other',
      '/assets/app.js',
      '//',
      '*',
    ])
      expect(at(url)).toBe('/nowhere-on-this-domain')
  })

  it('stays what it is elsewhere, without our prefix', () => {
    const at = (url: string) => rewriteAddress(frontOf(NAMED), request('app.example', url))
    expect(at('/')).toBe('/')
    expect(at('/up/status/acme')).toBe('/status/acme')
    expect(at('/feed.atom')).toBe('/feed.atom')
  })
})
