import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'
import { type ActorField, ruledFields } from '../../src/graphql/auth-rules.ts'
import { ARGUMENT_IDS, ARGUMENT_VALUES, type ObjectKind } from './argument-ids.ts'

/** Whose objects the ids of an operation are the ids of: the asker's own, but for one kind perhaps. */
export interface IdCase {
  label: string
  swapped?: ObjectKind
  by?: 'other' | 'unknown'
}

/** Every kind of id is swapped by itself: one that is refused must not hide another. */
export function idCases({ ids }: ContractRow): IdCase[] {
  if (!ids.length) return [{ label: '-' }]
  const swaps = ids.flatMap((swapped) =>
    (['other', 'unknown'] as const).map((by) => {
      const [word = ''] = swapped.split(' ')
      return { label: ids.length > 1 ? `${by}-${word}` : by, swapped, by }
    }),
  )
  return [{ label: 'own' }, ...swaps]
}

/** A field of the contract that says who may use it, and how an operation reaches it. */
export interface ContractRow {
  /** Such as `Query.monitor`, `Monitor.pushUrl`. */
  place: string
  root: 'Query' | 'Mutation' | 'Subscription'
  rootField: ActorField
  /** The field below the root field that has the rule; absent: the root field itself. */
  nested?: string
  /** What the ids among its arguments are the ids of. */
  ids: readonly ObjectKind[]
}

/** The value of an id; the list or single form follows the argument. */
export type IdOf = (kind: ObjectKind) => string

type Input = GraphQLArgument | GraphQLInputField

/** A row for each field that has `@auth` or `@public`. Throws for an id that nobody has said the kind of. */
export function contractRows(schema: GraphQLSchema): ContractRow[] {
  const roots = (['Query', 'Mutation', 'Subscription'] as const).flatMap((root) =>
    fieldsOf(schema.getType(root) as GraphQLObjectType).map((rootField) => {
      const place = `${root}.${rootField.name}`
      return { place, root, rootField, ids: idsOf(place, rootField) }
    }),
  )
  const nested = ruledFields(schema)
    .filter(({ place }) => !roots.some((row) => row.place === place))
    .map(({ place, field }) => {
      const [type = ''] = place.split('.')
      const by = roots.find(
        ({ root, rootField }) => root === 'Query' && getNamedType(rootField.type).name === type,
      )
      if (!by) throw new Error(`The matrix knows no query that answers one ${type}`)
      return { ...by, place, nested: field.name }
    })
  return [...roots, ...nested]
}

function fieldsOf(type: GraphQLObjectType | undefined): ActorField[] {
  return Object.values((type?.getFields() ?? {}) as Record<string, ActorField>)
}

/** The kinds of object that a field is given ids of. */
function idsOf(place: string, field: ActorField): ObjectKind[] {
  const found = new Set<ObjectKind>()
  for (const arg of field.args) collect(arg.type, `${place}.${arg.name}`, found)
  return [...found]
}

function collect(type: GraphQLInputType, place: string, found: Set<ObjectKind>): void {
  const named = getNamedType(type)
  const kind = ARGUMENT_IDS[place]
  if (kind) return void found.add(kind)
  // Chosen by who asks: the name of nothing that is there.
  if (place in ARGUMENT_VALUES) return
  if (named.name === 'ID' || named.name === 'Cursor' || /Ids?$/.test(place))
    throw new Error(`Say in argument-ids.ts what ${place} is the id of`)
  if (!isInputObjectType(named) || named.isOneOf) return
  // A list of inputs is asked for without any: the ids in it are tried beside their service.
  const within = isList(type) ? new Set<ObjectKind>() : found
  for (const field of Object.values(named.getFields()))
    collect(field.type, `${named.name}.${field.name}`, within)
}

const isList = (type: GraphQLInputType): boolean =>
  isListType(isNonNullType(type) ? type.ofType : type)

/** Arguments with which the field can be asked: what is required, and every id. */
export function argumentsOf(place: string, field: ActorField, idOf: IdOf): Record<string, unknown> {
  return valuesOf(place, field.args, idOf)
}

function valuesOf(owner: string, inputs: readonly Input[], idOf: IdOf): Record<string, unknown> {
  const given = inputs.map((input) => [input.name, valueOf(`${owner}.${input.name}`, input, idOf)])
  return Object.fromEntries(given.filter(([, value]) => value !== undefined)) as Record<
    string,
    unknown
  >
}

function valueOf(place: string, input: Input, idOf: IdOf): unknown {
  const named = getNamedType(input.type)
  const kind = ARGUMENT_IDS[place]
  const one = kind ? idOf(kind) : plainValue(place, input, idOf)
  if (one === undefined || !isList(input.type)) return one
  return kind || !isInputObjectType(named) ? [one] : []
}

function plainValue(place: string, input: Input, idOf: IdOf): unknown {
  if (place in ARGUMENT_VALUES) return ARGUMENT_VALUES[place]
  const name = place.split('.').at(-1)
  if (name === 'first' || name === 'limit') return 2
  const named = getNamedType(input.type)
  const isRequired = isNonNullType(input.type) && input.defaultValue === undefined
  if (isInputObjectType(named)) {
    if (named.isOneOf) return isRequired ? ARGUMENT_VALUES[named.name] : undefined
    const values = valuesOf(named.name, Object.values(named.getFields()), idOf)
    return isRequired || Object.keys(values).length ? values : undefined
  }
  if (!isRequired) return undefined
  if (isEnumType(named))
    return named.getValues().find((v) => v.name === 'VIEWER')?.name ?? named.getValues()[0]!.name
  return SCALARS[named.name] ?? 'Matrix'
}

const SCALARS: Readonly<Record<string, unknown>> = { Int: 1, Float: 1, Boolean: true, JSON: {} }
