import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket } from 'ws'
import { type Actor, anonymous } from '../../../lib/actor.ts'
import type { WordedBatch } from '../live.ts'
import type { Outlet } from '../stream/subscriber.ts'
import { NextMessage } from './message-frame.ts'

/** Who reads slower than this is behind is told to read afresh when there is room again. */
const MOST_QUEUED_BYTES = 1024 * 1024
/** Who makes us answer more than this without reading is cut off. */
const MOST_ANSWERED_BYTES = 4 * 1024 * 1024
/** The client comes back with its cursor and misses nothing. */
const TRY_AGAIN_LATER = 1013

/** One client's WebSocket. Batches are written to the TCP socket as ready-made frames; `ws` does all the rest. */
export class LiveConnection {
  isAlive = true
  /** Nobody until `connection_init` has said who speaks. */
  actor: Actor = anonymous()
  private readonly waiting = new Set<() => void>()

  constructor(
    /** The upgrade. */
    readonly request: IncomingMessage,
    readonly webSocket: WebSocket,
    private readonly tcp: Duplex,
    private readonly mayTell: (actor: Actor) => boolean,
  ) {
    tcp.on('drain', () => this.wake())
    webSocket.on('close', () => this.wake())
  }

  get isOpen(): boolean {
    return this.webSocket.readyState === WebSocket.OPEN
  }

  get isFull(): boolean {
    return this.tcp.writableLength > MOST_QUEUED_BYTES
  }

  /** Answers of the protocol itself. */
  answer(text: string): void {
    if (!this.isOpen) return
    if (this.tcp.writableLength > MOST_ANSWERED_BYTES) return this.webSocket.terminate()
    this.webSocket.send(text)
  }

  /** A whole frame, in parts. Safe beside `ws`, which writes whole frames too as nothing is compressed. */
  write(parts: readonly Buffer[]): void {
    if (!this.isOpen) return
    if (!this.mayTell(this.actor)) return this.webSocket.close(TRY_AGAIN_LATER, 'Try again later')
    this.tcp.cork()
    for (const part of parts) this.tcp.write(part)
    this.tcp.uncork()
  }

  whenRoom(): Promise<void> {
    if (!this.isFull || !this.isOpen) return Promise.resolve()
    return new Promise((done) => this.waiting.add(done))
  }

  private wake(): void {
    for (const done of this.waiting) done()
    this.waiting.clear()
  }
}

/** Where one subscription of a connection gets its batches. */
export class SocketOutlet implements Outlet<WordedBatch> {
  private readonly message: NextMessage

  constructor(
    private readonly connection: LiveConnection,
    subscriptionId: string,
  ) {
    this.message = new NextMessage(subscriptionId)
  }

  get isFull(): boolean {
    return this.connection.isFull
  }

  send(batch: WordedBatch): void {
    this.connection.write(this.message.frame(batch))
  }

  whenRoom(): Promise<void> {
    return this.connection.whenRoom()
  }
}
