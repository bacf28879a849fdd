import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net'

/**
 * Stands between a server and PostgreSQL and holds back what passes, so that transactions of two servers
 * commit in an order that nobody planned. `holdMs` is asked for each COMMIT seen on the way in.
 */
export class PostgresProxy {
  private readonly sockets = new Set<Socket>()
  holdMs: () => number = () => 0
  held = 0

  private constructor(private readonly server: Server) {}

  static async start(target: { path: string }): Promise<PostgresProxy> {
    const server = createServer()
    const proxy = new PostgresProxy(server)
    server.on('connection', (client) => proxy.join(client, connect(target.path)))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  private join(client: Socket, upstream: Socket): void {
    for (const socket of [client, upstream]) {
      this.sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.on('close', () => {
        this.sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    upstream.pipe(client)
    let before: Promise<void> = Promise.resolve()
    client.on('data', (chunk: Buffer) => {
      const wait = chunk.includes('COMMIT') ? this.holdMs() : 0
      if (wait > 0) this.held++
      before = before.then(async () => {
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
        if (!upstream.destroyed) upstream.write(chunk)
      })
    })
  }

  /** Cuts every connection; new ones are accepted. */
  cutAll(): void {
    for (const socket of this.sockets) socket.destroy()
  }

  async stop(): Promise<void> {
    this.cutAll()
    await new Promise((resolve) => this.server.close(resolve))
  }
}
