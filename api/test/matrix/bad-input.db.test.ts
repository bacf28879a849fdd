import 'reflect-metadata'
import type { GraphQLSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readContract } from '../../src/graphql/print-contract.ts'
import { ask, outcomeOf } from './asking.ts'
import { type BadValue, badValuesOf, type Leaf, leavesOf, withValue } from './bad-values.ts'
import { CanaryWorld } from './canary-world.ts'
import { type ContractRow, contractRows } from './contract-rows.ts'
import { type Operation, operationOf } from './operations.ts'
import { idsFor, personal } from './server-matrix.ts'
import { type Asker, newAsker } from './world-actors.ts'

let world: CanaryWorld
let schema: GraphQLSchema
let tried = 0
const faults: string[] = []
const successes: string[] = []

/** Fields that may hold anything, or that are not looked at, because another says enough. */
const ANYTHING_GOES = /password|setUpToken|idempotencyKey/i
/** What visitors read may be that long. */
const MAY_BE_LONG = /StatusPage input.description: 4 kB/
/** Names of monitors are mended instead: what comes from imports and scripts must not be lost. */
const MENDED = /Monitor input.name: (a NUL|half|the other half)/

beforeAll(async () => {
  world = await CanaryWorld.open()
  schema = readContract(world.app.contract)
  const rows = contractRows(schema).filter(({ root, nested }) => root !== 'Subscription' && !nested)
  const queue = rows.flatMap((row) => leavesOf(row).map((leaf) => ({ row, ...leaf })))
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await tryField(next.row, next)
  }
  await Promise.all(Array.from({ length: 8 }, work))
}, 300_000)
afterAll(() => world.close())

async function tryField(row: ContractRow, { path, field }: Leaf): Promise<void> {
  const asker = await newAsker(world, 'owner')
  const ids = await idsFor(world, asker, row.ids, { label: 'own' })
  const asking = { asks: 'errors', all: true } as const
  const operation = personal(operationOf(schema, row, (kind) => ids.get(kind)!, asking))
  for (const bad of badValuesOf(field)) await tryValue(asker, row, operation, { path, bad })
}

async function tryValue(
  { headers }: Asker,
  row: ContractRow,
  { query, variables }: Operation,
  { path, bad }: { path: string[]; bad: BadValue },
): Promise<void> {
  const answer = await ask(world, headers, {
    query,
    variables: withValue(variables, path, bad.value),
  })
  const name = `${row.place} ${path.join('.')}: ${bad.what}`
  tried++
  const outcome = outcomeOf(answer)
  if (answer.status >= 500 || /INTERNAL|^error/.test(outcome))
    faults.push(`${name}: ${answer.text.slice(0, 300)}`)
  const isWrong =
    !bad.mayBeGood &&
    !ANYTHING_GOES.test(path.join('.')) &&
    !MENDED.test(name) &&
    !MAY_BE_LONG.test(name)
  if (row.root === 'Mutation' && outcome === 'ok' && isWrong) successes.push(name)
}

describe('bad input in every argument of every query and mutation', () => {
  it('is never a fault of the server', () => {
    expect(faults).toEqual([])
    expect(world.faults.map((fault) => JSON.stringify(fault).slice(0, 500))).toEqual([])
  })

  it('never changes anything', () => {
    expect(successes).toEqual([])
  })

  it('is tried in all of them', () => {
    expect(tried).toBeGreaterThan(800)
  })
})
