import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type Server, handleProtocols } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Actor } from '../../../lib/actor.ts'
import type { Clock } from '../../../lib/clock.ts'
import type { Log } from '../../../lib/log.ts'
import type { Live } from '../live.ts'
import { type Rights, Standing } from '../standing.ts'
import { LiveConnection } from './live-connection.ts'
import { type ProtocolExtra, liveProtocol } from './live-protocol.ts'

const LARGEST_MESSAGE_BYTES = 256 * 1024
const MOST_SOCKETS = 5_000
const PING_MS = 15_000
const GOING_AWAY = 1001
const DRAIN_MS = 1_000
const INTERNAL_ERROR = 1011
const TRY_AGAIN_LATER = 1013
/** What graphql-ws says to who may not connect. */
const REVOKED = 4403

export interface LiveSocketOptions {
  live: Live
  clock: Clock
  log: Log
  /** Who speaks, by the upgrade and the payload of `connection_init`. Throws when a credential is not good. */
  authenticate: (
    request: IncomingMessage,
    payload: Readonly<Record<string, unknown>>,
  ) => Actor | Promise<Actor>
  rights: Rights
  isHostAllowed: (host: string | undefined, request: IncomingMessage) => boolean
  isOriginAllowed: (
    origin: string | undefined,
    host: string | undefined,
    request: IncomingMessage,
  ) => boolean
  maxSockets?: number
}

/** The WebSocket door of the live stream: graphql-transport-ws, subscriptions only. */
export class LiveSocket {
  private readonly server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    autoPong: false,
    perMessageDeflate: false,
    maxPayload: LARGEST_MESSAGE_BYTES,
    // A client that offers others only is taken in and told 4406; a failed handshake would tell it nothing.
    handleProtocols: (offered) => handleProtocols(offered) || ([...offered][0] ?? false),
  })
  private readonly connections = new Set<LiveConnection>()
  private readonly protocol: Server<ProtocolExtra>
  private readonly standing: Standing
  private isClosing = false
  private cancelPing: () => void

  constructor(private readonly options: LiveSocketOptions) {
    this.standing = new Standing(options)
    const admit = (connection: LiveConnection, payload: object): Promise<void> =>
      this.admit(connection, payload as Readonly<Record<string, unknown>>)
    this.protocol = liveProtocol(options.live, options.log, admit)
    this.cancelPing = this.pingLater()
  }

  /** How many sockets are open. */
  get size(): number {
    return this.connections.size
  }

  /** To be called on the HTTP server's `upgrade` for `/graphql`. Never throws. */
  handleUpgrade(request: IncomingMessage, tcp: Duplex, head: Buffer): void {
    tcp.on('error', () => tcp.destroy())
    const refusal = this.refusalOf(request)
    if (refusal) return refuse(tcp, refusal)
    this.accept(request, tcp, head)
  }

  /** Asks every client to come back later, and cuts off who has not left after a second. */
  async close(): Promise<void> {
    this.isClosing = true
    this.cancelPing()
    this.standing.close()
    for (const { webSocket } of this.connections)
      webSocket.close(GOING_AWAY, 'Server is going away')
    if (!this.connections.size) return
    await new Promise<void>((done) => {
      const cancel = this.options.clock.after(DRAIN_MS, () => {
        for (const { webSocket } of this.connections) webSocket.terminate()
      })
      const check = (): void => {
        if (this.connections.size) return
        cancel()
        done()
      }
      for (const { webSocket } of this.connections) webSocket.once('close', check)
    })
  }

  private refusalOf(request: IncomingMessage): string | undefined {
    const { headers } = request
    const { isHostAllowed, isOriginAllowed, maxSockets = MOST_SOCKETS } = this.options
    if (!isHostAllowed(headers.host, request)) return '403 Forbidden'
    if (!isOriginAllowed(headers.origin, headers.host, request)) return '403 Forbidden'
    if (this.isClosing || this.connections.size >= maxSockets) return '503 Service Unavailable'
    return undefined
  }

  /** Says who speaks, once, before anything is asked. Throws when a credential is not good. */
  private async admit(
    connection: LiveConnection,
    payload: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const actor = await this.options.authenticate(connection.request, payload)
    connection.actor = actor
    if (!connection.isOpen) return
    const leave = this.standing.admit({
      actor,
      revoke: () => connection.webSocket.close(REVOKED, 'Forbidden'),
      suspend: () => connection.webSocket.close(TRY_AGAIN_LATER, 'Try again later'),
    })
    connection.webSocket.once('close', leave)
  }

  private accept(request: IncomingMessage, tcp: Duplex, head: Buffer): void {
    if (tcp.destroyed) return
    this.server.handleUpgrade(request, tcp, head, (webSocket) => {
      const mayTell = (actor: Actor): boolean => this.standing.mayTell(actor)
      const connection = new LiveConnection(request, webSocket, tcp, mayTell)
      this.connections.add(connection)
      this.speak(connection, webSocket)
    })
  }

  private speak(connection: LiveConnection, webSocket: WebSocket): void {
    const { log } = this.options
    webSocket.on('error', (error) => log.debug({ err: error }, 'A live socket broke'))
    webSocket.on('pong', () => (connection.isAlive = true))
    webSocket.on('ping', () => {
      if (connection.isFull) webSocket.terminate()
      else webSocket.pong()
    })
    const closed = this.protocol.opened(
      {
        protocol: webSocket.protocol,
        send: (text) => connection.answer(text),
        close: (code, reason) => webSocket.close(code, reason),
        onMessage: (hear) =>
          webSocket.on('message', (data: Buffer) => {
            connection.isAlive = true
            hear(data.toString()).catch((error: unknown) => {
              log.error({ err: error }, 'A message of a live socket could not be handled')
              webSocket.close(INTERNAL_ERROR, 'Internal error')
            })
          }),
      },
      { connection },
    )
    webSocket.once('close', (code, reason) => {
      this.connections.delete(connection)
      closed(code, reason.toString()).catch((error: unknown) => {
        log.error({ err: error }, 'A live socket was not tidied up')
      })
    })
  }

  /** Who has said nothing since the last ping is gone. */
  private pingLater(): () => void {
    return this.options.clock.after(PING_MS, () => {
      for (const connection of this.connections) {
        if (!connection.isAlive) connection.webSocket.terminate()
        else connection.webSocket.ping()
        connection.isAlive = false
      }
      if (!this.isClosing) this.cancelPing = this.pingLater()
    })
  }
}

function refuse(tcp: Duplex, status: string): void {
  const body = status.slice(4)
  tcp.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    () => tcp.destroy(),
  )
}
