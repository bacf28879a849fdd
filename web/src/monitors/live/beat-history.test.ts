import { expect, test } from 'vitest'
import { BeatHistory, type ReadBeats } from './beat-history.ts'
import { BeatRings } from './beats.ts'

const beats = [{ at: '2027-01-01T00:00:00.000Z', status: 'UP' as const, latencyMs: 1 }]

function setUp(answer: ReadBeats = (ids) => Promise.resolve(ids.map(toAnswer))) {
  const rings = new BeatRings()
  const asked: string[][] = []
  const history = new BeatHistory(rings, (ids) => {
    asked.push([...ids])
    return answer(ids)
  })
  return { rings, asked, history }
}
const toAnswer = (id: string) => ({ id, recentHeartbeats: beats })

test('asks for all rows that come into sight together in one question', async () => {
  const { rings, asked, history } = setUp()
  for (const id of ['a', 'b', 'a']) history.want(id)
  await expect.poll(() => rings.isSeeded('b')).toBe(true)
  expect(asked).toEqual([['a', 'b']])
  expect(rings.of('a').value).toEqual(beats)
})

test('asks for a monitor once', async () => {
  const { rings, asked, history } = setUp()
  history.want('a')
  await expect.poll(() => rings.isSeeded('a')).toBe(true)
  history.want('a')
  history.want('b')
  await expect.poll(() => rings.isSeeded('b')).toBe(true)
  expect(asked).toEqual([['a'], ['b']])
})

test('asks for a hundred at most in one question', async () => {
  const { rings, asked, history } = setUp()
  for (let n = 0; n < 250; n++) history.want(`m${n}`)
  await expect.poll(() => rings.isSeeded('m249')).toBe(true)
  expect(asked.map((ids) => ids.length)).toEqual([100, 100, 50])
})

test('asks again after a failure when the row is still wanted', async () => {
  let isAway = true
  const { rings, asked, history } = setUp((ids) =>
    isAway ? Promise.reject(new Error('away')) : Promise.resolve(ids.map(toAnswer)),
  )
  history.want('a')
  await expect.poll(() => asked.length).toBe(1)
  isAway = false
  await expect
    .poll(() => {
      history.want('a')
      return rings.isSeeded('a')
    })
    .toBe(true)
})

test('throws an answer away that was read before a hole in the stream, and asks again', async () => {
  const answers: (() => void)[] = []
  const { rings, asked, history } = setUp(
    (ids) => new Promise((done) => answers.push(() => done(ids.map(toAnswer)))),
  )
  history.want('a')
  await expect.poll(() => answers.length).toBe(1)
  rings.forget()
  answers[0]?.()
  await expect.poll(() => asked.length).toBe(2)
  expect(rings.isSeeded('a')).toBe(false)
  answers[1]?.()
  await expect.poll(() => rings.isSeeded('a')).toBe(true)
})
