import { afterEach, expect, it } from 'vitest'
import { computed } from 'vue'
import { setFormatting } from './formatting.ts'
import { formatCount } from './numbers.ts'
import { formatClock, formatMoment } from './time/index.ts'

afterEach(() => setFormatting({}))
const LATE = '2026-03-01T23:30:00Z'

it('shows times in the time zone of the profile, at once', () => {
  const shown = computed(() => formatClock(LATE))
  expect(shown.value).toBe('23:30:00')
  setFormatting({ timeZone: 'Asia/Tokyo' })
  expect(shown.value).toBe('08:30:00')
})

it('tells today from yesterday in that time zone', () => {
  setFormatting({ timeZone: 'Asia/Tokyo' })
  expect(formatMoment(LATE, '2026-03-02T01:00:00Z')).toBe('08:30')
  setFormatting({ timeZone: 'America/New_York' })
  expect(formatMoment(LATE, '2026-03-02T12:00:00Z')).toBe('Mar 1, 18:30')
})

it('writes numbers in the language of the profile', () => {
  setFormatting({ locale: 'de-DE' })
  expect(formatCount(12_345)).toBe('12.345')
})

it('takes the browser’s own for what it does not know', () => {
  setFormatting({ locale: 'not a language', timeZone: 'Mars/Olympus' })
  expect([formatCount(12_345), formatClock(LATE)]).toEqual(['12,345', '23:30:00'])
})
