import { expect, it } from 'vitest'
import { newId } from '../lib/ids.ts'
import { decodeWakeUp, encodeWakeUp } from './wake-up-notifier.ts'

it('names each workspace with its head', () => {
  const heads = new Map([
    [newId(), 1],
    [newId(), 123_456_789_012],
  ])
  expect(decodeWakeUp(encodeWakeUp(heads))).toEqual(heads)
})

it('names so few workspaces that PostgreSQL takes the message, else it asks to look at all', () => {
  const heads = (count: number): Map<string, number> =>
    new Map(Array.from({ length: count }, () => [newId(), 999_999_999_999_999]))
  expect(encodeWakeUp(heads(140)).length).toBeLessThan(8_000)
  expect(encodeWakeUp(heads(140))).not.toBe('')
  expect(encodeWakeUp(heads(141))).toBe('')
})

it.each(['', 'x', 'x:', ':1', 'x:y'])('takes the message %j as: look at all heads', (payload) =>
  expect(decodeWakeUp(payload)).toBeUndefined(),
)
