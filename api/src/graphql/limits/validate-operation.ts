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
import { type Measure, measureOperation } from './measure.ts'

/** How much an operation asks for; undefined when the document does not say which operation is meant. */
export function measureOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>> | null | undefined,
  operationName: string | null | undefined,
): Measure | undefined {
  const operation = getOperationAST(document, operationName)
  return operation ? measureOperation(schema, document, operation, variables ?? {}) : undefined
}

/** The limits that an operation exceeds: none or one, the first. */
export function exceededLimits(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>> | null | undefined,
  operationName: string | null | undefined,
): GraphQLError[] {
  const problem =
    directivesProblem(document) ??
    measureProblem(measureOf(schema, document, variables, operationName))
  return problem ? [new GraphQLError(problem, { extensions: { code: 'LIMIT' } })] : []
}

/**
 * The rules of the GraphQL specification and the limits of the product, the same on every transport. Stops at the
 * first error.
 */
export function validateOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>> | null | undefined,
  operationName: string | null | undefined,
): readonly GraphQLError[] {
  const exceeded = exceededLimits(schema, document, variables, operationName)
  if (exceeded.length) return exceeded
  return validate(schema, document, undefined, { maxErrors: 1 })
    .slice(0, 1)
    .map(
      (error) =>
        new GraphQLError(error.message, {
          nodes: error.nodes ?? null,
          extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
        }),
    )
}

function directivesProblem(document: DocumentNode): string | undefined {
  let total = 0
  let most = 0
  const count = (node: { directives?: readonly DirectiveNode[] | undefined }): void => {
    total += node.directives?.length ?? 0
    most = Math.max(most, node.directives?.length ?? 0)
  }
  visit(document, { enter: (node) => void ('directives' in node && count(node)) })
  if (most > LIMITS.directivesAtOnce)
    return `At most ${LIMITS.directivesAtOnce} directives stand at one place.`
  return total > LIMITS.directives
    ? `A document has at most ${LIMITS.directives} directives.`
    : undefined
}

function measureProblem(measure: Measure | undefined): string | undefined {
  if (!measure) return undefined
  const { depth, introspectionDepth, aliases, rootFields, cost } = measure
  if (depth > LIMITS.depth)
    return `This operation is ${depth} levels deep; at most ${LIMITS.depth} are answered.`
  if (introspectionDepth > LIMITS.introspectionDepth)
    return `Introspection goes at most ${LIMITS.introspectionDepth} levels deep.`
  if (aliases.times > LIMITS.aliases)
    return `${aliases.field} is asked for ${aliases.times} times at one place; at most ${LIMITS.aliases} are answered.`
  if (rootFields > LIMITS.rootFields)
    return `An operation has at most ${LIMITS.rootFields} root fields.`
  return cost > LIMITS.cost
    ? `This operation costs ${cost}; at most ${LIMITS.cost} is answered. Ask for fewer items at once.`
    : undefined
}
