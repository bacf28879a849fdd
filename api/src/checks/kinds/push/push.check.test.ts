import { describe, expect, it } from 'vitest'
import { check } from '../../../../test/checks/local-servers.ts'
import { push } from './push.check.ts'

const SETTINGS = {
  ...{ cron: null, timeZone: 'UTC', graceSeconds: 0, slug: null, onlyPost: false },
}

describe('a push monitor', () => {
  it('is passive, and there is nothing to test', async () => {
    expect(push.isPassive).toBe(true)
    expect(await check('push', { periodSeconds: 60 })).toMatchObject({
      verdict: 'UNKNOWN',
      message: expect.stringContaining('waits to be called'),
    })
  })

  it.each([
    [60, 'every minute'],
    [90, 'every 90 seconds'],
    [7_200, 'every 2 hours'],
    [86_400, 'every day'],
  ])('of %i seconds is called %s', (periodSeconds, target) => {
    expect(push.target({ ...SETTINGS, periodSeconds })).toBe(target)
  })

  it('with a cron expression says so, with its time zone', () => {
    const settings = { ...SETTINGS, periodSeconds: 60, cron: '0 3 * * *', timeZone: 'Asia/Tokyo' }
    expect(push.target(settings)).toBe('0 3 * * * (Asia/Tokyo)')
  })

  it.each([
    [{ cron: '* * * * * *' }, 'five fields'],
    [{ cron: '61 * * * *' }, 'five fields'],
    [{ cron: '0 0 30 2 *' }, 'never falls due'],
    [{ cron: 'x'.repeat(101) }, 'at most 100'],
    [{ cron: '2026-01-01T00:00:00' }, 'five fields'],
    [{ cron: '0 0\n* * *' }, 'single line'],
    [{ timeZone: 'Mars/Olympus' }, 'no such time zone'],
    [{ timeZone: '../etc/passwd' }, 'no such time zone'],
    [{ slug: 'Upper' }, 'A slug has'],
    [{ slug: 'a/b' }, 'A slug has'],
    [{ slug: 'ü' }, 'A slug has'],
    [{ graceSeconds: -1 }, 'whole number'],
  ])('refuses %j in words', (settings, words) => {
    expect(push.settings.parse(settings)).toEqual([
      expect.objectContaining({ message: expect.stringContaining(words) as string }),
    ])
  })
})
