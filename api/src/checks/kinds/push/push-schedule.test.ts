import { describe, expect, it } from 'vitest'
import { expectedAfter, lateAfter, nextTimes, problemOfCron, scheduleOf } from './push-schedule.ts'

const at = (iso: string): number => Date.parse(iso)
const byCron = (cron: string, timeZone: string) => ({
  ...{ periodMs: 3_600_000, graceMs: 600_000, cron, timeZone },
})

describe('a schedule', () => {
  it('by a period expects the next a period after the last, and is late a grace after that', () => {
    const schedule = { periodMs: 60_000, graceMs: 30_000, cron: null, timeZone: 'UTC' }
    expect(expectedAfter(schedule, 1_000)).toBe(61_000)
    expect(lateAfter(schedule, 1_000)).toBe(91_000)
  })

  it('of a monitor without settings is read from its columns', () => {
    expect(scheduleOf({ settings: null, intervalSeconds: 60, timeoutMs: 30_000 })).toEqual({
      ...{ periodMs: 60_000, graceMs: 30_000, cron: null, timeZone: 'UTC' },
    })
  })

  it.each([
    ['0 3 * * *', 'UTC', '2026-05-01T02:59:59Z', '2026-05-01T03:00:00Z'],
    ['0 3 * * *', 'UTC', '2026-05-01T03:00:00Z', '2026-05-02T03:00:00Z'],
    ['0 3 * * *', 'Asia/Tokyo', '2026-05-01T00:00:00Z', '2026-05-01T18:00:00Z'],
    ['*/15 9-17 * * mon-fri', 'Europe/Berlin', '2026-05-01T15:50:00Z', '2026-05-04T07:00:00Z'],
    ['0 0 1 * 1', 'UTC', '2026-04-28T00:00:00Z', '2026-05-01T00:00:00Z'],
    ['0 0 * * 7', 'UTC', '2026-05-01T00:00:00Z', '2026-05-03T00:00:00Z'],
    ['0 0 29 2 *', 'UTC', '2026-05-01T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['30 0 * * *', 'Asia/Kathmandu', '2026-05-01T00:00:00Z', '2026-05-01T18:45:00Z'],
  ])('by %s in %s expects after %s the next at %s', (cron, timeZone, last, next) => {
    expect(new Date(expectedAfter(byCron(cron, timeZone), at(last)))).toEqual(new Date(next))
  })

  it('is asked again and again in any order and remembers nothing wrong', () => {
    const schedule = byCron('0 3 * * *', 'UTC')
    const asked = [
      '2026-05-03T04:00Z',
      '2026-05-01T04:00Z',
      '2026-05-02T02:00Z',
      '2026-05-01T02:00Z',
    ]
    expect(asked.map((last) => new Date(expectedAfter(schedule, at(last))).toISOString())).toEqual([
      ...['2026-05-04T03:00:00.000Z', '2026-05-02T03:00:00.000Z'],
      ...['2026-05-02T03:00:00.000Z', '2026-05-01T03:00:00.000Z'],
    ])
  })
})

describe('when clocks change', () => {
  const times = (cron: string, zone: string, from: string, count: number): string[] =>
    nextTimes(cron, zone, at(from), count).map((time) => time.toISOString())

  it('a job at a time that does not exist is expected right after the gap, once', () => {
    expect(times('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ])
  })

  it('a job at a time that comes twice is expected the first time only', () => {
    expect(times('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ])
  })

  it('a job every half hour keeps its beat through both hours', () => {
    expect(times('*/30 * * * *', 'Europe/Berlin', '2026-10-24T23:45Z', 5)).toEqual([
      ...['2026-10-25T00:00:00.000Z', '2026-10-25T00:30:00.000Z', '2026-10-25T01:00:00.000Z'],
      ...['2026-10-25T01:30:00.000Z', '2026-10-25T02:00:00.000Z'],
    ])
  })
})

describe('a cron expression', () => {
  it.each(['* * * * *', '*/5 0-4,22 1,15 jan-mar mon', '@daily', '@hourly'])(
    'may be %s',
    (cron) => {
      expect(problemOfCron(cron)).toBeNull()
    },
  )

  it.each(['', ' ', '* * * *', '* * * * * *', 'every day', '60 * * * *', '0 0 30 2 *', '\0', '🙂'])(
    'may not be %j',
    (cron) => expect(problemOfCron(cron)).not.toBeNull(),
  )
})
