import { WebSocket } from 'ws'

export interface ToldBatch {
  cursor: string
  resync: boolean
  events: { id: string; __typename: string; [field: string]: unknown }[]
}

export interface Message {
  id?: string
  type: string
  payload?: unknown
}

/** A bare client of graphql-transport-ws that writes down everything it hears. */
export class LiveClient {
  readonly messages: Message[] = []
  closed: { code: number; reason: string } | undefined
  /** The HTTP status that refused the upgrade. */
  refused: number | undefined
  readonly socket: WebSocket

  constructor(
    port: number,
    options: { origin?: string; host?: string; protocols?: string[] } = {},
  ) {
    const { origin, host, protocols = ['graphql-transport-ws'] } = options
    const headers = { ...(origin === undefined ? {} : { origin }), ...(host ? { host } : {}) }
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, protocols, { headers })
    this.socket.on('message', (data: Buffer) =>
      this.messages.push(JSON.parse(data.toString()) as Message),
    )
    this.socket.on('close', (code, reason) => (this.closed = { code, reason: reason.toString() }))
    this.socket.on('unexpected-response', (_request, response) => {
      this.refused = response.statusCode
      this.socket.terminate()
    })
    this.socket.on('error', () => {})
  }

  /** Ends when a condition holds; fails after five seconds. */
  async until(isSo: () => boolean, what: string): Promise<void> {
    const latest = performance.now() + 5_000
    while (!isSo()) {
      if (performance.now() > latest)
        throw new Error(
          `Not in time: ${what}. Heard: ${JSON.stringify(this.messages).slice(0, 500)}`,
        )
      await new Promise((done) => setImmediate(done))
    }
  }

  async open(): Promise<this> {
    await this.until(() => this.socket.readyState !== WebSocket.CONNECTING, 'the socket opens')
    this.send({ type: 'connection_init' })
    await this.until(() => this.messages.some((m) => m.type === 'connection_ack'), 'the ack')
    return this
  }

  send(message: Message | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  subscribe(id: string, query: string, variables?: object): void {
    this.send({ id, type: 'subscribe', payload: { query, variables } })
  }

  of(id: string, type: string): Message[] {
    return this.messages.filter((m) => m.id === id && m.type === type)
  }

  batches(id: string, field = 'events'): ToldBatch[] {
    return this.of(id, 'next').map(
      (m) => (m.payload as { data: Record<string, ToldBatch> }).data[field]!,
    )
  }

  async heard(id: string, count: number): Promise<ToldBatch[]> {
    await this.until(() => this.of(id, 'next').length >= count, `${count} batches of ${id}`)
    return this.batches(id)
  }

  /** The code of the first error that answers a subscription. */
  async errorOf(id: string): Promise<{ message: string; code: unknown }> {
    await this.until(() => this.of(id, 'error').length > 0, `an error of ${id}`)
    const [first] = this.of(id, 'error')[0]!.payload as {
      message: string
      extensions?: { code?: unknown }
    }[]
    return { message: first!.message, code: first!.extensions?.code }
  }

  async closing(): Promise<{ code: number; reason: string }> {
    await this.until(() => this.closed !== undefined, 'the socket closes')
    return this.closed!
  }

  close(): void {
    this.socket.terminate()
  }
}
