import {
  getNamedType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isLeafType,
  isObjectType,
  isUnionType,
} from 'graphql'
import { directive, type ActorField } from '../graphql/index.ts'

export interface ShapeField {
  name: string
  description: string
  type: GraphQLOutputType
  shape: Shape
}

export interface ObjectShape {
  kind: 'object'
  type: GraphQLObjectType
  /** What OpenAPI calls it. */
  name: string
  fields: readonly ShapeField[]
}

/** What an answer holds: everything of a type that costs little and needs no rights of its own. */
export type Shape =
  | { kind: 'leaf'; type: GraphQLLeafType }
  | ObjectShape
  /** One key says which it is, as in the input. */
  | { kind: 'union'; members: readonly { key: string; shape: ObjectShape }[] }

/** Large, or told elsewhere. */
const LEFT_OUT = new Set([
  ...['Monitor.settingValues', 'Monitor.lastEvidence', 'Heartbeat.evidence'],
])
/** Only these of an object that stands inside of another. */
const SHORT: Readonly<Record<string, readonly string[]>> = {
  'StatusPageComponent.monitors': ['id', 'name', 'status'],
}

export function shapeOf(type: GraphQLOutputType, only?: readonly string[]): Shape {
  const named = getNamedType(type)
  if (isLeafType(named)) return { kind: 'leaf', type: named }
  if (isObjectType(named)) return objectShape(named, only)
  if (!isUnionType(named)) throw new Error(`REST can't answer ${named.name}`)
  const members = named.getTypes().map((one) => ({ key: keyOf(one), shape: objectShape(one) }))
  return { kind: 'union', members }
}

/** `HttpSettings` is the settings of `http`. */
const keyOf = ({ name }: GraphQLObjectType): string =>
  name.replace(/Settings$/, '').replace(/^./, (first) => first.toLowerCase())

function objectShape(type: GraphQLObjectType, only?: readonly string[]): ObjectShape {
  const fields = Object.values(type.getFields()).flatMap((field): ShapeField[] => {
    const place = `${type.name}.${field.name}`
    if (only ? !only.includes(field.name) : isHidden(place, field as ActorField)) return []
    const { name, description, type: fieldType } = field
    const shape = shapeOf(fieldType, SHORT[place])
    return [{ name, description: description ?? '', type: fieldType, shape }]
  })
  return { kind: 'object', type, name: only ? `${type.name}Summary` : type.name, fields }
}

function isHidden(place: string, field: ActorField): boolean {
  return (
    field.args.length > 0 ||
    field.name === 'userErrors' ||
    LEFT_OUT.has(place) ||
    directive(field, 'auth') !== undefined
  )
}

/** The selection set of a shape, braces included; nothing for a leaf. */
export function selectionOf(shape: Shape): string {
  if (shape.kind === 'leaf') return ''
  if (shape.kind === 'object') return `{ ${fieldsOf(shape, '')} }`
  const parts = shape.members.map(
    ({ key, shape: one }) => `... on ${one.type.name} { ${fieldsOf(one, `${key}_`)} }`,
  )
  return `{ ${parts.join(' ')} }`
}

/** Types of one union may mean different things by one name: each gets names of its own. */
const fieldsOf = ({ fields }: ObjectShape, prefix: string): string =>
  fields
    .map(({ name, shape }) => `${prefix && `${prefix}${name}: `}${name} ${selectionOf(shape)}`)
    .join(' ')

/** An executed answer as REST tells it. */
export function told(shape: Shape, value: unknown): unknown {
  if (value === null || value === undefined || shape.kind === 'leaf') return value ?? null
  if (Array.isArray(value)) return value.map((item) => told(shape, item))
  const given = value as Record<string, unknown>
  if (shape.kind === 'object') return toldObject(shape, given, '')
  const member = shape.members.find(({ key }) =>
    Object.keys(given).some((name) => name.startsWith(`${key}_`)),
  )
  return member ? { [member.key]: toldObject(member.shape, given, `${member.key}_`) } : null
}

const toldObject = (
  { fields }: ObjectShape,
  given: Readonly<Record<string, unknown>>,
  prefix: string,
): object =>
  Object.fromEntries(
    fields.map(({ name, shape }) => [name, told(shape, given[`${prefix}${name}`])]),
  )
