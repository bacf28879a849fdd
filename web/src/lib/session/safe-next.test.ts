import { expect, it } from 'vitest'
import { safeNext } from './safe-next.ts'

it.each([
  '/',
  '/monitors/a?q=x#top',
  '/w/acme/monitors',
  '/graphql#query=%7Bviewer%7Bid%7D%7D',
  '/join/abc',
  '/?to=https://example.com//x',
])('goes on to a page of ours: %s', (next) => {
  expect(safeNext(next)).toBe(next)
})

it.each([
  undefined,
  null,
  ['/a'],
  '',
  'monitors',
  'https://evil.example/',
  'javascript:alert(1)',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  ' /monitors',
  '/.//evil.example',
  '/a/..//evil.example',
  '/monitors//a',
  '/%5c\u0000',
  '/sign-in?next=/x',
  '/set-up',
  '/auth/google?link=1',
  '/api/v1/x',
])('stays here for anything else: %j', (next) => {
  expect(safeNext(next, '/home')).toBe('/home')
})

it('never yields what the browser would read as another origin', () => {
  const parts = ['/', '\\', '.', '..', '\t', '@', ':', 'http:', 'evil.example', '%2f', '#', '?']
  for (const a of parts)
    for (const b of parts)
      for (const c of parts)
        for (const d of parts) {
          const url = new URL(safeNext(a + b + c + d), 'https://app.example')
          expect(url.origin).toBe('https://app.example')
        }
})
