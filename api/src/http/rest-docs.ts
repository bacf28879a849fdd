import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { DOCS_LOOK, DOCS_START } from './rest-docs-look.ts'
import { DOCS_POLICY } from './security-headers.ts'

const DAY_SECONDS = 86_400

/** Files of Swagger UI, served by ourselves: the page works offline. */
const FILES = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
} as const

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Allswell REST API</title>
    <link rel="icon" type="image/png" href="docs/favicon-32x32.png" />
    <link rel="stylesheet" href="docs/swagger-ui.css" />
    <link rel="stylesheet" href="docs/look.css" />
    <script defer src="docs/swagger-ui-bundle.js"></script>
    <script defer src="docs/start.js"></script>
  </head>
  <body>
    <div id="docs"></div>
    <noscript>These pages need JavaScript; <a href="openapi.json">openapi.json</a> does not.</noscript>
  </body>
</html>
`

/** `/api/docs`: the browsable REST API. */
export function addRestDocs(server: FastifyInstance): void {
  server.get('/api/docs', (_request, reply) =>
    reply
      .header('content-security-policy', DOCS_POLICY)
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(PAGE),
  )
  const ours = { 'start.js': DOCS_START, 'look.css': DOCS_LOOK }
  for (const [name, text] of Object.entries(ours))
    server.get(`/api/docs/${name}`, (_request, reply) =>
      reply
        .header('cache-control', 'no-cache')
        .type(name.endsWith('.js') ? 'text/javascript; charset=utf-8' : 'text/css; charset=utf-8')
        .send(text),
    )
  const held = new Map<string, Buffer>()
  for (const [name, type] of Object.entries(FILES))
    server.get(`/api/docs/${name}`, (_request, reply) => {
      const bytes = held.get(name) ?? readFileSync(path.join(folder(), name))
      held.set(name, bytes)
      const cacheControl = `public, max-age=${DAY_SECONDS}`
      return reply.header('cache-control', cacheControl).type(type).send(bytes)
    })
}

const folder = (): string =>
  path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
