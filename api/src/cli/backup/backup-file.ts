import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AppError } from '../../lib/app-error.ts'

/**
 * One file: a line that says what it is, then gzip with frames in it: a letter, a length (4 bytes), the content.
 * `H` the header, `T` a table begins, `D` its rows as COPY writes them, `E` it ends, `Z` the end: what all before it
 * sums up to. A file that was cut off or changed has no right end.
 */
export const FORMAT = 1
const SIGN = 'ALLSWELL BACKUP '
const FIRST_LINE = /^ALLSWELL BACKUP (\d{1,6})\n/
const LONGEST_LINE = SIGN.length + 7
const HEAD_BYTES = 5
const PIECE_BYTES = 1024 * 1024
const LONGEST_FRAME = 16 * PIECE_BYTES

export type FrameKind = 'H' | 'T' | 'D' | 'E' | 'Z'

export interface Frame {
  kind: FrameKind
  content: Buffer
}

export const firstLine = (): string => `${SIGN}${FORMAT}\n`

/** Turns what a back-up consists of into the bytes of its file, and sums them up. */
export class FrameEncoder {
  private readonly sum = createHash('sha256')

  fact(kind: FrameKind, fact: object): Buffer {
    return this.frame(kind, Buffer.from(JSON.stringify(fact)))
  }

  end(): Buffer {
    return this.fact('Z', { sha256: this.sum.copy().digest('hex') })
  }

  /** Content of any size, in pieces of one megabyte. */
  *pieces(kind: FrameKind, content: Buffer): Generator<Buffer> {
    for (let at = 0; at < content.length; at += PIECE_BYTES)
      yield this.frame(kind, content.subarray(at, at + PIECE_BYTES))
  }

  private frame(kind: FrameKind, content: Buffer): Buffer {
    const head = Buffer.alloc(HEAD_BYTES)
    head.write(kind, 'latin1')
    head.writeUInt32BE(content.length, 1)
    const frame = Buffer.concat([head, content])
    this.sum.update(frame)
    return frame
  }
}

const damaged = (why: string): AppError =>
  new AppError('INVALID', `This back-up is damaged: ${why}. Nothing was restored.`)

/** Reads the frames one by one, as they are needed. Throws INVALID as soon as something is wrong, at the end at the latest. */
export async function* readFrames(file: string): AsyncGenerator<Frame> {
  const sum = createHash('sha256')
  let isEnded = false
  for await (const frame of cut(unpacked(file, await skipFirstLine(file)))) {
    if (isEnded) throw damaged('it goes on after its end')
    if (frame.kind === 'Z') {
      isEnded = true
      const { sha256 } = factOf<{ sha256: unknown }>(frame)
      if (sha256 !== sum.digest('hex')) throw damaged('its checksum is another')
      continue
    }
    sum.update(frame.whole)
    yield frame
  }
  if (!isEnded) throw damaged('its end is missing')
}

export function factOf<T>({ content }: Frame): Partial<T> {
  try {
    const fact: unknown = JSON.parse(content.toString())
    if (typeof fact === 'object' && fact !== null) return fact as Partial<T>
  } catch {
    // Said below.
  }
  throw damaged('a part of it can’t be read')
}

async function skipFirstLine(file: string): Promise<number> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new AppError('NOT_FOUND', `${file} can't be read (${error.code ?? error.message}).`)
  })
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LONGEST_LINE), 0, LONGEST_LINE, 0)
    const [line, format] = FIRST_LINE.exec(buffer.toString('latin1', 0, bytesRead)) ?? []
    if (line === undefined) throw new AppError('INVALID', `${file} is no back-up of Allswell.`)
    if (Number(format) > FORMAT)
      throw new AppError(
        'CONFLICT',
        `${file} was made by a newer version of Allswell. Restore it with that version.`,
      )
    return line.length
  } finally {
    await handle.close()
  }
}

async function* unpacked(file: string, start: number): AsyncGenerator<Buffer> {
  const bytes = createGunzip({ chunkSize: PIECE_BYTES })
  pipeline(createReadStream(file, { start }), bytes, () => undefined)
  try {
    for await (const part of bytes) yield part as Buffer
  } catch (error) {
    throw damaged(error instanceof Error ? error.message : String(error))
  }
}

async function* cut(bytes: AsyncIterable<Buffer>): AsyncGenerator<Frame & { whole: Buffer }> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const part of bytes) {
    rest = rest.length ? Buffer.concat([rest, part]) : part
    for (let size = sizeOf(rest); size !== undefined && rest.length >= size; size = sizeOf(rest)) {
      const whole = rest.subarray(0, size)
      yield { kind: kindOf(whole), content: whole.subarray(HEAD_BYTES), whole }
      rest = rest.subarray(size)
    }
  }
  if (rest.length) throw damaged('it breaks off')
}

function sizeOf(bytes: Buffer): number | undefined {
  if (bytes.length < HEAD_BYTES) return undefined
  const size = bytes.readUInt32BE(1)
  if (size > LONGEST_FRAME) throw damaged('a part of it is too long')
  return HEAD_BYTES + size
}

function kindOf(frame: Buffer): FrameKind {
  const kind = frame.toString('latin1', 0, 1)
  if (/^[HTDEZ]$/.test(kind)) return kind as FrameKind
  throw damaged('a part of it is of no known kind')
}
