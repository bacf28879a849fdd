import { describe, expect, it } from 'vitest'
import { isId, newId } from './ids.ts'

describe('ids', () => {
  it('are UUIDs of version 7 that sort by time of creation', () => {
    const earlier = newId(1_700_000_000_000)
    const later = newId(1_700_000_000_001)
    expect(isId(earlier)).toBe(true)
    expect(earlier[14]).toBe('7')
    expect('89ab').toContain(earlier[19])
    expect(earlier < later).toBe(true)
  })

  it('never repeat within one millisecond', () => {
    expect(new Set(Array.from({ length: 1000 }, () => newId(1))).size).toBe(1000)
  })

  it.each([
    '',
    'x',
    '018f0000-0000-7000-8000-00000000000',
    '018F0000-0000-7000-8000-000000000000',
    "' or 1=1",
  ])('refuse %j', (text) => expect(isId(text)).toBe(false))
})
