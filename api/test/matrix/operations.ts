import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isRequiredArgument,
} from 'graphql'
import { ruleOf, type ActorField } from '../../src/graphql/auth-rules.ts'
import { argumentsOf, type ContractRow, type IdOf } from './contract-rows.ts'

export interface Operation {
  query: string
  variables: Record<string, unknown>
}

/** How far a selection reaches: enough for a connection's nodes and what hangs on them. */
const DEPTH = 5
/** What the limits of operations reckon by its length: answering it once is enough. */
const COSTLY = new Set(['edges', 'latencySeries', 'latency', 'lastEvidence', 'evidence'])

export interface Asking {
  asks?: Asks
  /** Names every argument, given or not, so that others can give it. */
  all?: boolean
}

/** Everything that the answer can hold, the name of its type, or its userErrors if it has some. */
type Asks = 'everything' | 'little' | 'errors'

/** The operation of a row. */
export function operationOf(
  schema: GraphQLSchema,
  row: ContractRow,
  idOf: IdOf,
  { asks = 'everything', all = false }: Asking = {},
): Operation {
  const { root, rootField, nested } = row
  const place = `${root}.${rootField.name}`
  const variables = argumentsOf(place, rootField, idOf)
  const used = rootField.args.filter(({ name }) => all || name in variables)
  const heads = used.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ')
  const given = used.map(({ name }) => `${name}: $${name}`).join(', ')
  const type = getNamedType(rootField.type)
  const selection = nested
    ? `{ ${nested} }`
    : isCompositeType(type)
      ? selectionOf(schema, type, asks)
      : ''
  const query = `${root.toLowerCase()} Matrix${heads && `(${heads})`} { ${rootField.name}${given && `(${given})`} ${selection} }`
  return { query, variables }
}

function selectionOf(schema: GraphQLSchema, type: GraphQLCompositeType, asks: Asks): string {
  const errors = 'userErrors { path code message }'
  if (asks === 'errors' && 'getFields' in type && 'userErrors' in type.getFields())
    return `{ ${errors} ${'results' in type.getFields() ? `results { ${errors} }` : ''} }`
  return asks !== 'everything' ? '{ __typename }' : everythingOf(schema, type, DEPTH)
}

function everythingOf(schema: GraphQLSchema, type: GraphQLCompositeType, depth: number): string {
  if (isAbstractType(type)) {
    const parts = schema.getPossibleTypes(type).map((one) => {
      const inside = fieldsOf(schema, one, depth, `${one.name}_`)
      return `... on ${one.name} { ${inside} }`
    })
    return `{ __typename ${parts.join(' ')} }`
  }
  return `{ ${fieldsOf(schema, type, depth)} }`
}

/** Under names of their own where types of one union would answer different things by one name. */
function fieldsOf(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  depth: number,
  prefix = '',
): string {
  if (!('getFields' in type)) return '__typename'
  const parts = Object.values(type.getFields()).flatMap((field: GraphQLField<unknown, unknown>) => {
    const named = getNamedType(field.type)
    const name = prefix && `${prefix}${field.name}: `
    if (COSTLY.has(field.name) || field.args.some(isRequiredArgument)) return []
    if (ruleOf(field as ActorField, field.name)) return []
    if (!isCompositeType(named)) return [`${name}${field.name}`]
    if (depth <= 1) return []
    return [`${name}${field.name}${few(field)} ${everythingOf(schema, named, depth - 1)}`]
  })
  return ['__typename', ...parts].join(' ')
}

const few = (field: GraphQLField<unknown, unknown>): string =>
  field.args.some(({ name }) => name === 'limit') ? '(limit: 2)' : ''
