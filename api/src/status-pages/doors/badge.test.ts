import 'reflect-metadata'
import { XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { HOSTILE_TEXTS } from '../../../test/door-pages.ts'
import { ComponentStatus } from '../../components/index.ts'
import { AppError } from '../../lib/app-error.ts'
import { BADGE_STYLES, badgeOf, missingBadge, readBadgeWishes, shieldsBadge } from './badge.ts'
import { badgeSvg } from './badge-svg.ts'

const STATES = Object.keys(ComponentStatus) as ComponentStatus[]

describe('a badge', () => {
  it.each(STATES)('says %s in words, in a title, and for those who can’t see it', (status) => {
    const svg = badgeSvg(badgeOf('Acme', status))
    const words = status.toLowerCase().replace('_', ' ')
    expect(XMLValidator.validate(svg)).toBe(true)
    expect(svg).toContain(`<title>Acme: ${words}</title>`)
    expect(svg).toContain(`role="img" aria-label="Acme: ${words}"`)
  })

  it.each(STATES)('has white text that can be read on the colour of %s', (status) => {
    const { colour } = badgeOf('Acme', status)
    const channels = [1, 3, 5].map((n) => Number.parseInt(colour.slice(n, n + 2), 16) / 255)
    const [red, green, blue] = channels.map((c) =>
      c <= 0.040_45 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
    )
    const light = 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
    expect(1.05 / (light + 0.05)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(BADGE_STYLES)('is drawn in the style %s', (style) => {
    const svg = badgeSvg(badgeOf('Acme', 'OPERATIONAL', { style }))
    expect(XMLValidator.validate(svg)).toBe(true)
    expect(svg).toContain(style === 'for-the-badge' ? '>OPERATIONAL</text>' : '>operational</text>')
  })

  it('has no left half with an empty label', () => {
    const svg = badgeSvg(badgeOf('Acme', 'OPERATIONAL', { label: '' }))
    expect(svg).toContain('<title>operational</title>')
    expect(svg.match(/<text /g)).toHaveLength(1)
  })

  it.each(HOSTILE_TEXTS)('draws %j as text and nothing else', (text) => {
    for (const badge of [
      badgeOf(text, 'MAJOR_OUTAGE'),
      badgeOf('a', 'UNKNOWN', { label: text.slice(0, 100), style: 'for-the-badge' }),
    ]) {
      const svg = badgeSvg(badge)
      expect(XMLValidator.validate(svg)).toBe(true)
      expect(new Set(svg.match(/<[a-zA-Z]+/g))).toEqual(
        new Set(['<svg', '<title', '<clipPath', '<rect', '<g', '<text']),
      )
      const attributes = svg.replaceAll(/"[^"]*"|>[^<]*</g, '""')
      expect(attributes).not.toMatch(/\son\w+=|href|style/)
      expect(Number(/width="(\d+)"/.exec(svg)![1])).toBeLessThan(2_000)
    }
  })

  it('is what shields wants of an endpoint', () => {
    expect(shieldsBadge(badgeOf('Acme', 'PARTIAL_OUTAGE'))).toEqual({
      ...{ schemaVersion: 1, label: 'Acme', message: 'partial outage', color: '#bc4c00' },
      ...{ style: 'flat', isError: true, cacheSeconds: 300 },
    })
    expect(shieldsBadge(badgeOf('Acme', 'OPERATIONAL'))).toMatchObject({ isError: false })
    expect(shieldsBadge(missingBadge())).toMatchObject({ message: 'not found', isError: true })
  })
})

describe('what a badge may be asked for', () => {
  it('is a label and a style', () => {
    expect(readBadgeWishes({})).toEqual({})
    expect(readBadgeWishes({ label: '', other: ['x'] })).toEqual({ label: '' })
    expect(readBadgeWishes({ label: ' a\u0000\r\nb\u202E ', style: 'flat-square' })).toEqual({
      ...{ label: 'a b', style: 'flat-square' },
    })
  })

  it.each([
    { label: 'x'.repeat(101) },
    { label: ['a', 'b'] },
    { label: { a: 'b' } },
    { style: 'plastic' },
    { style: '__proto__' },
    { style: ['flat', 'flat'] },
  ])('is never %j', (query) => {
    expect(() => readBadgeWishes(query)).toThrow(AppError)
  })
})
