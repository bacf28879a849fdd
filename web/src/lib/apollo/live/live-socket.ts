import type { Client, FormattedExecutionResult } from 'graphql-ws'
import type { StreamSink } from './resumable-stream.ts'

export interface LiveOperation {
  query: string
  variables: Record<string, unknown>
  operationName?: string
}
export type LiveAnswer = FormattedExecutionResult<Record<string, unknown>>

export interface LiveSocketOptions {
  url: string
  /** Asked at each connection for what is said at its beginning. */
  payload?: () => Promise<Record<string, string>>
  /** The server closed the socket because of who listens. */
  refused?: () => void
  webSocket?: unknown
}

/** What the server closes a socket with when it may not, or may no longer, listen. */
const FORBIDDEN = 4403

const PING_EVERY_MS = 10_000
const PONG_WITHIN_MS = 5_000
const ACK_WITHIN_MS = 10_000

/** One graphql-transport-ws connection for the whole tab, opened when something subscribes. It never retries by itself. */
export class LiveSocket {
  private client: Promise<Client> | null = null
  private readonly sinks = new Set<StreamSink<LiveAnswer>>()
  private isConnected = false
  private pongTimer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly options: LiveSocketOptions) {}

  open(operation: LiveOperation, sink: StreamSink<LiveAnswer>): () => void {
    this.sinks.add(sink)
    if (this.isConnected) sink.opened()
    let unsubscribe = () => {}
    const begin = (client: Client) => {
      if (!this.sinks.has(sink)) return
      unsubscribe = client.subscribe(operation, {
        next: (answer) => sink.next(answer as LiveAnswer),
        error: (problem) => this.end(sink, problem),
        complete: () => this.end(sink, null),
      })
    }
    this.client ??= this.connect()
    this.client.then(begin, (problem: unknown) => {
      this.client = null
      this.end(sink, problem)
    })
    return () => {
      this.sinks.delete(sink)
      unsubscribe()
    }
  }

  /** Fetched when something first subscribes: the first sight of the page does without it. */
  private async connect(): Promise<Client> {
    const { createClient } = await import('graphql-ws')
    const { url, payload, webSocket } = this.options
    return createClient({
      url,
      ...(payload && { connectionParams: payload }),
      retryAttempts: 0,
      keepAlive: PING_EVERY_MS,
      connectionAckWaitTimeout: ACK_WITHIN_MS,
      ...(webSocket ? { webSocketImpl: webSocket } : {}),
      on: {
        connected: () => this.connected(),
        closed: (event) => this.disconnected(event),
        ping: (isReceived) => this.pinged(isReceived),
        pong: (isReceived) => this.ponged(isReceived),
      },
    })
  }

  /** Drops the connection as a cut network would. */
  cut(): void {
    void this.client?.then((client) => client.terminate())
  }

  private end(sink: StreamSink<LiveAnswer>, problem: unknown): void {
    if (this.sinks.delete(sink)) sink.closed(problem)
  }

  private connected(): void {
    this.isConnected = true
    for (const sink of this.sinks) sink.opened()
  }

  private disconnected(event: unknown): void {
    this.isConnected = false
    clearTimeout(this.pongTimer)
    const code = (event as Partial<CloseEvent> | null)?.code
    if (code === FORBIDDEN) this.options.refused?.()
  }

  private pinged(isReceived: boolean): void {
    if (isReceived) return
    clearTimeout(this.pongTimer)
    this.pongTimer = setTimeout(() => this.cut(), PONG_WITHIN_MS)
  }

  private ponged(isReceived: boolean): void {
    if (!isReceived) return
    clearTimeout(this.pongTimer)
    for (const sink of this.sinks) sink.alive()
  }
}
