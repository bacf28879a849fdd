import { getNamedType, type GraphQLInputObjectType, isInputObjectType } from 'graphql'
import type { ObjectShape, Shape } from './shape.ts'

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * An object as it was read, without what can only be read, so that it can be sent back: `id`, `status`, `hasPassword`.
 * Objects that are named by their ids in the input (`monitors`, `monitorIds`) are named. What nobody tells stays, to be
 * refused.
 */
export function withoutReadOnly(
  value: Fields,
  shape: Shape,
  input: GraphQLInputObjectType,
  isTaken: (name: string) => boolean = (name) => name in input.getFields(),
): Record<string, unknown> {
  const sent = Object.entries(value).flatMap(([name, given]): [string, unknown][] => {
    const told = toldIn(shape, name)
    if (isTaken(name)) return [[name, inside(given, told, input, name)]]
    return told ? namedByIds(name, given, value, isTaken) : [[name, given]]
  })
  return Object.fromEntries(sent)
}

function toldIn(shape: Shape, name: string): Shape | undefined {
  if (shape.kind === 'object') return fieldIn(shape, name)
  if (shape.kind === 'union') return shape.members.find(({ key }) => key === name)?.shape
  return undefined
}

const fieldIn = ({ fields }: ObjectShape, name: string): Shape | undefined =>
  fields.find((field) => field.name === name)?.shape

function inside(
  given: unknown,
  told: Shape | undefined,
  input: GraphQLInputObjectType,
  name: string,
): unknown {
  const field = input.getFields()[name]
  const type = field && getNamedType(field.type)
  if (!told || !isInputObjectType(type)) return given
  if (Array.isArray(given)) return given.map((one: unknown) => pruned(one, told, type))
  return pruned(given, told, type)
}

const pruned = (value: unknown, shape: Shape, input: GraphQLInputObjectType): unknown =>
  isObject(value) ? withoutReadOnly(value, shape, input) : value

/** `monitors: [{ id }]` is `monitorIds` of the input, unless that is said too. */
function namedByIds(
  name: string,
  given: unknown,
  beside: Fields,
  isTaken: (name: string) => boolean,
): [string, unknown][] {
  const ids = `${name.replace(/s$/, '')}Ids`
  if (!isTaken(ids) || ids in beside || !Array.isArray(given)) return []
  return [[ids, given.map((one: unknown) => (isObject(one) ? one['id'] : one))]]
}
