import type { Badge, BadgeStyle } from './badge.ts'
import { escaped } from './markup.ts'

interface Look {
  height: number
  fontSize: number
  padding: number
  radius: number
  baseline: number
  isLoud: boolean
}

const LOOKS: Readonly<Record<BadgeStyle, Look>> = {
  flat: { height: 20, fontSize: 11, padding: 6, radius: 3, baseline: 14, isLoud: false },
  'flat-square': { height: 20, fontSize: 11, padding: 6, radius: 0, baseline: 14, isLoud: false },
  'for-the-badge': { height: 28, fontSize: 10, padding: 11, radius: 0, baseline: 18, isLoud: true },
}
const LABEL_COLOUR = '#444'
const FONT = 'Verdana,Geneva,DejaVu Sans,sans-serif'
/** How wide letters are, in shares of the size of the font. Text is made to fit, so near enough is enough. */
const WIDTHS: readonly [RegExp, number][] = [
  [/[fijlrtI.,:;'|!()[\] ]/u, 0.38],
  [/[mwMW@%…]/u, 0.92],
  [/[\u1100-\u11FF\u2E80-\uA4CF\uAC00-\uD7FF\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60]/u, 1.02],
  [/[\u{10000}-\u{10FFFF}]/u, 1.15],
  [/\p{M}/u, 0],
  [/\p{Lu}/u, 0.72],
]
const USUAL_WIDTH = 0.62
const LETTER_SPACE = 1.2

function widthOf(text: string, { fontSize, isLoud }: Look): number {
  const letters = [...text]
  const shares = letters.map(
    (letter) => WIDTHS.find(([kind]) => kind.test(letter))?.[1] ?? USUAL_WIDTH,
  )
  const width = shares.reduce((sum, share) => sum + share, 0) * fontSize
  return Math.ceil(width + (isLoud ? letters.length * LETTER_SPACE : 0))
}

interface Part {
  x: number
  width: number
  textWidth: number
  text: string
}

function partOf(text: string, look: Look, x: number): Part {
  const textWidth = text ? widthOf(text, look) : 0
  return { x, text, textWidth, width: text ? textWidth + 2 * look.padding : 0 }
}

/** Draws a badge. Nothing of it comes from elsewhere, and nothing in it runs. */
export function badgeSvg(badge: Badge): string {
  const look = LOOKS[badge.style]
  const shown = (text: string): string => (look.isLoud ? text.toUpperCase() : text)
  const label = partOf(shown(badge.label), look, 0)
  const message = partOf(shown(badge.message), look, label.width)
  const width = label.width + message.width
  const title = escaped(badge.label ? `${badge.label}: ${badge.message}` : badge.message)
  const { height, radius, fontSize } = look
  const box = ({ x, width: wide }: Part, fill: string): string =>
    wide ? `<rect x="${x}" width="${wide}" height="${height}" fill="${fill}"/>` : ''
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<clipPath id="r"><rect width="${width}" height="${height}" rx="${radius}"/></clipPath>`,
    `<g clip-path="url(#r)">${box(label, LABEL_COLOUR)}${box(message, badge.colour)}</g>`,
    `<g fill="#fff" text-anchor="middle" font-family="${FONT}" font-size="${fontSize}">`,
    words(label, look, false),
    words(message, look, look.isLoud),
    '</g></svg>\n',
  ].join('')
}

function words({ x, width, textWidth, text }: Part, look: Look, isBold: boolean): string {
  if (!text) return ''
  const weight = isBold ? ' font-weight="bold"' : ''
  const fit = `textLength="${textWidth}" lengthAdjust="spacingAndGlyphs"`
  return `<text x="${x + width / 2}" y="${look.baseline}" ${fit}${weight}>${escaped(text)}</text>`
}
