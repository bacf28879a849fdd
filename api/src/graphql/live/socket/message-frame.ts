import type { WordedBatch } from '../live.ts'

const HEAD = Buffer.from('{"payload":')
const FINAL_TEXT = 0x81

/** A `next` message of graphql-transport-ws around results that many subscriptions share. */
export class NextMessage {
  private readonly tail: Buffer

  constructor(subscriptionId: string) {
    this.tail = Buffer.from(`,"id":${JSON.stringify(subscriptionId)},"type":"next"}`)
  }

  /** The WebSocket frame (RFC 6455: one unmasked text frame) in two parts, of which the first is shared. */
  frame(batch: WordedBatch): [shared: Buffer, own: Buffer] {
    return [sharedPart(batch, this.tail.length), this.tail]
  }
}

const parts = new WeakMap<WordedBatch, Map<number, Buffer>>()

/** Ids of one client library have one length, so frames differ in nothing but their tails. */
function sharedPart(batch: WordedBatch, tailLength: number): Buffer {
  let byLength = parts.get(batch)
  if (!byLength) parts.set(batch, (byLength = new Map()))
  let part = byLength.get(tailLength)
  if (!part) {
    const length = HEAD.length + batch.json.length + tailLength
    byLength.set(tailLength, (part = Buffer.concat([header(length), HEAD, batch.json])))
  }
  return part
}

function header(length: number): Buffer {
  if (length < 126) return Buffer.from([FINAL_TEXT, length])
  if (length < 65_536) return Buffer.from([FINAL_TEXT, 126, length >> 8, length & 0xff])
  const bytes = Buffer.from([FINAL_TEXT, 127, 0, 0, 0, 0, 0, 0, 0, 0])
  bytes.writeUIntBE(length, 4, 6)
  return bytes
}
