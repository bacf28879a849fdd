import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newAsker } from '../matrix/world-actors.ts'
import { type Described, RestWorld } from './rest-world.ts'
import { OPERATIONS } from '../../src/rest/index.ts'

const UNKNOWN = '0190a000-0000-7000-8000-000000000000'
const names = OPERATIONS.map(({ operationId }) => operationId)

let rest: RestWorld
beforeAll(async () => {
  rest = await RestWorld.open()
}, 60_000)
afterAll(() => rest.close())

const operationOf = (name: string): Described =>
  rest.operations.find(({ operationId }) => operationId === name)!
/** A body of the document, with a name for addresses that nobody else has. */
const bodyOf = ({ example }: Described): unknown =>
  example !== undefined && 'slug' in (example as object)
    ? { ...(example as object), slug: `p-${randomBytes(6).toString('hex')}` }
    : example
/** Of a component, whose ids have a form of their own. */
const unknownOf = (operation: Described): string =>
  rest.kindOf(operation) === 'component' ? 'zzzzzzzzzzzz' : UNKNOWN

it('the document tells every operation, and nothing else', () => {
  const told = rest.operations.map(({ operationId }) => operationId)
  expect(told.toSorted()).toEqual(names.toSorted())
})

describe.each(names)('%s', (name) => {
  it('answers as the document says', async () => {
    const operation = operationOf(name)
    const { headers } = await newAsker(rest.world, 'owner')
    const id = await rest.newId(operation, rest.world.ours)
    const reply = await rest.ask(operation, { id, headers, body: bodyOf(operation) })
    expect(rest.faultOf(operation, reply)).toBeUndefined()
    expect([reply.status, reply.text]).toEqual([
      Number(Object.keys(operation.responses).find((status) => status.startsWith('2'))),
      expect.anything(),
    ])
    expect(reply.text).not.toContain(rest.world.theirs.canary)
  })

  it('tells nothing to strangers', async () => {
    const operation = operationOf(name)
    const id = await rest.newId(operation, rest.world.ours)
    const reply = await rest.ask(operation, { id, body: bodyOf(operation) })
    expect(reply.status).toBe(401)
    expect(reply.text).not.toContain(rest.world.ours.canary)
    expect(rest.faultOf(operation, reply)).toBeUndefined()
  })

  it('answers alike for what is unknown and what is another workspace’s', async () => {
    const operation = operationOf(name)
    if (!rest.kindOf(operation)) return
    const { headers } = await newAsker(rest.world, 'owner')
    const body = bodyOf(operation)
    const theirs = await rest.newId(operation, rest.world.theirs)
    const foreign = await rest.ask(operation, { id: theirs, headers, body })
    const unknown = await rest.ask(operation, { id: unknownOf(operation), headers, body })
    expect(foreign.status).toBe(404)
    expect([foreign.status, foreign.text]).toEqual([unknown.status, unknown.text])
    expect(rest.faultOf(operation, foreign)).toBeUndefined()
  })

  it('refuses what can not be read in words, as the document says', async () => {
    const operation = operationOf(name)
    if (operation.body === undefined) return
    const { headers } = await newAsker(rest.world, 'owner')
    for (const body of ['{', '[]', '"x"', 'null', '{"nonsense":1}', '{"name":{"a":1}}']) {
      const id = await rest.newId(operation, rest.world.ours)
      const reply = await rest.ask(operation, { id, headers, body })
      expect([body, [400, 422].includes(reply.status)]).toEqual([body, true])
      expect(rest.faultOf(operation, reply)).toBeUndefined()
    }
  })
})
