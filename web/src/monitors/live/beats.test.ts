import { watch } from 'vue'
import { expect, test } from 'vitest'
import { BeatRings, type BeatMark, type PackedBeats } from './beats.ts'

const at = (second: number) => new Date(1_800_000_000_000 + second * 1000).toISOString()
const beat = (second: number): BeatMark => ({ at: at(second), status: 'UP', latencyMs: second })
const pack = (...beats: [string, number][]): PackedBeats => ({
  monitorIds: beats.map(([id]) => id),
  slots: beats.map(([, second]) => at(second)),
  statuses: beats.map(() => 'UP'),
  latenciesMs: beats.map(([, second]) => second),
})

test('sorts packed beats to their monitors', () => {
  const rings = new BeatRings()
  rings.add([pack(['a', 1], ['b', 1], ['a', 2])])
  expect(rings.of('a').value).toEqual([beat(1), beat(2)])
  expect(rings.of('b').value).toEqual([beat(1)])
})

test('takes a beat once, however often it is told', () => {
  const rings = new BeatRings()
  rings.add([pack(['a', 1], ['a', 2])])
  rings.add([pack(['a', 1], ['a', 2], ['a', 3])])
  expect(rings.of('a').value).toHaveLength(3)
})

test('keeps the last sixty of a monitor', () => {
  const rings = new BeatRings()
  for (let second = 0; second < 100; second++) rings.add([pack(['a', second])])
  expect(rings.of('a').value).toHaveLength(60)
  expect(rings.of('a').value.at(-1)).toEqual(beat(99))
})

test('tells each monitor once for all packs of a tick', () => {
  const rings = new BeatRings()
  let told = 0
  watch(rings.of('a'), () => told++, { flush: 'sync' })
  rings.add([pack(['a', 1]), pack(['a', 2]), pack(['b', 1])])
  expect(told).toBe(1)
})

test('a ring begins with what the server had and keeps what came live after it', () => {
  const rings = new BeatRings()
  rings.add([pack(['a', 3], ['a', 4])])
  rings.seed('a', [beat(1), beat(2), beat(3)])
  expect(rings.of('a').value).toEqual([beat(1), beat(2), beat(3), beat(4)])
})

test('after a hole in the stream the rings stay until they are seeded anew', () => {
  const rings = new BeatRings()
  rings.seed('a', [beat(1)])
  const before = rings.generation.value
  rings.forget()
  expect([rings.isSeeded('a'), rings.of('a').value.length]).toEqual([false, 1])
  expect(rings.generation.value).toBe(before + 1)
  rings.seed('a', [beat(7), beat(8)])
  expect(rings.of('a').value).toEqual([beat(7), beat(8)])
})
