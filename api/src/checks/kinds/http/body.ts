import type { IncomingMessage } from 'node:http'
import type { Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

export const MOST_BODY_BYTES = 1024 * 1024

export interface Body {
  bytes: Buffer
  isTruncated: boolean
}

const DECODERS: Record<string, () => Transform> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/**
 * Reads and decodes a body, up to 1 MiB of what it decodes to: an endless body and a bomb both end there.
 * Rejects when the connection breaks before the end or the encoding is broken.
 */
export function readBody(response: IncomingMessage): Promise<Body> {
  const decoder = DECODERS[(response.headers['content-encoding'] ?? '').trim().toLowerCase()]?.()
  const source = decoder ? response.pipe(decoder) : response
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const done = (isTruncated: boolean): void => {
      resolve({ bytes: Buffer.concat(chunks).subarray(0, MOST_BODY_BYTES), isTruncated })
    }
    source.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      if (size <= MOST_BODY_BYTES) return
      done(true)
      decoder?.destroy()
      response.destroy()
    })
    source.on('end', () => done(false))
    source.on('error', reject)
    response.on('error', reject)
    response.on('close', () => {
      if (!response.complete) reject(Object.assign(new Error('broke off'), { code: 'ECONNRESET' }))
    })
  })
}

const TEXTUAL =
  /^(text\/|application\/([\w.+-]*\+)?(json|xml|javascript|x-www-form-urlencoded|graphql|problem))/i

/** The body as text; null when it is not text. */
export function bodyText({ bytes }: Body, contentType: string | undefined): string | null {
  if (contentType && !TEXTUAL.test(contentType)) return null
  const charset = /charset="?([\w-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8'
  return decodeText(bytes, charset).replaceAll('\0', '\uFFFD')
}

function decodeText(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}
