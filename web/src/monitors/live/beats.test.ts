import { watch } from 'vue'
import { expect, test } from 'vitest'
import { BeatRings, continueBeats, type BeatMark, type PackedBeats } from './beats.ts'

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

test('continues a snapshot with what came after it', () => {
  const live = [beat(2), beat(3), beat(4)]
  expect(continueBeats([beat(1), beat(2), beat(3)], live, 3)).toEqual([beat(2), beat(3), beat(4)])
})

test('shows the snapshot alone while nothing newer came', () => {
  expect(continueBeats([beat(1), beat(2)], [beat(1)], 30)).toEqual([beat(1), beat(2)])
})
