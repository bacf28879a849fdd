// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { accentStyles, accentValues, contrast } from './accent.ts'
import { barPaths, countMarks, dayAt, troubledDays } from './day-bars.ts'
import { historyByMonth } from './history.ts'
import { acceptedLanguage, chooseLanguage } from './language.ts'
import { latencyChart } from './latency-chart.ts'
import { createSpeech } from './speech.ts'
import { changesOf } from './status-changes.ts'
import { statusTogether } from './status-look.ts'
import english from './texts/en.json'

describe('bars', () => {
  it('join days of one state to one dashed line, and begin anew behind another', () => {
    expect(barPaths({ marks: 'uuxu' })).toEqual([
      { mark: 'u', path: 'M0 14h7M12 14h3' },
      { mark: 'x', path: 'M8 14h3' },
    ])
  })
  it('take what they do not know for nothing known', () => {
    expect(countMarks({ marks: 'u\u{1F600}U' })).toEqual([
      { mark: 'u', n: 1 },
      { mark: '-', n: 3 },
    ])
  })
  it('know the day of each bar over a change of clocks and of the year', () => {
    const days = { from: '2026-03-28', marks: 'uuu', downSeconds: [0, 90] }
    expect(dayAt(days, 1)).toEqual({ day: '2026-03-29', mark: 'u', downMs: 90_000 })
    expect(dayAt({ ...days, from: '2026-12-31' }, 1).day).toBe('2027-01-01')
  })
  it('name the days with trouble, the newest first', () => {
    const days = { from: '2026-01-01', marks: 'xu-dm', downSeconds: [5, 0, 0, 0, 0] }
    expect(troubledDays(days).map(({ day }) => day)).toEqual([
      '2026-01-05',
      '2026-01-04',
      '2026-01-01',
    ])
  })
})

describe('the state of a section', () => {
  const of = (...statuses: Parameters<typeof statusTogether>[0][number]['status'][]) =>
    statusTogether(statuses.map((status) => ({ status })))
  it('is an outage only when all of it is out', () => {
    expect(of('MAJOR_OUTAGE', 'MAJOR_OUTAGE')).toBe('MAJOR_OUTAGE')
    expect(of('MAJOR_OUTAGE', 'OPERATIONAL')).toBe('PARTIAL_OUTAGE')
    expect(of('MAJOR_OUTAGE', 'UNKNOWN')).toBe('MAJOR_OUTAGE')
  })
  it('is the worst otherwise, and what nobody knows makes nothing bad', () => {
    expect(of('OPERATIONAL', 'DEGRADED', 'MAINTENANCE')).toBe('DEGRADED')
    expect(of('OPERATIONAL', 'UNKNOWN')).toBe('OPERATIONAL')
    expect(of('UNKNOWN')).toBe('UNKNOWN')
    expect(of()).toBe('UNKNOWN')
  })
})

describe('an accent', () => {
  it.each(['#ffffff', '#000000', '#ffff00', '#6d28d9', '#047857', '#808080'])(
    '%s can be read in both themes, and something can be read on it',
    (accent) => {
      const values = accentValues(accent)!
      const [light = '', dark = ''] = values['--sp-accent-text']!.match(/#[\da-f]{6}/g) ?? []
      expect(contrast(light, '#ffffff')).toBeGreaterThanOrEqual(4.5)
      expect(contrast(dark, '#11151c')).toBeGreaterThanOrEqual(4.5)
      expect(contrast(values['--sp-on-accent']!, accent)).toBeGreaterThanOrEqual(4.5)
    },
  )
  it.each(['red', '#fff', '#12345g', '#123456;}', ''])('%j is none', (accent) =>
    expect(accentStyles(accent)).toBeNull(),
  )
})

describe('the language', () => {
  it.each([
    [{ asked: 'de', fixed: 'fr', accepted: 'es' }, 'de'],
    [{ asked: 'xx', fixed: 'fr', accepted: 'es' }, 'fr'],
    [{ fixed: null, accepted: 'nl, es-MX;q=0.8, en;q=0.1' }, 'es'],
    [{ asked: ['de'], accepted: '' }, 'en'],
    [{ asked: '__proto__', fixed: 'constructor' }, 'en'],
    [{ asked: 'PT_br' }, 'pt'],
  ] as const)('of %j is %s', (wishes, language) => expect(chooseLanguage(wishes)).toBe(language))
  it.each(['*', ';;;', 'q=1', 'de;q=0', 'de;q=9', 'x'.repeat(10_000), '\u0000'])(
    'is in nobody’s header %#',
    (header) => expect(acceptedLanguage(header)).toBeNull(),
  )
})

describe('numbers and times', () => {
  const speech = createSpeech('en', english, 'America/New_York')
  it.each([
    [1, '100%'],
    [0.999999, '99.999%'],
    [0.99995, '99.995%'],
    [0.9999, '99.990%'],
    [0.99994, '99.994%'],
    [0.29, '29.00%'],
    [0.998, '99.80%'],
    [0, '0.00%'],
  ])('cut %d to %s and never promise more', (ratio, text) => expect(speech.ratio(ratio)).toBe(text))
  it('tell spans by their two largest units', () => {
    expect([0, 59_400, 3_605_000, 90_061_000].map((ms) => speech.span(ms))).toEqual([
      '0 sec',
      '59 sec',
      '1 hr',
      '1 day 1 hr',
    ])
  })
  it('are in the zone of the page', () => {
    expect(speech.dayOf('2026-01-01T04:59:00Z')).toBe('2025-12-31')
  })
})

describe('the history', () => {
  const outage = (startedAt: string) => ({
    ...{ id: startedAt, componentName: 'API', status: 'MAJOR_OUTAGE' as const },
    ...{ startedAt, endedAt: null },
  })
  const day = (at: string) => at.slice(0, 10)
  it('has the last three months whatever happened, and older ones when something did', () => {
    const months = historyByMonth([outage('2026-01-09'), outage('2025-06-01')], '2026-01-31', day)
    expect(months.map(({ month, outages }) => [month, outages.length])).toEqual([
      ['2026-01', 1],
      ['2025-12', 0],
      ['2025-11', 0],
      ['2025-06', 1],
    ])
  })
})

describe('the chart', () => {
  const point = (avgMs: number | null) => ({ avgMs, maxMs: avgMs })
  it('leaves a gap where nothing was measured', () => {
    const chart = latencyChart({ points: [10, 20, null, 40, 30].map(point) })!
    expect(chart.path.match(/M/g)).toHaveLength(2)
    expect(chart).toMatchObject({ averageMs: 25, longestMs: 40 })
  })
  it('is none without two measurements', () => {
    expect(latencyChart({ points: [10, null].map(point) })).toBeNull()
  })
  it('draws a day of many points within its width', () => {
    const points = Array.from({ length: 1440 }, (_, index) => point(index))
    expect(latencyChart({ points })!.path.length).toBeLessThan(1500)
  })
})

it('tells which components have changed, not which are new', () => {
  const one = (id: string, status: 'OPERATIONAL' | 'DEGRADED') => ({ id, name: id, status })
  const before = [one('a', 'OPERATIONAL'), one('b', 'OPERATIONAL')]
  const now = [one('a', 'DEGRADED'), one('b', 'OPERATIONAL'), one('c', 'DEGRADED')]
  expect(changesOf(before, now)).toEqual([one('a', 'DEGRADED')])
})
