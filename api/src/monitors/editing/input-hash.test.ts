import { expect, it } from 'vitest'
import { hashInput, isHashOf } from './input-hash.ts'

it('recognises the same input in another order, and nothing else', () => {
  const hash = hashInput({ name: 'a', settings: { url: 'x', list: [1, 2] } })
  expect(isHashOf(hash, { settings: { list: [1, 2], url: 'x' }, name: 'a' })).toBe(true)
  expect(isHashOf(hash, { settings: { list: [2, 1], url: 'x' }, name: 'a' })).toBe(false)
  expect(isHashOf(hash, { name: 'b', settings: { url: 'x', list: [1, 2] } })).toBe(false)
})

it('gives another hash every time, so that equal secrets do not show', () => {
  expect(hashInput({ a: 1 })).not.toEqual(hashInput({ a: 1 }))
})
