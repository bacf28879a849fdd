import { describe, expect, it } from 'vitest'
import { check } from '../../../../test/checks/local-servers.ts'
import { push } from './push.check.ts'

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
    expect(push.target({ periodSeconds, graceSeconds: 0 })).toBe(target)
  })
})
