import {
  coerceInputValue,
  type GraphQLSchema,
  GraphQLError,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql'

/** "Int cannot represent non-integer value: 1.5": what follows the colon may be a password. */
const withoutValue = (message: string): string =>
  message.replace(/^(\S+ cannot represent [^:]*): [\s\S]*$/, '$1.')

class Found extends Error {}

/**
 * What is wrong with the variables, the first thing only. GraphQL's own words for it would print the whole value,
 * secrets included.
 */
export function variablesProblem(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): GraphQLError | undefined {
  for (const definition of operation.variableDefinitions ?? []) {
    const message = problemOf(schema, definition, variables)
    if (message)
      return new GraphQLError(message, {
        nodes: definition,
        extensions: { code: 'BAD_USER_INPUT' },
      })
  }
  return undefined
}

function problemOf(
  schema: GraphQLSchema,
  { variable, type: typeNode, defaultValue }: VariableDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): string | undefined {
  const name = variable.name.value
  const type = typeFromAST(schema, typeNode)
  if (!isInputType(type)) return undefined
  if (!Object.hasOwn(variables, name))
    return isNonNullType(type) && !defaultValue ? `Variable $${name} is missing.` : undefined
  const value = variables[name]
  if (value === null) return isNonNullType(type) ? `Variable $${name} must not be null.` : undefined
  try {
    coerceInputValue(value, type, (path, _value, error) => {
      throw new Found(
        `Variable $${[name, ...path].join('.')} is wrong. ${withoutValue(error.message)}`,
      )
    })
    return undefined
  } catch (error) {
    if (error instanceof Found) return error.message
    throw error
  }
}
