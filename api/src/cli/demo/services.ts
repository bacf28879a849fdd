import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net'
import { selfSigned } from './certificate.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const HOST = '127.0.0.1'

/** Where in its round a service stands at `now`, from 0 up to 1. */
export function phaseOf(now: number, roundMs: number, offsetMs = 0): number {
  return ((now + offsetMs) % roundMs) / roundMs
}

const listen = (server: Server, port = 0): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, HOST, () => resolve((server.address() as AddressInfo).port))
  })

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => void server.close(() => resolve()))

interface DemoService {
  port: number
  stop(): Promise<void>
}

async function web(listener: RequestListener): Promise<DemoService> {
  const server = createServer(listener)
  const port = await listen(server)
  return { port, stop: () => (server.closeAllConnections(), close(server)) }
}

const json = { 'content-type': 'application/json' }

/** Steady, with a gentle wave in its response time. */
const shop = (): Promise<DemoService> =>
  web((_request, response) => {
    const delay =
      14 + 10 * Math.sin(phaseOf(Date.now(), 5 * MINUTE_MS) * 2 * Math.PI) + Math.random() * 6
    setTimeout(() => response.writeHead(200, json).end('{"status":"ok","queue":3}'), delay)
  })

/** Slows down for a third of every three minutes. */
const search = (): Promise<DemoService> =>
  web((_request, response) => {
    const isSlow = phaseOf(Date.now(), 3 * MINUTE_MS) > 0.66
    setTimeout(
      () => response.writeHead(200, json).end('{"status":"ok"}'),
      (isSlow ? 420 : 35) + Math.random() * 30,
    )
  })

/** Fails for a quarter of every four minutes. */
const payments = (): Promise<DemoService> =>
  web((_request, response) => {
    if (phaseOf(Date.now(), 4 * MINUTE_MS) < 0.75)
      return void response.writeHead(200, json).end('{"status":"ok"}')
    response
      .writeHead(503, json)
      .end('{"error":"The card processor does not answer","retryAfterSeconds":30}')
  })

/** Redirects to its language; sometimes in a circle. */
const docs = (): Promise<DemoService> =>
  web((request, response) => {
    const isCircle = phaseOf(Date.now(), 6 * MINUTE_MS) > 0.85
    if (request.url === '/en/' && !isCircle)
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Docs</h1>')
    response.writeHead(302, { location: isCircle && request.url === '/en/' ? '/' : '/en/' }).end()
  })

/** TLS whose certificate runs out in days, and for a while has expired. */
async function vault(): Promise<DemoService> {
  const from = new Date(Date.now() - 80 * DAY_MS)
  const fresh = selfSigned('localhost', from, new Date(Date.now() + 9 * DAY_MS))
  const expired = selfSigned('localhost', from, new Date(Date.now() - 2 * DAY_MS))
  const server = createSecureServer(fresh, (_request, response) => response.end('sealed: false'))
  const swap = setInterval(
    () => server.setSecureContext(phaseOf(Date.now(), 5 * MINUTE_MS) > 0.8 ? expired : fresh),
    1000,
  )
  const port = await listen(server)
  return { port, stop: () => (clearInterval(swap), server.closeAllConnections(), close(server)) }
}

/** A bare TCP listener that is away for a while in every seven minutes. */
async function queue(): Promise<DemoService> {
  const make = () => createTcpServer((socket) => socket.end('+READY\r\n').on('error', () => {}))
  let server = make()
  let isAway = false
  const port = await listen(server)
  const swap = setInterval(() => {
    const shouldBeAway = phaseOf(Date.now(), 7 * MINUTE_MS) > 0.88
    if (shouldBeAway === isAway) return
    isAway = shouldBeAway
    if (isAway) return void server.close()
    server = make()
      .on('error', () => {})
      .listen(port, HOST)
  }, 1000)
  return { port, stop: async () => (clearInterval(swap), await close(server)) }
}

export interface DemoServices {
  ports: Record<'shop' | 'search' | 'payments' | 'docs' | 'vault' | 'queue', number>
  stop(): Promise<void>
}

/** Starts six small services on loopback that slow down, fail, redirect and expire in turn. */
export async function startDemoServices(): Promise<DemoServices> {
  const services = await Promise.all([shop(), search(), payments(), docs(), vault(), queue()])
  const ports = services.map((service) => service.port)
  return {
    ports: {
      shop: ports[0]!,
      search: ports[1]!,
      payments: ports[2]!,
      docs: ports[3]!,
      vault: ports[4]!,
      queue: ports[5]!,
    },
    stop: async () => void (await Promise.all(services.map((service) => service.stop()))),
  }
}
