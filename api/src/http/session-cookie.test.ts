import { describe, expect, it } from 'vitest'
import { bringsSession, noSessionCookies, sessionCookie, sessionIn } from './session-cookie.ts'

const until = new Date('2026-12-01T00:00:00Z')

describe('the cookie of a session', () => {
  it('is bound to the host and to https where there is https', () => {
    expect(sessionCookie('secret', until, true)).toBe(
      '__Host-allswell=secret; Path=/; HttpOnly; SameSite=Lax; Secure; Expires=Tue, 01 Dec 2026 00:00:00 GMT',
    )
  })

  it('has a plain name on http', () => {
    expect(sessionCookie('secret', until, false)).toBe(
      'allswell_session=secret; Path=/; HttpOnly; SameSite=Lax; Expires=Tue, 01 Dec 2026 00:00:00 GMT',
    )
  })

  it('is sent to nobody else on the host below a prefix', () => {
    expect(sessionCookie('secret', until, true, '/uptime')).toBe(
      '__Secure-allswell=secret; Path=/uptime; HttpOnly; SameSite=Lax; Secure; Expires=Tue, 01 Dec 2026 00:00:00 GMT',
    )
    expect(sessionCookie('secret', until, false, '/uptime')).toMatch(
      /^allswell_session_below=secret; Path=\/uptime; HttpOnly; SameSite=Lax; Expires/,
    )
    for (const cookie of noSessionCookies('/uptime'))
      expect(cookie).toMatch(/^(__Secure-allswell|allswell_session_below)=; Path=\/uptime; /)
  })

  it('goes by both names', () => {
    expect(noSessionCookies().map((cookie) => cookie.split('=')[0])).toEqual([
      '__Host-allswell',
      'allswell_session',
    ])
    for (const cookie of noSessionCookies()) expect(cookie).toContain('Max-Age=0')
  })
})

describe('a Cookie header', () => {
  it.each([
    ['allswell_session=a', false, 'a'],
    ['x=1;allswell_session=a; y=2', false, 'a'],
    ['allswell_session=a; allswell_session=b', false, undefined],
    ['allswell_session=a; allswell_session=a', false, undefined],
    ['xallswell_session=a', false, undefined],
    ['x="; allswell_session=a', false, 'a'],
    ['allswell_session=a', true, undefined],
    ['__Host-allswell=a; allswell_session=b', true, 'a'],
    ['__Host-allswell=a; allswell_session=b', false, 'b'],
    ['__host-allswell=a', true, undefined],
    ['', false, undefined],
    [undefined, false, undefined],
  ])('%j, on https: %s, holds %j', (cookies, isHttps, expected) =>
    expect(sessionIn(cookies, isHttps)).toBe(expected),
  )

  it.each([
    ['__Secure-allswell=a; __Host-allswell=b', true, 'a'],
    ['allswell_session_below=a; allswell_session=b', false, 'a'],
    ['__Host-allswell=b', true, undefined],
  ])('%j, below a prefix and on https: %s, holds %j', (cookies, isHttps, expected) =>
    expect(sessionIn(cookies, isHttps, '/uptime')).toBe(expected),
  )

  it('is seen to bring a session, be it good or not', () => {
    expect(bringsSession('a=b; __Host-allswell=')).toBe(true)
    expect(bringsSession('allswell_session=1; allswell_session=2')).toBe(true)
    expect(bringsSession('a=allswell_session=')).toBe(false)
    expect(bringsSession('__Secure-allswell=1')).toBe(true)
    expect(bringsSession('allswell_session_below=1')).toBe(true)
    expect(bringsSession(undefined)).toBe(false)
  })
})
