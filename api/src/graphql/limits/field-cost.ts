import {
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql'
import { ASSUMED, PAGED, WEIGHTS } from './limits.ts'

type Field = GraphQLField<unknown, unknown>
type Values = Readonly<Record<string, unknown>>

/** What a field multiplies and adds, before it is answered. */
export interface FieldFacts {
  /** The type of what is selected below it; undefined for scalars. */
  type: unknown
  /** How many objects it answers at most. */
  items: number
  /** What it costs besides its objects. */
  cost: number
  /** How many items a list right below it has. */
  page: number
}

/** Reads how much a field asks for from its arguments, their variables and the contract's defaults. */
export class FieldCosts {
  private readonly values: Values

  constructor(operation: OperationDefinitionNode | undefined, variables: Values) {
    this.values = { ...defaultsOf(operation), ...variables }
  }

  /** `page`: how many items the field above asks for. */
  of(schema: GraphQLSchema, parent: unknown, node: FieldNode, page: number): FieldFacts {
    const field = fieldOf(schema, parent, node.name.value)
    if (!field) return { type: undefined, items: 1, cost: 0, page: ASSUMED.page }
    const weight = WEIGHTS[`${(parent as { name: string }).name}.${field.name}`] ?? {}
    const named = getNamedType(field.type)
    const asked = this.asked(node, field)
    const bare = isNonNullType(field.type) ? field.type.ofType : field.type
    return {
      type: isCompositeType(named) ? named : undefined,
      items: isListType(bare) ? (asked ?? weight.items ?? listLength(field.name, page)) : 1,
      cost: weight.cost ?? 0,
      page: asked ?? ASSUMED.page,
    }
  }

  /** How many items are asked for. */
  private asked(node: FieldNode, field: Field): number | undefined {
    return this.argument(node, field, 'first') ?? this.argument(node, field, 'limit')
  }

  private argument(node: FieldNode, field: Field, name: string): number | undefined {
    const definition = field.args.find((arg) => arg.name === name)
    if (!definition) return undefined
    const value = node.arguments?.find((arg) => arg.name.value === name)?.value
    const given =
      value?.kind === Kind.INT
        ? Number(value.value)
        : value?.kind === Kind.VARIABLE
          ? this.values[value.name.value]
          : undefined
    const number = typeof given === 'number' ? given : definition.defaultValue
    if (typeof number !== 'number') return undefined
    return Math.min(Math.max(number, 0), ASSUMED.mostItems)
  }
}

const listLength = (name: string, page: number): number => (PAGED.has(name) ? page : ASSUMED.list)

function fieldOf(schema: GraphQLSchema, parent: unknown, name: string): Field | undefined {
  const hasFields = isObjectType(parent) || isInterfaceType(parent)
  return hasFields ? schema.getType(parent.name) && parent.getFields()[name] : undefined
}

function defaultsOf(operation: OperationDefinitionNode | undefined): Values {
  const numbers = (operation?.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue?.kind === Kind.INT
      ? [[variable.name.value, Number(defaultValue.value)] as const]
      : [],
  )
  return Object.fromEntries(numbers)
}
