import type { Plugin } from 'vite'

const RELATIVE = /(\s(?:src|href)=")(?:\.\.?\/)+/g
const BASE = /(<meta name="allswell-base" content=")\/(")/

/**
 * Scripts and styles find each other from where they are themselves. A page can't: it is served at any address, so
 * its own begin at the root, or at WEB_PATH for a host of static files that has the client elsewhere.
 */
export function rootedPages({ WEB_PATH = '/' }: NodeJS.ProcessEnv = {}): Plugin {
  if (!/^\/([\w~-][\w.~-]*\/)*$/.test(WEB_PATH))
    throw new Error(`WEB_PATH is a path such as /app/, not "${WEB_PATH}".`)
  return {
    name: 'allswell-rooted-pages',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replace(RELATIVE, `$1${WEB_PATH}`).replace(BASE, `$1${WEB_PATH}$2`),
    },
  }
}
