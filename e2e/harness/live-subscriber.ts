import { WebSocket } from 'ws'
import { type Credential, credentialFor } from './credentials.ts'

export interface LiveEvent {
  id: string
  at: string
  __typename: string
  monitorId?: string
  to?: string
}

export interface LiveBatch {
  cursor: string
  resync: boolean
  events: LiveEvent[]
}

const EVENTS = `subscription ($after: Cursor) {
  events(after: $after) {
    cursor
    resync
    events { __typename id at ... on MonitorStatusChanged { monitorId to } }
  }
}`

interface Message {
  type: string
  payload?: { data?: { events: LiveBatch }; errors?: { message: string }[] }
}

export interface SubscriberOptions {
  /** Where to begin; absent: now. */
  after?: string
  /** What the subscriber asks for; its field must be `events`. */
  query?: string
  /** Called for each batch with the milliseconds since 1970 at which it came. */
  onBatch?: (batch: LiveBatch, receivedAt: number) => void
  /** Who follows; absent: what the server's owner has. */
  credential?: Credential
  /** A naive client: after a cut it begins at now instead of at its cursor. For negative controls. */
  isNaive?: boolean
}

/** A program that follows the live stream over graphql-transport-ws and resumes from its cursor after every cut. */
export class LiveSubscriber {
  readonly batches: LiveBatch[] = []
  readonly problems: string[] = []
  cursor: string | undefined
  connections = 0
  isLive = false
  private socket: WebSocket | undefined
  private readonly credential: Credential
  private isStopped = false

  constructor(
    private readonly url: string,
    private readonly options: SubscriberOptions = {},
  ) {
    this.cursor = options.after
    this.credential = options.credential ?? credentialFor(url)
    this.connect()
  }

  private connect(): void {
    if (this.isStopped) return
    const { authorization, cookie } = this.credential
    const socket = new WebSocket(
      `${this.url.replace(/^http/, 'ws')}/graphql`,
      'graphql-transport-ws',
      { headers: cookie ? { cookie } : {} },
    )
    this.socket = socket
    const payload = authorization && { authorization }
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload })))
    socket.on('message', (data: Buffer) =>
      this.hear(socket, JSON.parse(data.toString()) as Message),
    )
    socket.on('error', () => {})
    socket.on('close', () => {
      if (this.socket !== socket) return
      this.isLive = false
      setTimeout(() => this.connect(), 10 + Math.random() * 40)
    })
  }

  private hear(socket: WebSocket, message: Message): void {
    if (this.socket !== socket) return
    if (message.type === 'ping') return socket.send('{"type":"pong"}')
    if (message.type === 'connection_ack') return this.subscribe(socket)
    if (message.type === 'error') return void this.problems.push(JSON.stringify(message.payload))
    const batch = message.payload?.data?.events
    if (message.payload?.errors) this.problems.push(JSON.stringify(message.payload.errors))
    if (message.type !== 'next' || !batch) return
    this.isLive = true
    this.cursor = batch.cursor
    this.batches.push(batch)
    this.options.onBatch?.(batch, Date.now())
  }

  private subscribe(socket: WebSocket): void {
    this.connections++
    const after = this.options.isNaive && this.connections > 1 ? null : this.cursor
    const payload = { query: this.options.query ?? EVENTS, variables: { after } }
    socket.send(JSON.stringify({ id: 'live', type: 'subscribe', payload }))
  }

  /** Cuts the connection as a network does: no close frame. It comes back by itself. */
  cut(): void {
    this.socket?.terminate()
  }

  stop(): void {
    this.isStopped = true
    this.socket?.terminate()
  }
}
