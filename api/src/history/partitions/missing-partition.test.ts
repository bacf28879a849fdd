import { describe, expect, it } from 'vitest'
import { isMissingPartition, missingMoment } from './missing-partition.ts'

function failure(fields: object): Error {
  return Object.assign(new Error('no partition of relation "heartbeat" found for row'), fields)
}

describe('a missing partition', () => {
  it('is told from a violated check', () => {
    const detail = 'Partition key of the failing row contains (slot) = (2026-01-05 00:00:00+00).'
    expect(isMissingPartition(failure({ code: '23514', detail }))).toBe(true)
    expect(isMissingPartition(failure({ code: '23514', detail, constraint: 'ck_x' }))).toBe(false)
    expect(isMissingPartition(failure({ code: '23505', detail }))).toBe(false)
    expect(isMissingPartition('23514')).toBe(false)
  })

  it.each([
    ['(slot) = (2026-01-05 10:00:00+00).', '2026-01-05T10:00:00.000Z'],
    ['(slot) = (2026-01-05 10:00:00.123456+05:30).', '2026-01-05T04:30:00.123Z'],
    ['(slot) = (2026-01-05 23:30:00-08)', '2026-01-06T07:30:00.000Z'],
    ['(day) = (2026-01-05).', '2026-01-05T00:00:00.000Z'],
  ])('tells its moment: %s', (end, iso) => {
    const detail = `Partition key of the failing row contains ${end}`
    expect(missingMoment({ code: '23514', detail })).toBe(Date.parse(iso))
  })

  it('does not guess', () => {
    expect(missingMoment({ code: '23514', detail: 'something else' })).toBeUndefined()
  })
})
