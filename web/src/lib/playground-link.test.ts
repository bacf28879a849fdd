import { expect, it } from 'vitest'
import { operationInHash, playgroundLink } from './playground-link.ts'

it('brings an operation and its variables through the address unchanged', () => {
  const query = 'query Q($a: String = "1 + 1 & 2 # %41") {\n  monitors { nodes { id } }\n}'
  const link = playgroundLink({ query, variables: { a: 'ä+b c', ids: [1] } })
  expect(link).toMatch(/^\/graphql#query=/)
  const hash = new URL(link, 'http://localhost').hash
  const read = operationInHash(hash)
  expect(read?.query).toBe(query)
  expect(JSON.parse(read?.variables ?? '')).toEqual({ a: 'ä+b c', ids: [1] })
})

it('leaves out empty variables and keeps text as it was typed', () => {
  expect(playgroundLink({ query: '{ a }', variables: {} })).toBe('/graphql#query=%7B%20a%20%7D')
  const link = playgroundLink({ query: '{ a }', variables: '{ "half": ' })
  expect(operationInHash(link.replace('/graphql', ''))?.variables).toBe('{ "half": ')
})

it('finds nothing in another hash', () => {
  expect(operationInHash('')).toBeNull()
  expect(operationInHash('#section')).toBeNull()
})
