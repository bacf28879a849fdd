// The yardstick of a cached page: Fastify with nothing but one handler, which sends the same bytes under the same headers.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { AddressInfo } from 'node:net'
import { projectRoot } from '../harness/server-process.ts'

interface Reply {
  type(name: string): Reply
  header(name: string, value: string): Reply
  send(body: Buffer): Reply
}
interface Server {
  server: { address(): unknown }
  get(path: string, answer: (request: unknown, reply: Reply) => Reply): void
  listen(at: { port: number; host: string }): Promise<string>
}

const require = createRequire(path.join(projectRoot, 'api/package.json'))
const { fastify } = require('fastify') as { fastify(): Server }

const [bodyFile = '', encoding = ''] = process.argv.slice(2)
const body = readFileSync(bodyFile)
const server = fastify()
server.get('/page', (_request, reply) =>
  reply.type('text/html; charset=utf-8').header('content-encoding', encoding).send(body),
)
await server.listen({ port: 0, host: '127.0.0.1' })
console.log((server.server.address() as AddressInfo).port)
process.on('SIGTERM', () => process.exit(0))
