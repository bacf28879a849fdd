import { WebSocket } from 'ws'
import { newAddress } from './asking.ts'
import type { CanaryWorld } from './canary-world.ts'

const WATCH = 'subscription { events { cursor events { id } } }'

export interface WitnessWishes {
  headers?: Record<string, string>
  /** What `connection_init` brings; absent: nothing. */
  payload?: unknown
}

/** A socket of somebody, on the real server. */
export class Witness {
  readonly messages: { id?: string; type: string; payload?: unknown }[] = []
  closed: number | undefined
  refused: number | undefined
  private readonly socket: WebSocket

  constructor(world: CanaryWorld, { headers = {}, payload }: WitnessWishes = {}) {
    const url = `ws://127.0.0.1:${world.app.port}/graphql`
    this.socket = new WebSocket(url, ['graphql-transport-ws'], {
      headers: { 'x-forwarded-for': newAddress(), ...headers },
    })
    const init = payload === undefined ? {} : { payload }
    this.socket.on('open', () => this.send({ type: 'connection_init', ...init }))
    this.socket.on('close', (code) => (this.closed = code))
    this.socket.on('error', () => {})
    this.socket.on('unexpected-response', (_request, response) => {
      this.refused = response.statusCode
      this.socket.terminate()
    })
    this.socket.on('message', (data: Buffer) =>
      this.messages.push(JSON.parse(data.toString()) as Witness['messages'][number]),
    )
  }

  send(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  subscribe(id = '1', query = WATCH): void {
    this.send({ id, type: 'subscribe', payload: { query } })
  }

  /** `ack`, or the code by which it was shut out. */
  async entrance(): Promise<string | number> {
    await this.until(
      () => this.closed !== undefined || this.refused !== undefined || this.has('connection_ack'),
    )
    return this.has('connection_ack') ? 'ack' : (this.refused ?? this.closed!)
  }

  /** What a subscription heard first: `next`, or the code of its error, or that of the closed socket. */
  async answer(id = '1'): Promise<unknown> {
    const found = (): Witness['messages'][number] | undefined =>
      this.messages.find((m) => m.id === id && (m.type === 'next' || m.type === 'error'))
    await this.until(() => found() !== undefined || this.closed !== undefined)
    const message = found()
    if (!message) return this.closed
    if (message.type === 'next') return 'next'
    return (message.payload as { extensions?: { code?: unknown } }[])[0]?.extensions?.code
  }

  /** Fails unless the server closes it within a second. */
  async closing(withinMs = 1_000): Promise<number> {
    await this.until(() => this.closed !== undefined, withinMs)
    return this.closed!
  }

  private has(type: string): boolean {
    return this.messages.some((message) => message.type === type)
  }

  private async until(isSo: () => boolean, withinMs = 5_000): Promise<void> {
    const latest = performance.now() + withinMs
    while (!isSo()) {
      if (performance.now() > latest)
        throw new Error(`Not in time. Heard: ${JSON.stringify(this.messages)}`)
      await new Promise((done) => setImmediate(done))
    }
  }

  leave(): void {
    this.socket.terminate()
  }
}
