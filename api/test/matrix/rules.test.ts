import 'reflect-metadata'
import { readFileSync } from 'node:fs'
import { parse, print, stripIgnoredCharacters, visit } from 'graphql'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { resolvers } from '../../src/entities.ts'
import { ruledFields } from '../../src/graphql/auth-rules.ts'
import { buildContract } from '../../src/graphql/contract.ts'
import { readContract } from '../../src/graphql/print-contract.ts'
import { AuthorisationTable, differences } from './authorisation-table.ts'
import { contractRows } from './contract-rows.ts'
import { ruleLines, standInContract } from './stand-in-contract.ts'
import { weakened } from './weakened-contract.ts'

const TEXT = readFileSync(path.resolve(import.meta.dirname, '../../../schema.graphql'), 'utf8')
/** Without its descriptions: it is read many times. */
const CONTRACT = stripIgnoredCharacters(
  print(
    visit(parse(TEXT), { StringValue: (_node, key) => (key === 'description' ? null : undefined) }),
  ),
)
const table = new AuthorisationTable('authorisation-rules.txt', [
  'Who gets past the rules of the contract: what @auth and @public alone let through, field by field.',
  'Written by WRITE_AUTHORISATION=1 npx vitest run --project unit test/matrix/rules.test.ts, in api; read what changed.',
])
const rules = ruledFields(readContract(CONTRACT))

describe('the rules of the contract', () => {
  it('let through whom the table says, and nobody else', async () => {
    expect(table.differences(await ruleLines(standInContract(CONTRACT)))).toEqual([])
  })

  it('are those that the server enforces', () => {
    const built = ruledFields(buildContract(resolvers))
    const promised = new Map(rules.map(({ place, rule }) => [place, rule]))
    expect(built.filter(({ place, rule }) => !sameRule(promised.get(place), rule))).toEqual([])
    expect(built.length).toBeGreaterThan(20)
  })

  it('has a row for every root field, and says of every id what it is the id of', () => {
    const rows = contractRows(readContract(CONTRACT))
    expect(new Set(rows.map(({ place }) => place)).size).toBe(rows.length)
    const unsaid = `${CONTRACT}\nextend type Query { unsaid(whateverId: ID!): String @public }`
    expect(() => contractRows(readContract(unsaid))).toThrow('Query.unsaid.whateverId')
  })
})

const sameRule = (a: object | undefined, b: object): boolean =>
  JSON.stringify(a) === JSON.stringify(b)

describe('without', () => {
  it.each(rules.map(({ place, rule }) => ({ place, rule })))(
    'the rule of $place, or with it one step weaker, the table is not true any more',
    async ({ place, rule }) => {
      const expected = table.read().filter((line) => line.place === place)
      expect(expected).toHaveLength(1)
      for (const [what, text] of weakened(CONTRACT, place, rule)) {
        const lines = await ruleLines(standInContract(text), (row) => row.place === place)
        expect(differences(expected, lines), what).not.toEqual([])
      }
    },
  )
})
