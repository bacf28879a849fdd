import { expect, test } from 'vitest'
import { Coverage } from './coverage.ts'

test('the stream begins at the first answer that tells its position', () => {
  const coverage = new Coverage<string>()
  const mark = coverage.sent()
  expect(coverage.answered(mark, 'c1')).toBe('begin')
})

test('an answer without a position begins nothing', () => {
  const coverage = new Coverage<string>()
  expect(coverage.answered(coverage.sent(), null)).toBe('fits')
})

test('a request that was sent before the beginning and read elsewhere is asked again', () => {
  const coverage = new Coverage<string>()
  const [list, detail] = [coverage.sent(), coverage.sent()]
  expect(coverage.answered(list, 'c2')).toBe('begin')
  coverage.begin('c2')
  expect(coverage.answered(detail, 'c1')).toBe('ask-again')
})

test('a request that was read at the very beginning fits', () => {
  const coverage = new Coverage<string>()
  const mark = coverage.sent()
  coverage.begin('c1')
  expect(coverage.answered(mark, 'c1')).toBe('fits')
})

test('events heard while a request is under way are told again after its answer', () => {
  const coverage = new Coverage<string>()
  coverage.begin('c1')
  coverage.hear(['before'])
  const mark = coverage.sent()
  coverage.hear(['down'])
  coverage.hear(['up'])
  expect(coverage.answered(mark, 'c3')).toBe('fits')
  expect(coverage.finished(mark)).toEqual(['down', 'up'])
})

test('keeps no events while no request is under way', () => {
  const coverage = new Coverage<string>()
  coverage.begin('c1')
  const first = coverage.sent()
  coverage.hear(['a'])
  coverage.finished(first)
  coverage.hear(['b'])
  expect(coverage.finished(coverage.sent())).toEqual([])
})
