import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { FieldCosts } from './field-cost.ts'
import { ASSUMED, LIMITS } from './limits.ts'

/** What a document asks for, before it runs. */
export interface Measure {
  /** Of the operation that is meant. */
  cost: number
  rootFields: number
  /** Of every operation and fragment of the document. */
  depth: number
  introspectionDepth: number
  /** The field that is asked for under most names in one selection set. */
  aliases: { field: string; times: number }
  /** The field that is written most often in one selection set. */
  repetitions: { field: string; times: number }
  /** Fragments unfold to more than is looked at. */
  isEndless: boolean
}

/** Where the walk stands. */
interface Place {
  parent: unknown
  page: number
  depth: number
  isMeta: boolean
  /** Each field of the selection set, with the names it is asked for under and how often it is written. */
  seen: Map<string, { names: Set<string>; times: number }>
  /** Fragments on the way here: a circle is refused by the rules of the specification, and walked once. */
  fragments: readonly string[]
}

/**
 * Measures a document. Connections multiply by `first`, lists by `limit` or a guess, scalars are free. All that is
 * validated is measured, so that nothing unmeasured can make validation slow.
 */
export function measureDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode | undefined,
  variables: Readonly<Record<string, unknown>>,
): Measure {
  const walk = new Walk(schema, document, new FieldCosts(operation, variables))
  if (operation) walk.measureOperation(operation)
  for (const definition of document.definitions)
    if (definition !== operation) walk.measureShape(definition)
  return walk.measure
}

class Walk {
  readonly measure: Measure = {
    cost: 0,
    rootFields: 0,
    depth: 0,
    introspectionDepth: 0,
    aliases: { field: '', times: 0 },
    repetitions: { field: '', times: 0 },
    isEndless: false,
  }
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  private visits = 0

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly costs: FieldCosts,
  ) {
    this.fragments = new Map(
      document.definitions.flatMap((d) =>
        d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [],
      ),
    )
  }

  measureOperation({ operation, selectionSet }: OperationDefinitionNode): void {
    const place = rootPlace(this.schema.getRootType(operation))
    this.measure.cost = this.selections(selectionSet, place)
    const fields = [...place.seen.values()]
    this.measure.rootFields = fields.reduce((sum, { names }) => sum + names.size, 0)
  }

  /** Of what is not run only the shape counts. */
  measureShape(definition: DocumentNode['definitions'][number]): void {
    if (definition.kind === Kind.OPERATION_DEFINITION)
      this.selections(
        definition.selectionSet,
        rootPlace(this.schema.getRootType(definition.operation)),
      )
    else if (definition.kind === Kind.FRAGMENT_DEFINITION)
      this.selections(definition.selectionSet, {
        ...rootPlace(this.schema.getType(definition.typeCondition.name.value)),
        fragments: [definition.name.value],
      })
  }

  private selections(set: SelectionSetNode, place: Place): number {
    let cost = 0
    for (const node of set.selections) {
      if (++this.visits > LIMITS.visits) {
        this.measure.isEndless = true
        return cost
      }
      cost += node.kind === Kind.FIELD ? this.field(node, place) : this.fragment(node, place)
    }
    return cost
  }

  private fragment(
    node: Exclude<SelectionSetNode['selections'][number], FieldNode>,
    place: Place,
  ): number {
    const name = node.kind === Kind.FRAGMENT_SPREAD ? node.name.value : undefined
    if (name && place.fragments.includes(name)) return 0
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(node.name.value) : node
    if (!fragment) return 0
    const condition = fragment.typeCondition?.name.value
    return this.selections(fragment.selectionSet, {
      ...place,
      parent: condition ? this.schema.getType(condition) : place.parent,
      fragments: name ? [...place.fragments, name] : place.fragments,
    })
  }

  private field(node: FieldNode, place: Place): number {
    this.count(node, place)
    const isMeta =
      isIntrospection(place) || node.name.value === '__schema' || node.name.value === '__type'
    const { measure } = this
    if (isMeta) measure.introspectionDepth = Math.max(measure.introspectionDepth, place.depth)
    else measure.depth = Math.max(measure.depth, place.depth)
    const { type, items, cost, page } = this.costs.of(this.schema, place.parent, node, place.page)
    if (!node.selectionSet) return cost
    const inner = this.selections(node.selectionSet, {
      ...{ parent: type, page, isMeta, depth: place.depth + 1 },
      ...{ seen: new Map(), fragments: place.fragments },
    })
    return isMeta ? Math.min(inner, 1) : cost + items * (1 + inner)
  }

  private count({ name, alias }: FieldNode, { seen }: Place): void {
    const field = name.value
    const known = seen.get(field) ?? { names: new Set<string>(), times: 0 }
    known.names.add(alias?.value ?? field)
    known.times++
    seen.set(field, known)
    const { aliases, repetitions } = this.measure
    if (known.names.size > aliases.times) this.measure.aliases = { field, times: known.names.size }
    if (known.times > repetitions.times) this.measure.repetitions = { field, times: known.times }
  }
}

/** Also in a fragment on a type of introspection, wherever it is spread. */
const isIntrospection = ({ isMeta, parent }: Place): boolean =>
  isMeta || Boolean((parent as { name?: string } | undefined)?.name?.startsWith('__'))

const rootPlace = (parent: unknown): Place => ({
  ...{ parent, page: ASSUMED.page, depth: 1, isMeta: false },
  ...{ seen: new Map(), fragments: [] },
})
