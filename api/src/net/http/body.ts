import type { IncomingMessage } from 'node:http'
import type { Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'

export const MOST_BODY_BYTES = 1024 * 1024
/** Of bodies of all requests under way, as they come over the wire and decoded. */
const MOST_BYTES_AT_ONCE = 128 * 1024 * 1024

export interface Body {
  bytes: Buffer
  isTruncated: boolean
}

/** The body is not what its Content-Encoding says. */
export class BodyUndecodable extends Error {
  override readonly name = 'BodyUndecodable'
}

/** There is no memory for one more body: a fault of ours. */
export class TooManyBodies extends Error {
  override readonly name = 'TooManyBodies'
}

type Decoder = (firstByte: number) => Transform

/** "deflate" means zlib's format, but some servers send it bare. */
const inflate: Decoder = (firstByte) =>
  (firstByte & 0x0f) === 8 ? createInflate() : createInflateRaw()
const DECODERS: Record<string, Decoder> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  deflate: inflate,
  br: () => createBrotliDecompress(),
}

let bytesAtOnce = 0

/**
 * Reads and decodes a body, up to 1 MiB of what it decodes to: an endless body and a bomb both end there.
 * Rejects with BodyUndecodable, TooManyBodies, or the connection's error (ECONNRESET when it ends too early).
 */
export function readBody(response: IncomingMessage): Promise<Body> {
  return new Promise((resolve, reject) => new BodyReader(response, resolve, reject))
}

class BodyReader {
  private readonly chunks: Buffer[] = []
  private readonly encoding: Decoder | undefined
  private decoder: Transform | undefined
  private size = 0
  private wireSize = 0
  private isOver = false

  constructor(
    private readonly response: IncomingMessage,
    private readonly resolve: (body: Body) => void,
    private readonly reject: (error: Error) => void,
  ) {
    const encoding = response.headers['content-encoding']
    this.encoding = encoding ? DECODERS[encoding.trim().toLowerCase()] : undefined
    response.on('data', (chunk: Buffer) => this.receive(chunk))
    response.on('end', () => (this.decoder ? this.decoder.end() : this.finish(false)))
    response.on('error', (error) => this.fail(error))
    response.on('close', () => {
      if (response.complete) return
      this.fail(Object.assign(new Error('broken off'), { code: 'ECONNRESET' }))
    })
  }

  private receive(chunk: Buffer): void {
    this.wireSize += chunk.length
    if (!this.encoding) return this.keep(chunk)
    if (this.wireSize > MOST_BODY_BYTES) return this.finish(true)
    this.decoder ??= this.newDecoder(this.encoding, chunk[0] ?? 0)
    this.decoder.write(chunk)
  }

  private newDecoder(make: Decoder, firstByte: number): Transform {
    const decoder = make(firstByte)
    decoder.on('data', (chunk: Buffer) => this.keep(chunk))
    decoder.on('end', () => this.finish(false))
    decoder.on('error', () => this.fail(new BodyUndecodable('The body can’t be decoded')))
    return decoder
  }

  private keep(chunk: Buffer): void {
    if (this.isOver) return
    this.chunks.push(chunk)
    this.size += chunk.length
    bytesAtOnce += chunk.length
    if (this.size > MOST_BODY_BYTES) this.finish(true)
    else if (bytesAtOnce > MOST_BYTES_AT_ONCE) this.fail(new TooManyBodies('Too many bodies'))
  }

  private finish(isTruncated: boolean): void {
    if (this.isOver) return
    const [only] = this.chunks
    const whole = this.chunks.length === 1 && only ? only : Buffer.concat(this.chunks)
    this.resolve({ bytes: whole.subarray(0, MOST_BODY_BYTES), isTruncated })
    this.stop(isTruncated)
  }

  private fail(error: Error): void {
    if (this.isOver) return
    this.reject(error)
    this.stop(true)
  }

  private stop(isUnread: boolean): void {
    this.isOver = true
    bytesAtOnce -= this.size
    this.chunks.length = 0
    this.decoder?.destroy()
    if (isUnread) this.response.destroy()
  }
}

const TEXTUAL =
  /^(text\/|application\/([\w.+-]*\+)?(json|xml|javascript|x-ndjson|x-www-form-urlencoded|graphql|problem))/i

/** The body as text; null when it is not text. */
export function bodyText({ bytes }: Body, contentType: string | undefined): string | null {
  if (contentType && !TEXTUAL.test(contentType)) return null
  const charset = /charset="?([\w-]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? 'utf-8'
  const text = charset === 'utf-8' ? bytes.toString('utf8') : decodeText(bytes, charset)
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text
}

function decodeText(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return bytes.toString('utf8')
  }
}
