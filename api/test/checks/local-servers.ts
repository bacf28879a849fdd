import {
  createServer as createWebServer,
  type RequestListener,
  type Server as WebServer,
} from 'node:http'
import { createServer as createSecureServer, type ServerOptions } from 'node:https'
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net'
import { afterAll } from 'vitest'
import type { CheckOutcome } from '../../src/checks/outcome.ts'
import { type CheckRequest, runCheck } from '../../src/checks/run-check.ts'
import { kindOf } from '../../src/checks/kind-of.ts'
import { AddressGuard } from '../../src/net/address-guard.ts'
import type { GuardRules } from '../../src/net/index.ts'

const open: { close(): void; closeAllConnections?(): void }[] = []
const sockets = new Set<Socket>()

afterAll(() => {
  for (const socket of sockets) socket.destroy()
  for (const server of open) {
    server.closeAllConnections?.()
    server.close()
  }
})

async function listen<S extends Server | WebServer>(
  server: S,
  host: string,
  port = 0,
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  open.push(server)
  return (server.address() as AddressInfo).port
}

/** A real HTTP server on loopback; answers its port. Closed after the file's tests. */
export function web(listener: RequestListener, host = '127.0.0.1'): Promise<number> {
  return listen(createWebServer(listener), host)
}

export function secureWeb(
  options: ServerOptions,
  listener: RequestListener = (_request, response) => response.end('ok'),
  host = '127.0.0.1',
): Promise<number> {
  const server = createSecureServer(options, listener)
  server.on('tlsClientError', () => undefined)
  return listen(server, host)
}

/** A bare TCP server that may say anything. */
export function tcp(hear: (socket: Socket) => void, host = '127.0.0.1'): Promise<number> {
  return listen(
    createTcpServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
      hear(socket)
    }),
    host,
  )
}

/** Answers the first data of each connection with this text, byte for byte. */
export function saying(text: string | Buffer): Promise<number> {
  return tcp((socket) => socket.once('data', () => socket.write(text)))
}

/** A port on which nobody listens. */
export async function deadPort(host = '127.0.0.1'): Promise<number> {
  const server = createTcpServer()
  const port = await listen(server, host)
  open.pop()
  await new Promise((resolve) => server.close(resolve))
  return port
}

const PATIENCE_MS = 5_000

/** Performs a check as the product does: settings pass their validation first. */
export async function check(
  kind: string,
  given: Record<string, unknown>,
  options: Partial<CheckRequest> & {
    rules?: Partial<GuardRules>
    now?: () => number
    signal?: AbortSignal
  } = {},
): Promise<CheckOutcome> {
  const { rules, now = Date.now, signal, ...request } = options
  const parsed = kindOf(kind)!.settings.parse(given)
  if (Array.isArray(parsed)) throw new Error(`Bad settings: ${JSON.stringify(parsed)}`)
  const guard = new AddressGuard({ targets: 'any', ownPorts: () => [], ...rules })
  return runCheck(
    { kind, ...parsed, conditions: [], timeoutMs: PATIENCE_MS, ...request },
    { guard, now, ...(signal ? { signal } : {}) },
  )
}

export const checkHttp = (
  settings: Record<string, unknown>,
  options: Parameters<typeof check>[2] = {},
): Promise<CheckOutcome> => check('http', settings, options)
