/** The surfaces that text stands on, see page.css. */
const SURFACES = { light: '#ffffff', dark: '#11151c' } as const
const INK = { light: '#000000', dark: '#ffffff' } as const
/** The least contrast of text that people can read (WCAG AA). */
const READABLE = 4.5
const STEPS = 20

type Rgb = readonly [number, number, number]

function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(rgbOf(one)), luminance(rgbOf(other))]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function mix(from: string, to: string, share: number): string {
  const [a, b] = [rgbOf(from), rgbOf(to)]
  const channels = a.map((channel, index) =>
    Math.round(channel + (b[index]! - channel) * share)
      .toString(16)
      .padStart(2, '0'),
  )
  return `#${channels.join('')}`
}

/** The accent, moved towards black or white until it can be read on the theme's surface. */
function readable(accent: string, theme: keyof typeof SURFACES): string {
  for (let step = 0; step < STEPS; step++) {
    const colour = mix(accent, INK[theme], step / STEPS)
    if (contrast(colour, SURFACES[theme]) >= READABLE) return colour
  }
  return INK[theme]
}

/** The values of an accent colour `#rrggbb`; null when it is none. */
export function accentValues(accent: string): Record<`--sp-${string}`, string> | null {
  if (!/^#[\da-f]{6}$/i.test(accent)) return null
  const ink = contrast(accent, '#ffffff') >= READABLE ? '#ffffff' : '#000000'
  const text = `light-dark(${readable(accent, 'light')}, ${readable(accent, 'dark')})`
  return { '--sp-accent': accent.toLowerCase(), '--sp-on-accent': ink, '--sp-accent-text': text }
}

/** The same as a stylesheet: the page's policy allows no styles within it. */
export function accentStyles(accent: string): string | null {
  const values = accentValues(accent)
  if (!values) return null
  const lines = Object.entries(values).map(([name, value]) => `${name}:${value}`)
  return `.sp-page{${lines.join(';')}}\n`
}

/** The file of an accent's stylesheet, from its colour. */
export const accentFile = (accent: string): string => `${accent.slice(1).toLowerCase()}.css`
