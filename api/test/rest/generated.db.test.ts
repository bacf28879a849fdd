import 'reflect-metadata'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newAsker } from '../matrix/world-actors.ts'
import { type Described, RestWorld } from './rest-world.ts'

type Json = Record<string, unknown>

const REQUESTS = 2_000
/** Another seed is another run; this one is told with every fault. */
const SEED = 20_261_123

let rest: RestWorld
beforeAll(async () => {
  rest = await RestWorld.open()
}, 60_000)
afterAll(() => rest.close())

/** mulberry32: the same numbers at every run. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const BAD: readonly unknown[] = [
  ...['', ' ', 'x'.repeat(5_000), '\0', 'a\r\nb', '🙂', '\ud800', '../../x', "' or 1=1 --", '%00'],
  ...[null, -1, 0, 1.5, 1e300, 2 ** 53, true, false, [], {}, [null], [[]], { a: { b: [] } }],
]

/** A value that a schema allows, or now and then one that it does not. */
class Values {
  constructor(
    private readonly random: () => number,
    private readonly schemas: Record<string, Json>,
  ) {}

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)]!
  }

  isLucky(share: number): boolean {
    return this.random() < share
  }

  of(schema: Json, depth = 0): unknown {
    if (this.isLucky(0.12) || depth > 6) return this.pick(BAD)
    const reference = schema['$ref'] as string | undefined
    if (reference) return this.of(this.schemas[reference.split('/').at(-1)!]!, depth + 1)
    const choices = (schema['oneOf'] ?? schema['anyOf'] ?? schema['allOf']) as Json[] | undefined
    if (choices) return this.of(this.pick(choices), depth + 1)
    if (schema['enum']) return this.pick(schema['enum'] as unknown[])
    const type = schema['type']
    const one = Array.isArray(type) ? this.pick(type as string[]) : type
    if (one === 'object') return this.object(schema, depth)
    if (one === 'array')
      return Array.from({ length: this.pick([0, 1, 2]) }, () =>
        this.of(schema['items'] as Json, depth + 1),
      )
    if (one === 'integer' || one === 'number') return this.pick([0, 1, 5, 60, 1_000, 86_400])
    if (one === 'boolean') return this.isLucky(0.5)
    if (one === 'null') return null
    return this.pick([
      'web',
      'Shop',
      'https://example.com',
      '0190a000-0000-7000-8000-000000000000',
      '2026-11-23T12:00:00Z',
      '#2563eb',
      'UTC',
    ])
  }

  private object(schema: Json, depth: number): Json {
    const properties = (schema['properties'] ?? {}) as Record<string, Json>
    const required = (schema['required'] ?? []) as string[]
    const names = Object.keys(properties).filter((name) =>
      this.isLucky(required.includes(name) ? 0.95 : 0.35),
    )
    return Object.fromEntries(names.map((name) => [name, this.of(properties[name]!, depth + 1)]))
  }
}

it(`no answer to ${REQUESTS} requests made from the document is a fault of ours, and each is as it says`, async () => {
  const random = numbers(SEED)
  const { schemas } = rest.document['components'] as { schemas: Record<string, Json> }
  const values = new Values(random, schemas)
  const ids = new Map<string, string>()
  const faults: string[] = []
  const seen = new Map<number, number>()
  let asker = await newAsker(rest.world, 'owner')

  const idFor = async (operation: Described): Promise<string | undefined> => {
    const kind = rest.kindOf(operation)
    if (!kind) return undefined
    if (values.isLucky(0.3))
      return values.pick(['x', '../x', '0', "' or 1=1", '🙂', 'a'.repeat(500)])
    const known = ids.get(kind)
    if (known && values.isLucky(0.8)) return known
    const made = await rest.world.object(kind, rest.world.ours, rest.world.ours.ownerId)
    ids.set(kind, made)
    return made
  }
  const queryFor = ({ parameters }: Described): string => {
    const search = new URLSearchParams()
    for (const { name, in: where, schema } of parameters)
      if (where === 'query' && values.isLucky(0.3)) search.append(name, String(values.of(schema)))
    if (values.isLucky(0.05)) search.append('nonsense', '1')
    return search.size ? `?${search.toString()}` : ''
  }

  for (let n = 0; n < REQUESTS; n++) {
    // A new person now and then: how much one may ask for in a minute is tried elsewhere.
    if (n % 40 === 0) asker = await newAsker(rest.world, 'owner')
    const operation = values.pick(rest.operations)
    const body = operation.body ? values.of(operation.body) : undefined
    const request = {
      id: await idFor(operation),
      query: queryFor(operation),
      body: body === undefined ? undefined : JSON.stringify(body),
    }
    const reply = await rest.ask(operation, { ...request, headers: asker.headers })
    seen.set(reply.status, (seen.get(reply.status) ?? 0) + 1)
    const fault =
      reply.status >= 500 ? `${reply.status} ${reply.text}` : rest.faultOf(operation, reply)
    if (fault)
      faults.push(
        `seed ${SEED}, request ${n}: ${operation.method} ${operation.path} ${JSON.stringify(request).slice(0, 400)}: ${fault}`,
      )
  }
  expect(faults).toEqual([])
  expect(rest.world.faults).toEqual([])
  // It was no empty exercise: some went through, some were refused for each of the usual reasons.
  for (const status of [200, 400, 404, 422])
    expect([status, (seen.get(status) ?? 0) > 20]).toEqual([status, true])
}, 300_000)
