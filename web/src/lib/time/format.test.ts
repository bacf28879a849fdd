import { describe, expect, it } from 'vitest'
import { formatDuration, formatMoment } from './format.ts'

describe('formatDuration', () => {
  const MINUTE = 60_000
  it.each([
    [0, '0s'],
    [-5, '0s'],
    [42_000, '42s'],
    [59_600, '1m'],
    [5 * MINUTE + 10_000, '5m 10s'],
    [60 * MINUTE, '1h'],
    [60 * MINUTE + 5000, '1h'],
    [65 * MINUTE, '1h 5m'],
    [76 * 60 * MINUTE, '3d 4h'],
    [24 * 60 * MINUTE + 5 * MINUTE, '1d'],
  ])('tells %d ms as %s', (spanMs, text) => {
    expect(formatDuration(spanMs)).toBe(text)
  })
})

describe('formatMoment', () => {
  const now = new Date(2025, 10, 23, 12, 3)
  it('leaves out what goes without saying', () => {
    expect(formatMoment(new Date(2025, 10, 23, 9, 5), now)).toBe('09:05')
    expect(formatMoment(new Date(2025, 10, 22, 9, 5), now)).toBe('Nov 22, 09:05')
    expect(formatMoment(new Date(2024, 10, 22, 9, 5), now)).toBe('Nov 22, 2024, 09:05')
  })
})
