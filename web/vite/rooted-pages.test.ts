import { expect, it } from 'vitest'
import { rootedPages } from './rooted-pages.ts'

const PAGE =
  '<meta name="allswell-base" content="/" /><script src="../assets/a.js"></script><link href="./theme.css">'

function transformed(environment: Record<string, string>): string {
  const { transformIndexHtml } = rootedPages(environment)
  const { handler } = transformIndexHtml as { handler: (html: string) => string }
  return handler(PAGE)
}

it('lets what a page loads begin at the root, wherever the page is served', () =>
  expect(transformed({})).toBe(
    '<meta name="allswell-base" content="/" /><script src="/assets/a.js"></script><link href="/theme.css">',
  ))

it('lets it begin where the host of static files has the client', () =>
  expect(transformed({ WEB_PATH: '/app/' })).toBe(
    '<meta name="allswell-base" content="/app/" /><script src="/app/assets/a.js"></script><link href="/app/theme.css">',
  ))

it.each(['app', '/app', '//x/', '/a b/', '/"/', '/../'])('refuses the path %s', (WEB_PATH) =>
  expect(() => rootedPages({ WEB_PATH })).toThrow('WEB_PATH is a path'),
)
