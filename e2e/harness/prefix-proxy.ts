import { createServer, request as ask, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'

export interface PrefixProxyOptions {
  port: number
  /** Where the house stands on the shared host, such as `/uptime`. */
  prefix: string
  /** Whether the prefix is taken away before a request goes on. */
  strips: boolean
  /** The port of the server. */
  to: number
}

/** A host that somebody shares: one path of it leads to Allswell, everything else to a neighbour. */
export class PrefixProxy {
  /** The Cookie headers that the neighbour was sent. */
  readonly neighbourSaw: string[] = []
  private readonly server: Server

  private constructor(private readonly options: PrefixProxyOptions) {
    this.server = createServer((request, response) => {
      const path = this.pathOf(request)
      if (path === undefined) {
        this.neighbourSaw.push(request.headers.cookie ?? '')
        return void response.writeHead(404, { 'content-type': 'text/plain' }).end('The neighbour')
      }
      const onward = ask({ ...this.onwardTo(request), path }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
        answer.pipe(response)
      })
      onward.on('error', () => response.destroy())
      response.on('close', () => onward.destroy())
      request.pipe(onward)
    })
    this.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.upgrade(request, socket, head),
    )
  }

  static async start(options: PrefixProxyOptions): Promise<PrefixProxy> {
    const proxy = new PrefixProxy(options)
    await new Promise<void>((resolve) => proxy.server.listen(options.port, '127.0.0.1', resolve))
    return proxy
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private pathOf({ url = '/' }: IncomingMessage): string | undefined {
    const { prefix, strips } = this.options
    if (url !== prefix && !url.startsWith(`${prefix}/`)) return undefined
    return strips ? url.slice(prefix.length) || '/' : url
  }

  private onwardTo({ method, headers }: IncomingMessage) {
    return { host: '127.0.0.1', port: this.options.to, method, headers }
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const path = this.pathOf(request)
    if (path === undefined) return void socket.destroy()
    const onward = ask({ ...this.onwardTo(request), path })
    onward.on('upgrade', (answer, other) => {
      const lines = answer.rawHeaders.flatMap((name, n, all) =>
        n % 2 ? [] : [`${name}: ${all[n + 1]}`],
      )
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`)
      other.write(head)
      other.pipe(socket).on('error', () => other.destroy())
      socket.pipe(other).on('error', () => socket.destroy())
    })
    onward.on('response', () => socket.destroy())
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
    onward.end()
  }
}
