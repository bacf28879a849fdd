import { describe, expect, it } from 'vitest'
import { safeNext } from './safe-next.ts'

describe('where a sign-in leads', () => {
  it.each([
    '/',
    '/monitors/1?from=x#y',
    '/w/team/settings/members',
    '/?q=https://evil.example',
    '/a%2F%2Fb',
  ])('may be %s', (next) => expect(safeNext(next)).toBe(next))

  it.each([
    ...[
      'https://evil.example',
      '//evil.example',
      '///evil.example',
      '/\\evil.example',
      '\\\\evil.example',
    ],
    ...[
      '/\t/evil.example',
      '/\n/evil.example',
      '\t//evil.example',
      ' //evil.example',
      '/ /evil.example',
    ],
    ...[
      'javascript:alert(1)',
      'data:text/html,x',
      'evil.example',
      '@evil.example',
      '',
      'http:evil.example',
    ],
    ...[
      '/..//evil.example',
      '/.//evil.example',
      '/x/..//evil.example',
      '/\u0000/x',
      '/%0a\r\nSet-Cookie: a=b',
    ],
    ...[undefined, null, 1, ['/x'], {}, `/${'x'.repeat(2_001)}`],
  ])('must not be %j (Directus CVE-2026-22032)', (next) => {
    const led = safeNext(next)
    expect(led).toMatch(/^\/(?!\/)/)
    expect(new URL(led, 'https://ours.example').origin).toBe('https://ours.example')
    expect(led).not.toMatch(/[\r\n\t\\]/)
  })
})
