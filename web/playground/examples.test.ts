import { buildSchema, parse, validate } from 'graphql'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { EXAMPLES } from './examples.ts'

const schema = buildSchema(
  readFileSync(path.join(import.meta.dirname, '../../schema.graphql'), 'utf8'),
)

it.each(EXAMPLES.map(({ query, variables }) => [query.match(/(\w+)\s*\(/)?.[1], query, variables]))(
  'the example %s fits the contract, with variables that can be read',
  (_name, query = '', variables = '{}') => {
    expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([])
    expect(() => JSON.parse(variables) as unknown).not.toThrow()
  },
)
