import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const answerOk: RequestListener = (_request, response) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}')

/** A real HTTP service on loopback that a test can stop, start again on its port, and make answer otherwise. */
export class TargetService {
  private server: Server | undefined
  listener: RequestListener = answerOk
  requests = 0

  private constructor(public port: number) {}

  static async start(listener: RequestListener = answerOk): Promise<TargetService> {
    const service = new TargetService(0)
    service.listener = listener
    await service.open()
    return service
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`
  }

  async open(): Promise<void> {
    const server = createServer((request, response) => {
      this.requests++
      this.listener(request, response)
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(this.port, '127.0.0.1', resolve)
    })
    this.port = (server.address() as AddressInfo).port
    this.server = server
  }

  async close(): Promise<void> {
    const server = this.server
    if (!server) return
    this.server = undefined
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}
