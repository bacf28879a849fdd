// A process of its own: an HTTP service that answers at once and remembers when each path was asked for.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const arrivals = new Map<string, number[]>()
const failing = new Set<string>()
/** When a path that was told to fail failed first. */
let failedAt = 0

const server = createServer((request, response) => {
  const path = request.url ?? '/'
  if (path.startsWith('/m/')) {
    const times = arrivals.get(path)
    if (times) times.push(Date.now())
    else arrivals.set(path, [Date.now()])
    const status = failing.has(path) ? 503 : 200
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"status":"ok"}')
    if (status === 503) failedAt ||= Date.now()
    return
  }
  if (path === '/arrivals') return void response.end(JSON.stringify(Object.fromEntries(arrivals)))
  if (path === '/failed-at') return void response.end(String(failedAt))
  if (path === '/forget') arrivals.clear()
  if (path.startsWith('/fail')) {
    failedAt = 0
    failing.add(path.slice('/fail'.length))
  }
  if (path.startsWith('/heal')) failing.delete(path.slice('/heal'.length))
  response.end('ok')
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', 4096, () => console.log((server.address() as AddressInfo).port))
process.on('SIGTERM', () => process.exit(0))
