import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type GraphQLOutputType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { LIMITS } from './limits.ts'

/** What an operation asks for, before it runs. */
export interface Measure {
  cost: number
  depth: number
  introspectionDepth: number
  /** The field that is asked for most often in one selection set, and how often. */
  aliases: { field: string; times: number }
  rootFields: number
}

interface Walk {
  schema: GraphQLSchema
  fragments: Map<string, FragmentDefinitionNode>
  variables: Readonly<Record<string, unknown>>
  measure: Measure
  /** Nodes visited: a document of fragments in fragments can't make us walk for ever. */
  visits: number
}

const MOST_VISITS = 20_000
const DEFAULT_PAGE = 50
const LIST_SIZE = 10
const PAGED = new Set(['nodes', 'edges'])

/** Measures one operation: connections multiply by `first`, lists by a guess, scalars are free. */
export function measureOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Measure {
  const fragments = new Map(
    document.definitions.flatMap((d) =>
      d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [],
    ),
  )
  const measure: Measure = {
    cost: 0,
    depth: 0,
    introspectionDepth: 0,
    aliases: { field: '', times: 0 },
    rootFields: 0,
  }
  const walk: Walk = { schema, fragments, variables, measure, visits: 0 }
  const root = schema.getRootType(operation.operation)
  const counts = new Map<string, number>()
  measure.cost = selections(walk, operation.selectionSet, root ?? undefined, 1, 1, false, counts)
  measure.rootFields = [...counts.values()].reduce((sum, n) => sum + n, 0)
  return measure
}

function selections(
  walk: Walk,
  set: SelectionSetNode,
  parent: unknown,
  page: number,
  depth: number,
  isIntrospection: boolean,
  counts: Map<string, number>,
): number {
  let cost = 0
  for (const node of set.selections) {
    if (++walk.visits > MOST_VISITS) return LIMITS.cost + 1
    if (node.kind === Kind.FIELD) {
      countAlias(walk.measure, counts, node)
      cost += fieldCost(walk, node, parent, page, depth, isIntrospection)
      continue
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? walk.fragments.get(node.name.value) : node
    if (!fragment) continue
    const type = fragment.typeCondition
      ? walk.schema.getType(fragment.typeCondition.name.value)
      : parent
    cost += selections(walk, fragment.selectionSet, type, page, depth, isIntrospection, counts)
  }
  return cost
}

function countAlias(measure: Measure, counts: Map<string, number>, node: FieldNode): void {
  const times = (counts.get(node.name.value) ?? 0) + 1
  counts.set(node.name.value, times)
  if (times > measure.aliases.times) measure.aliases = { field: node.name.value, times }
}

function fieldCost(
  walk: Walk,
  node: FieldNode,
  parent: unknown,
  page: number,
  depth: number,
  isIntrospection: boolean,
): number {
  const isMeta = isIntrospection || node.name.value === '__schema' || node.name.value === '__type'
  if (isMeta) walk.measure.introspectionDepth = Math.max(walk.measure.introspectionDepth, depth)
  else walk.measure.depth = Math.max(walk.measure.depth, depth)
  if (!node.selectionSet) return 0
  const type = isMeta ? undefined : typeOfField(parent, node.name.value)
  const size = type ? sizeOf(walk, node, type, page) : 1
  const nextPage = pageOf(walk, node) ?? page
  const inner = selections(
    walk,
    node.selectionSet,
    type && getNamedType(type),
    nextPage,
    depth + 1,
    isMeta,
    new Map(),
  )
  return isMeta ? Math.min(inner, 1) : size * (1 + inner)
}

function typeOfField(parent: unknown, name: string): GraphQLOutputType | undefined {
  const hasFields = isObjectType(parent) || isInterfaceType(parent)
  const type = hasFields ? (parent as GraphQLObjectType).getFields()[name]?.type : undefined
  return type && isCompositeType(getNamedType(type)) ? type : undefined
}

function sizeOf(walk: Walk, node: FieldNode, type: GraphQLOutputType, page: number): number {
  const bare = isNonNullType(type) ? type.ofType : type
  if (!isListType(bare)) return 1
  if (PAGED.has(node.name.value)) return page
  return numberArgument(walk, node, 'limit') ?? LIST_SIZE
}

/** How many items a connection asks for. */
function pageOf(walk: Walk, node: FieldNode): number | undefined {
  if (PAGED.has(node.name.value)) return undefined
  return numberArgument(walk, node, 'first') ?? DEFAULT_PAGE
}

function numberArgument(walk: Walk, node: FieldNode, name: string): number | undefined {
  const value = node.arguments?.find((arg: ArgumentNode) => arg.name.value === name)?.value
  if (value?.kind === Kind.INT) return Number(value.value)
  if (value?.kind !== Kind.VARIABLE) return undefined
  const given = walk.variables[value.name.value]
  return typeof given === 'number' && given >= 0 ? given : undefined
}
