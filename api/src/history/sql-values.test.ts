import { expect, it } from 'vitest'
import { arrayText, isoOfUs, storableText } from './sql-values.ts'

it('writes microseconds without loss', () => {
  expect(isoOfUs(1_764_000_000_123_456)).toBe('2025-11-24T16:00:00.123456Z')
  expect(isoOfUs(1_764_000_000_000_007)).toBe('2025-11-24T16:00:00.000007Z')
})

it('writes an array with gaps', () => {
  expect(arrayText([1, null, 3])).toBe('{1,null,3}')
})

it('replaces what PostgreSQL refuses in a text, and nothing else', () => {
  expect(storableText('a\0b\ud800c\u{1f600}')).toBe('a\ufffdb\ufffdc\u{1f600}')
})
