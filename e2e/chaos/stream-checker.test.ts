import { describe, expect, it } from 'vitest'
import {
  type RecordedBatch,
  type Recording,
  type StreamLog,
  extendLog,
  judge,
} from './stream-checker.ts'
import { seededRandom } from './random.ts'

const logOf = (length: number): StreamLog => ({
  start: 'c0',
  ids: Array.from({ length }, (_, n) => `c${n + 1}`),
})

const batch = (to: number, places: number[], resync = false): RecordedBatch => ({
  cursor: `c${to}`,
  resync,
  events: places.map((place) => ({ id: `c${place}` })),
})

const recording = (...batches: RecordedBatch[]): Recording => ({
  name: 'reader',
  from: 'c0',
  batches,
})

const faultsOf = (
  batches: RecordedBatch[],
  rules: Parameters<typeof judge>[2] & { length?: number } = {},
): string[] =>
  judge(logOf(rules.length ?? 5), recording(...batches), rules).faults.map((fault) => fault.kind)

describe('the stream checker finds right', () => {
  it('a reader who was told the log in any batches, empty ones among them', () => {
    expect(faultsOf([batch(0, []), batch(2, [1, 2]), batch(2, []), batch(5, [3, 4, 5])])).toEqual(
      [],
    )
  })

  it('a reader who began later', () => {
    const reader = { ...recording(batch(5, [4, 5])), from: 'c3' }
    expect(judge(logOf(5), reader).faults).toEqual([])
  })

  it('a narrow view, whose cursor moves over what it does not show', () => {
    const reader = { ...recording(batch(3, [2]), batch(5, [])), shown: ['c2'] }
    expect(judge(logOf(5), reader)).toMatchObject({ faults: [], told: 1 })
  })

  it('a reader who was told to read afresh, where that is allowed', () => {
    const batches = [batch(1, [1]), batch(4, [], true), batch(5, [5])]
    expect(faultsOf(batches, { mayResync: true })).toEqual([])
  })
})

describe('the stream checker finds wrong (negative controls)', () => {
  it.each<[string, string[], RecordedBatch[]]>([
    ['a gap within a batch', ['missing'], [batch(5, [1, 2, 4, 5])]],
    ['a gap between batches', ['missing'], [batch(2, [1, 2]), batch(5, [4, 5])]],
    ['an event told twice within a batch', ['twice'], [batch(5, [1, 2, 2, 3, 4, 5])]],
    [
      'an event told again by the next batch',
      ['twice'],
      [batch(3, [1, 2, 3]), batch(5, [3, 4, 5])],
    ],
    ['events out of order', ['order'], [batch(5, [1, 3, 2, 4, 5])]],
    ['an event that the log does not know', ['unknown'], [batch(5, [1, 2, 3, 4, 5, 99])]],
    [
      'an event that comes too early',
      ['unknown', 'twice'],
      [batch(2, [1, 2, 3]), batch(5, [3, 4, 5])],
    ],
    ['a cursor that the log does not know', ['cursor'], [batch(5, [1, 2, 3, 4, 5]), batch(77, [])]],
    [
      'a cursor that goes back',
      ['cursor', 'twice'],
      [batch(5, [1, 2, 3, 4, 5]), batch(4, []), batch(5, [5])],
    ],
    ['a stream that falls silent', ['short'], [batch(3, [1, 2, 3])]],
    ['a resync without need', ['resync'], [batch(3, [1, 2, 3]), batch(5, [], true)]],
    ['nothing at all', ['short'], []],
  ])('%s', (_what, kinds, batches) => expect(faultsOf(batches)).toEqual(kinds))

  it('a resync that carries events', () => {
    expect(faultsOf([batch(5, [5], true)], { mayResync: true })).toEqual(['resync'])
  })

  it('a beginning that the log does not know', () => {
    const reader = { ...recording(batch(5, [1, 2, 3, 4, 5])), from: 'elsewhere' }
    expect(judge(logOf(5), reader).faults).toMatchObject([{ kind: 'cursor' }])
  })

  it('a naive client, which begins at now after each cut', () => {
    const random = seededRandom(7)
    const log = logOf(500)
    const follow = (isNaive: boolean): Recording => {
      const batches: RecordedBatch[] = []
      let at = 0
      while (at < 500) {
        const to = Math.min(500, at + 1 + Math.floor(random() * 10))
        const places = Array.from({ length: to - at }, (_, n) => at + n + 1)
        const isCut = random() < 0.1
        batches.push(batch(to, isCut && isNaive ? [] : places))
        at = to
      }
      return recording(...batches)
    }
    expect(judge(log, follow(false)).faults).toEqual([])
    const { faults } = judge(log, follow(true))
    expect(faults.length).toBeGreaterThan(3)
    expect(new Set(faults.map((fault) => fault.kind))).toEqual(new Set(['missing']))
  })
})

describe('a log that is recorded page by page', () => {
  it('grows by each page', () => {
    const log: StreamLog = { start: 'c0', ids: [] }
    extendLog(log, batch(0, []))
    extendLog(log, batch(2, [1, 2]))
    extendLog(log, batch(3, [3]))
    expect(log).toEqual(logOf(3))
  })

  it('is refused when it has a hole or was recorded too late', () => {
    const log: StreamLog = { start: 'c0', ids: [] }
    expect(() => extendLog(log, batch(9, [], true))).toThrow('resync')
    expect(() => extendLog(log, batch(3, [1, 2]))).toThrow('ends at')
  })
})
