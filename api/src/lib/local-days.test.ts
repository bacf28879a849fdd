import { describe, expect, it } from 'vitest'
import { lastLocalDays } from './local-days.ts'

const at = (text: string): number => Date.parse(text)

describe('the last days of a time zone', () => {
  it('are those of its clocks, not of UTC', () => {
    const days = lastLocalDays('Asia/Tokyo', at('2026-11-22T16:00:00Z'), 2)
    expect(days).toEqual([
      { date: '2026-11-22', fromMs: at('2026-11-21T15:00:00Z') },
      { date: '2026-11-23', fromMs: at('2026-11-22T15:00:00Z') },
    ])
  })

  it.each([
    ['Europe/Berlin', '2026-03-30T10:00:00Z', '2026-03-28T23:00:00Z', 23],
    ['Europe/Berlin', '2026-10-26T10:00:00Z', '2026-10-24T22:00:00Z', 25],
    ['UTC', '2026-03-30T10:00:00Z', '2026-03-29T00:00:00Z', 24],
  ])('in %s have as many hours as the clocks say (%s)', (timeZone, now, from, hours) => {
    const [day, next] = lastLocalDays(timeZone, at(now), 2)
    expect(day!.fromMs).toBe(at(from))
    expect((next!.fromMs - day!.fromMs) / 3_600_000).toBe(hours)
  })

  it('begin at one o’clock where midnight is skipped', () => {
    // Beirut's clocks go from 00:00 to 01:00 on the last Sunday of March.
    const [day] = lastLocalDays('Asia/Beirut', at('2026-03-29T12:00:00Z'), 1)
    expect(day).toEqual({ date: '2026-03-29', fromMs: at('2026-03-28T22:00:00Z') })
  })

  it('are as many as were asked for, without a gap, over a leap day', () => {
    const days = lastLocalDays('America/New_York', at('2028-03-10T12:00:00Z'), 90)
    expect(days).toHaveLength(90)
    expect(days.map((day) => day.date)).toContain('2028-02-29')
    for (let n = 1; n < 90; n++) {
      const hours = (days[n]!.fromMs - days[n - 1]!.fromMs) / 3_600_000
      expect([23, 24, 25]).toContain(hours)
    }
  })
})
