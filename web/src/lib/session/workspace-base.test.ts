import { expect, it } from 'vitest'
import { workspaceBase } from './workspace-base.ts'

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
