import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  print,
  visit,
} from 'graphql'
import { AppError } from '../../lib/app-error.ts'
import { parseOperation } from '../limits/parse-operation.ts'

/** An operation as a client sends it, over any transport. */
export interface OperationRequest {
  query: string
  variables?: Record<string, unknown> | null | undefined
  operationName?: string | null | undefined
}

/** Applies the rules of the GraphQL specification and the product's limits; the same as for HTTP. */
export type ValidateOperation = (
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Record<string, unknown> | null | undefined,
  operationName: string | null | undefined,
) => readonly GraphQLError[]

/** A subscription that may be run. */
export interface LiveOperation {
  document: DocumentNode
  operationName: string | undefined
  variables: Record<string, unknown>
  fieldName: string
  args: Record<string, unknown>
  /** The text of `after`, wherever the client put it. */
  after: string | undefined
  /** Equal for operations that differ in nothing but `after`. */
  key: string
}

/** Refused before it began; the errors are for the client. */
export class LiveRefusal extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super(errors[0]?.message ?? 'Refused')
  }
}

/** Reads and judges a subscription. Throws LiveRefusal. */
export function readOperation(
  schema: GraphQLSchema,
  request: OperationRequest,
  validateOperation: ValidateOperation,
): LiveOperation {
  const { variables, operationName } = request
  const document = parseDocument(request.query)
  const operation = getOperationAST(document, operationName)
  if (!operation) throw refusal('Which operation of the document is meant?')
  if (operation.operation !== 'subscription')
    throw refusal('Only subscriptions travel here; send queries and mutations to /graphql by POST.')
  const errors = validateOperation(schema, document, variables, operationName)
  if (errors.length) throw new LiveRefusal(errors)
  return assemble(schema, document, operation, variables ?? {})
}

function assemble(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  inputs: Record<string, unknown>,
): LiveOperation {
  const { errors, coerced } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    inputs,
    { maxErrors: 5 },
  )
  if (errors) throw new LiveRefusal(errors)
  const fields = rootFields(document, operation.selectionSet)
  const [field] = fields
  const definition = field && schema.getSubscriptionType()?.getFields()[field.name.value]
  if (!field || !definition) throw refusal('The subscription selects nothing.')
  const args = getArgumentValues(definition, field, coerced)
  return {
    document,
    operationName: operation.name?.value,
    variables: inputs,
    fieldName: field.name.value,
    args,
    after: typeof args.after === 'string' ? args.after : undefined,
    key: keyOf(document, operation, fields, coerced),
  }
}

function parseDocument(query: string): DocumentNode {
  try {
    return parseOperation(query)
  } catch (error) {
    if (error instanceof GraphQLError) throw new LiveRefusal([error])
    throw error
  }
}

function refusal(message: string): LiveRefusal {
  return new LiveRefusal([new GraphQLError(message, { extensions: { code: 'INVALID' } })])
}

/** The root field's nodes: a valid subscription has one response name, perhaps written several times. */
function rootFields(document: DocumentNode, selections: SelectionSetNode): FieldNode[] {
  return selections.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection]
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(document, selection.selectionSet)
    const fragment = document.definitions.find(
      (d) => d.kind === Kind.FRAGMENT_DEFINITION && d.name.value === selection.name.value,
    )
    return fragment?.kind === Kind.FRAGMENT_DEFINITION
      ? rootFields(document, fragment.selectionSet)
      : []
  })
}

/** The document and its variables without `after`. A variable that serves elsewhere too stays in. */
function keyOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  fields: FieldNode[],
  coerced: Record<string, unknown>,
): string {
  const uses = new Map<string, number>()
  const stripped = visit(document, {
    Field(node) {
      if (!fields.includes(node)) return undefined
      return { ...node, arguments: node.arguments?.filter((arg) => arg.name.value !== 'after') }
    },
  })
  visit(stripped, {
    VariableDefinition: () => false,
    Variable: (node) => void uses.set(node.name.value, (uses.get(node.name.value) ?? 0) + 1),
  })
  const kept = Object.entries(coerced).filter(([name]) => uses.has(name))
  const text = print({
    ...stripped,
    definitions: stripped.definitions.map((d) =>
      d.kind === Kind.OPERATION_DEFINITION ? { ...d, variableDefinitions: [] } : d,
    ),
  })
  return JSON.stringify([operation.name?.value, text, kept.sort()])
}

/** How an expected error is told to a client that can't be answered through an execution. */
export function asGraphqlError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error
  if (error instanceof AppError)
    return new GraphQLError(error.message, {
      originalError: error,
      extensions: { code: error.code },
    })
  const originalError = error instanceof Error ? error : new Error(String(error))
  return new GraphQLError('Something went wrong on our side.', { originalError })
}
