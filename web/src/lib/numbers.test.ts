import { expect, it } from 'vitest'
import { formatLatency, formatRatio, NO_VALUE } from './numbers.ts'

it.each([
  [null, NO_VALUE],
  [0, '0 ms'],
  [0.84, '0.84 ms'],
  [3.17, '3.2 ms'],
  [9.97, '10 ms'],
  [276.4, '276 ms'],
  [999.7, '1.00 s'],
  [1240, '1.24 s'],
  [31_000, '31.0 s'],
])('tells a latency of %s as %s', (ms, text) => {
  expect(formatLatency(ms)).toBe(text)
})

it.each([
  [null, NO_VALUE],
  [1, '100%'],
  [0.99999, '99.99%'],
  [0.99437, '99.43%'],
  [0.29, '29.00%'],
  [0, '0.00%'],
])('tells a ratio of %s as %s, never rounded up', (ratio, text) => {
  expect(formatRatio(ratio)).toBe(text)
})
