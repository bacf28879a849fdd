import type { ServerResponse } from 'node:http'
import type { WordedBatch } from '../live.ts'
import type { Outlet } from '../stream/subscriber.ts'

const MOST_QUEUED_BYTES = 1024 * 1024
const KEEP_ALIVE = ':\n\n'

const messages = new WeakMap<WordedBatch, Buffer>()

/** The batch as a server-sent event; worded once for all who get it. JSON has no raw line breaks. */
function messageOf(batch: WordedBatch): Buffer {
  const known = messages.get(batch)
  if (known) return known
  const head = Buffer.from(`event: next\nid: ${batch.cursor}\ndata: `)
  const message = Buffer.concat([head, batch.json, Buffer.from('\n\n')])
  messages.set(batch, message)
  return message
}

/** A response that stays open and carries batches, each with its cursor as `id:`. */
export class EventStream implements Outlet<WordedBatch> {
  private readonly waiting = new Set<() => void>()

  constructor(
    private readonly response: ServerResponse,
    private readonly mayTell: () => boolean,
  ) {
    response.on('drain', () => this.wake())
    response.on('close', () => this.wake())
    response.on('error', () => response.destroy())
  }

  get isFull(): boolean {
    return this.response.writableLength > MOST_QUEUED_BYTES
  }

  private get isOpen(): boolean {
    return !this.response.writableEnded && !this.response.destroyed
  }

  open(): void {
    this.response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    })
    this.response.write(`retry: 2000\n${KEEP_ALIVE}`)
  }

  send(batch: WordedBatch): void {
    if (!this.mayTell()) return this.breakOff()
    if (this.isOpen) this.response.write(messageOf(batch))
  }

  /** A comment, so that nothing between takes the connection for dead. */
  keepAlive(): void {
    if (this.isOpen && !this.isFull) this.response.write(KEEP_ALIVE)
  }

  /** The operation is over; a client does not come back. */
  complete(): void {
    if (this.isOpen) this.response.end('event: complete\ndata:\n\n')
  }

  /** The connection is over; a client comes back with its last id. */
  breakOff(): void {
    if (this.isOpen) this.response.end()
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
