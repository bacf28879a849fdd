import { expect, it } from 'vitest'
import { pathWithin, workspaceBase } from './workspace-base.ts'

it.each([
  ['/', null, '/'],
  ['/monitors/a', null, '/'],
  ['/w', null, '/'],
  ['/w/', null, '/'],
  ['/w/acme', 'acme', '/w/acme/'],
  ['/w/acme/', 'acme', '/w/acme/'],
  ['/w/acme/monitors/a', 'acme', '/w/acme/'],
  ['/w/%C3%A9/monitors', '%C3%A9', '/w/%C3%A9/'],
  ['/web/acme', null, '/'],
])('reads the workspace of %s', (pathname, slug, base) => {
  expect(workspaceBase(pathname)).toEqual({ slug, base })
})

it.each([
  ['/', '/monitors/a?q=x', '/monitors/a?q=x'],
  ['/', '/w/acme/', null],
  ['/', '/graphql#query=x', null],
  ['/', '/graphql-notes', '/graphql-notes'],
  ['/', '/status/acme', null],
  ['/', '/status-pages', '/status-pages'],
  ['/w/acme/', '/w/acme/monitors', '/monitors'],
  ['/w/acme/', '/w/acme/', '/'],
  ['/w/acme/', '/w/other/monitors', null],
  ['/w/acme/', '/', null],
])('knows from %s whether %s needs another page', (base, path, within) => {
  expect(pathWithin(base, path)).toBe(within)
})
