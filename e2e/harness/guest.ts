import { WebSocket } from 'ws'
import { type Credential, headersOf } from './credentials.ts'
import { ask } from './graphql.ts'
import { until } from './server-process.ts'

const FOLLOW = 'subscription { events { cursor } }'
const LOOK = '{ monitors(first: 1) { totalCount } }'

interface Probe {
  query: string
  variables?: object
}

/** Somebody who is in by every door of a server at once, and writes down when each is shut. */
export class Guest {
  /** When a door was shut, by `performance.now()`; absent while it is open. */
  readonly shut: { http?: number; socket?: number; stream?: number } = {}
  /** With what the WebSocket was closed. */
  closeCode: number | undefined
  private isLeaving = false
  private readonly socket: WebSocket
  private readonly abort = new AbortController()
  private isSocketLive = false
  private isStreamLive = false
  private polling: Promise<void> = Promise.resolve()

  private constructor(
    private readonly url: string,
    private readonly credential: Credential,
    private readonly probe: Probe,
  ) {
    this.socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: credential.cookie ? { cookie: credential.cookie } : {},
    })
  }

  /** Comes in by HTTP, WebSocket and SSE. `probe` is asked again and again by HTTP, and must not be refused yet. */
  static async enter(
    url: string,
    credential: Credential,
    probe: Probe = { query: LOOK },
  ): Promise<Guest> {
    const guest = new Guest(url, credential, probe)
    guest.openSocket()
    void guest.readStream()
    if (await guest.isRefused()) throw new Error('The guest is refused from the beginning')
    await until('the guest is in', () => guest.isSocketLive && guest.isStreamLive)
    guest.polling = guest.poll()
    return guest
  }

  get isShut(): boolean {
    return Object.keys(this.shut).length === 3
  }

  get isUntouched(): boolean {
    return Object.keys(this.shut).length === 0
  }

  async leave(): Promise<void> {
    this.isLeaving = true
    this.socket.terminate()
    this.abort.abort()
    await this.polling
  }

  private note(door: 'http' | 'socket' | 'stream'): void {
    if (!this.isLeaving) this.shut[door] ??= performance.now()
  }

  private openSocket(): void {
    const { socket } = this
    const { authorization } = this.credential
    const send = (message: object) => socket.send(JSON.stringify(message))
    socket.on('open', () =>
      send({ type: 'connection_init', payload: authorization ? { authorization } : {} }),
    )
    socket.on('message', (data: Buffer) => {
      const { type } = JSON.parse(data.toString()) as { type: string }
      if (type === 'connection_ack')
        send({ id: 'live', type: 'subscribe', payload: { query: FOLLOW } })
      if (type === 'ping') send({ type: 'pong' })
      if (type === 'next') this.isSocketLive = true
    })
    socket.on('error', () => {})
    socket.on('close', (code) => {
      this.closeCode = code
      this.note('socket')
    })
  }

  private async readStream(): Promise<void> {
    try {
      const response = await fetch(`${this.url}/graphql/stream`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'text/event-stream',
          ...headersOf(this.credential),
        },
        body: JSON.stringify({ query: FOLLOW }),
        signal: this.abort.signal,
      })
      const reader = response.body!.getReader()
      while (!(await reader.read()).done) this.isStreamLive = response.ok
    } catch {
      // A stream that is broken off has ended as well.
    }
    this.note('stream')
  }

  private async isRefused(): Promise<boolean> {
    const { query, variables = {} } = this.probe
    const { errors } = await ask(this.url, query, variables, this.credential)
    return Boolean(errors?.length)
  }

  private async poll(): Promise<void> {
    while (!this.isLeaving && this.shut.http === undefined) {
      if (await this.isRefused()) this.note('http')
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
}
