import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { APP_POLICY, PLAYGROUND_POLICY } from './security-headers.ts'

type PageName = 'app' | 'playground'

interface Page {
  html: Buffer
  policy: string
}

/** The built pages, read once. */
export interface WebBuild {
  folder: string
  pages: Record<PageName, Page>
}

const YEAR_SECONDS = 31_536_000

/** The addresses in a page that begin at the root; scripts find everything else from where they are themselves. */
const ROOTED = /(\s(?:src|href|content)=")\/(?!\/)/g

const pageBelow = (prefix: string, file: string): Buffer => {
  const html = readFileSync(file)
  return prefix ? Buffer.from(html.toString().replace(ROOTED, `$1${prefix}/`)) : html
}

/** Reads the build, for the prefix under which it is served; undefined when there is none. */
export function readWebBuild(folder: string, prefix = ''): WebBuild | undefined {
  const files = {
    app: path.join(folder, 'index.html'),
    playground: path.join(folder, 'playground/index.html'),
  }
  if (!existsSync(files.app) || !existsSync(files.playground)) return undefined
  return {
    folder,
    pages: {
      app: { html: pageBelow(prefix, files.app), policy: APP_POLICY },
      playground: { html: pageBelow(prefix, files.playground), policy: PLAYGROUND_POLICY },
    },
  }
}

/** Pages are asked for anew each time; what they load is named by its content and kept for ever. */
export function sendPage(reply: FastifyReply, web: WebBuild, name: PageName): FastifyReply {
  const { html, policy } = web.pages[name]
  return reply
    .header('content-security-policy', policy)
    .header('cache-control', 'no-cache')
    .type('text/html; charset=utf-8')
    .send(html)
}

/** The files of the build, precompressed where the browser takes it, and the app for every navigation. */
export async function addWebBuild(server: FastifyInstance, web: WebBuild): Promise<void> {
  await server.register(fastifyStatic, {
    root: web.folder,
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    // The status page's own files have their own door; its server's half is nobody's.
    globIgnore: ['**/*.html', '**/*.br', '**/*.gz', 'assets/status/**', 'server/**'],
    setHeaders: (reply, file) => {
      const isNamedByContent = path.relative(web.folder, file).startsWith('assets')
      reply.header(
        'cache-control',
        isNamedByContent ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache',
      )
      // A worker obeys the policy of its own file.
      reply.header(
        'content-security-policy',
        "default-src 'none'; script-src 'self'; connect-src 'self'; font-src 'self' data:; style-src 'self' 'unsafe-inline'",
      )
    },
  })
  server.get('/', (_request, reply) => sendPage(reply, web, 'app'))
}
