import { AppError, type FieldProblem } from '../lib/app-error.ts'

/** A picture as it is stored and served. */
export interface Logo {
  type: string
  bytes: Buffer
}

const MOST_BYTES = 256 * 1024
const DATA_URL = /^data:([a-z]+\/[a-z0-9.+-]+);base64,([A-Za-z0-9+/]+={0,2})$/
const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0))

/** How each kind of picture begins; the second part stands at its offset. */
const KINDS: Record<string, (bytes: Buffer) => boolean> = {
  'image/png': (bytes) => begins(bytes, [0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a]),
  'image/jpeg': (bytes) => begins(bytes, [0xff, 0xd8, 0xff]),
  'image/gif': (bytes) => begins(bytes, ascii('GIF8')),
  'image/webp': (bytes) => begins(bytes, ascii('RIFF')) && begins(bytes, ascii('WEBP'), 8),
  'image/svg+xml': isPlainSvg,
}

/** Reads a `data:` address. Throws INVALID for what is no picture of these kinds, or is too large. */
export function readLogo(text: string): Logo {
  const [, type, base64] = DATA_URL.exec(text) ?? []
  const isKind = type === undefined ? undefined : KINDS[type]
  if (!isKind || type === undefined)
    throw refusal('INVALID', 'A logo is a PNG, JPEG, GIF, WebP or SVG as a data: URL in base64.')
  const bytes = Buffer.from(base64!, 'base64')
  if (bytes.length > MOST_BYTES) throw refusal('LIMIT', 'A logo has at most 256 kB.')
  if (!isKind(bytes))
    throw refusal('INVALID', `This is not the picture that it says it is (${type}).`)
  return { type, bytes }
}

function refusal(code: FieldProblem['code'], message: string): AppError {
  return AppError.invalid([{ path: ['logo'], code, message }])
}

function begins(bytes: Buffer, expected: readonly number[], offset = 0): boolean {
  return expected.every((byte, n) => bytes[offset + n] === byte)
}

const DRAWING = new Set(
  [
    'svg g defs title desc metadata path rect circle ellipse line polyline polygon text tspan textpath style symbol use',
    'lineargradient radialgradient stop clippath mask pattern marker image switch view filter feblend fecolormatrix',
    'fecomponenttransfer fecomposite fedropshadow feflood fefunca fefuncb fefuncg fefuncr fegaussianblur femerge',
    'femergenode femorphology feoffset fetile feturbulence',
  ]
    .join(' ')
    .split(' '),
)
/** Runs something, brings a grammar of its own, or loads from elsewhere. */
const ACTING = /<!(?!--)|<\?(?!xml\s)|[\s/"']on\w+\s*=|javascript:|@import/i
/** Links and pictures lead nowhere but into the drawing itself. */
const LEADING = /(?:href\s*=|url\()\s*["']?\s*(?![\s"'#]|data:image\/(?:png|jpeg|gif|webp);)/i

/** It is served where nothing in it can run; that it only draws is looked at as well. */
function isPlainSvg(bytes: Buffer): boolean {
  const text = bytes.toString('utf8')
  if (text.includes('\0') || !/<svg[\s>/]/i.test(text)) return false
  if (ACTING.test(text) || LEADING.test(text)) return false
  const names = [...text.matchAll(/<\/?([^\s/>!?]+)/g)].map(([, name]) => name!.toLowerCase())
  return names.every(
    (name) => DRAWING.has(name) || /^(sodipodi|inkscape|rdf|cc|dc):[\w-]+$/.test(name),
  )
}
