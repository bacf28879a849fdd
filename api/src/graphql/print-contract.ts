import { printSchemaWithDirectives } from '@graphql-tools/utils'
import {
  buildASTSchema,
  type GraphQLSchema,
  lexicographicSortSchema,
  parse,
  print,
  type DocumentNode,
} from 'graphql'

/** The contract as text: sorted, with descriptions and directives. The same schema always gives the same text. */
export function printContract(schema: GraphQLSchema): string {
  return sortContract(parse(printSchemaWithDirectives(schema)))
}

/** A contract in its usual form: everything in the order of its name. */
export function sortContract(document: DocumentNode): string {
  const sorted = lexicographicSortSchema(buildASTSchema(document))
  return `${print(sortDefinitions(parse(printSchemaWithDirectives(sorted))))}\n`
}

function sortDefinitions(document: DocumentNode): DocumentNode {
  const nameOf = (definition: DocumentNode['definitions'][number]): string =>
    'name' in definition && definition.name
      ? `${definition.kind === 'DirectiveDefinition' ? '0' : '1'}${definition.name.value}`
      : ''
  const definitions = [...document.definitions].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  return { ...document, definitions }
}

/** A contract's text as a schema, to compare it with another. */
export const readContract = (text: string): GraphQLSchema => buildASTSchema(parse(text))
