import { createClient, type Client } from 'graphql-ws'
import type { FormattedExecutionResult } from 'graphql-ws'
import type { StreamSink } from './resumable-stream.ts'

export interface LiveOperation {
  query: string
  variables: Record<string, unknown>
  operationName?: string
}
export type LiveAnswer = FormattedExecutionResult<Record<string, unknown>>

export interface LiveSocketOptions {
  url: string
  webSocket?: unknown
}

const PING_EVERY_MS = 10_000
const PONG_WITHIN_MS = 5_000
const ACK_WITHIN_MS = 10_000

/** One graphql-transport-ws connection for the whole tab, opened when something subscribes. It never retries by itself. */
export class LiveSocket {
  private readonly client: Client
  private readonly sinks = new Set<StreamSink<LiveAnswer>>()
  private isConnected = false
  private pongTimer: ReturnType<typeof setTimeout> | undefined

  constructor({ url, webSocket }: LiveSocketOptions) {
    this.client = createClient({
      url,
      retryAttempts: 0,
      keepAlive: PING_EVERY_MS,
      connectionAckWaitTimeout: ACK_WITHIN_MS,
      ...(webSocket ? { webSocketImpl: webSocket } : {}),
      on: {
        connected: () => this.connected(),
        closed: () => this.disconnected(),
        ping: (isReceived) => this.pinged(isReceived),
        pong: (isReceived) => this.ponged(isReceived),
      },
    })
  }

  open(operation: LiveOperation, sink: StreamSink<LiveAnswer>): () => void {
    this.sinks.add(sink)
    if (this.isConnected) sink.opened()
    const unsubscribe = this.client.subscribe(operation, {
      next: (answer) => sink.next(answer as LiveAnswer),
      error: (problem) => this.end(sink, problem),
      complete: () => this.end(sink, null),
    })
    return () => {
      this.sinks.delete(sink)
      unsubscribe()
    }
  }

  /** Drops the connection as a cut network would. */
  cut(): void {
    this.client.terminate()
  }

  private end(sink: StreamSink<LiveAnswer>, problem: unknown): void {
    if (this.sinks.delete(sink)) sink.closed(problem)
  }

  private connected(): void {
    this.isConnected = true
    for (const sink of this.sinks) sink.opened()
  }

  private disconnected(): void {
    this.isConnected = false
    clearTimeout(this.pongTimer)
  }

  private pinged(isReceived: boolean): void {
    if (isReceived) return
    clearTimeout(this.pongTimer)
    this.pongTimer = setTimeout(() => this.client.terminate(), PONG_WITHIN_MS)
  }

  private ponged(isReceived: boolean): void {
    if (!isReceived) return
    clearTimeout(this.pongTimer)
    for (const sink of this.sinks) sink.alive()
  }
}
