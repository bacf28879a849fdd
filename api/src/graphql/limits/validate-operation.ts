import {
  type DirectiveNode,
  type DocumentNode,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  validate,
  visit,
} from 'graphql'
import { LIMITS } from './limits.ts'
import { type Measure, measureDocument } from './measure.ts'
import { variablesProblem } from './variables-problem.ts'

type Variables = Readonly<Record<string, unknown>> | null | undefined

/** Whether an operation may run, and what it will cost. */
export interface Judgement {
  /** The first thing that is wrong. */
  refusal: GraphQLError | undefined
  cost: number
}

/**
 * The limits of the product, the rules of the GraphQL specification and the types of the variables, in this order
 * and the same on every transport. Stops at the first error.
 */
export function judgeOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Variables,
  operationName: string | null | undefined,
): Judgement {
  const operation = getOperationAST(document, operationName) ?? undefined
  const measure = measureDocument(schema, document, operation, variables ?? {})
  const exceeded = directivesProblem(document) ?? measureProblem(measure)
  const refusal = exceeded
    ? new GraphQLError(exceeded, { extensions: { code: 'LIMIT' } })
    : (specificationProblem(schema, document) ??
      (operation && variablesProblem(schema, operation, variables ?? {})))
  return { refusal, cost: measure.cost }
}

/** Why an operation may not run: nothing, or one error. */
export function validateOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Variables,
  operationName: string | null | undefined,
): readonly GraphQLError[] {
  const { refusal } = judgeOperation(schema, document, variables, operationName)
  return refusal ? [refusal] : []
}

const validated = new WeakMap<DocumentNode, WeakMap<GraphQLSchema, GraphQLError | false>>()

/** A document that comes again, parsed once, is validated once. */
function specificationProblem(
  schema: GraphQLSchema,
  document: DocumentNode,
): GraphQLError | undefined {
  const answers = validated.get(document) ?? new WeakMap<GraphQLSchema, GraphQLError | false>()
  validated.set(document, answers)
  const known = answers.get(schema)
  if (known !== undefined) return known || undefined
  const [error] = validate(schema, document, undefined, { maxErrors: 1 })
  const extensions = { code: 'GRAPHQL_VALIDATION_FAILED' }
  const answer = error
    ? new GraphQLError(error.message, { nodes: error.nodes ?? null, extensions })
    : false
  answers.set(schema, answer)
  return answer || undefined
}

function directivesProblem(document: DocumentNode): string | undefined {
  let total = 0
  let most = 0
  const count = (node: { directives?: readonly DirectiveNode[] | undefined }): void => {
    const here = node.directives?.length ?? 0
    total += here
    most = Math.max(most, here)
  }
  visit(document, { enter: (node) => void ('directives' in node && count(node)) })
  if (most > LIMITS.directivesAtOnce)
    return `At most ${LIMITS.directivesAtOnce} directives stand at one place.`
  return total > LIMITS.directives
    ? `A document has at most ${LIMITS.directives} directives.`
    : undefined
}

function measureProblem(measure: Measure): string | undefined {
  const { depth, introspectionDepth, aliases, repetitions, rootFields, cost, isEndless } = measure
  const problems: [boolean, string][] = [
    [isEndless, 'The fragments of this document unfold to too much.'],
    [
      depth > LIMITS.depth,
      `This document is ${depth} levels deep; at most ${LIMITS.depth} are answered.`,
    ],
    [
      introspectionDepth > LIMITS.introspectionDepth,
      `Introspection goes at most ${LIMITS.introspectionDepth} levels deep.`,
    ],
    [
      aliases.times > LIMITS.aliases,
      `${aliases.field} is asked for under ${aliases.times} names at one place; at most ${LIMITS.aliases} are answered.`,
    ],
    [
      repetitions.times > LIMITS.repetitions,
      `${repetitions.field} is written ${repetitions.times} times at one place; at most ${LIMITS.repetitions} are read.`,
    ],
    [
      rootFields > LIMITS.rootFields,
      `This operation has ${rootFields} root fields; at most ${LIMITS.rootFields} are answered.`,
    ],
    [
      cost > LIMITS.cost,
      `This operation costs ${cost}; at most ${LIMITS.cost} is answered. Ask for fewer items at once.`,
    ],
  ]
  return problems.find(([isExceeded]) => isExceeded)?.[1]
}
