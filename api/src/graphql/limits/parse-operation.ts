import { type DocumentNode, GraphQLError, parse } from 'graphql'
import { LIMITS } from './limits.ts'

/** Refuses a document that is too long to be read. */
export function documentProblem(query: string): GraphQLError | undefined {
  if (Buffer.byteLength(query) <= LIMITS.documentBytes) return undefined
  const message = `A document has at most ${LIMITS.documentBytes} bytes. Put long texts into variables.`
  return new GraphQLError(message, { extensions: { code: 'LIMIT' } })
}

/** Reads a document. Throws a GraphQLError for the client when it is too long or no GraphQL. */
export function parseOperation(query: string): DocumentNode {
  const tooLong = documentProblem(query)
  if (tooLong) throw tooLong
  try {
    return parse(query, { maxTokens: LIMITS.tokens })
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    const { source, positions } = error
    const extensions = { code: 'GRAPHQL_PARSE_FAILED' }
    throw new GraphQLError(error.message, {
      ...{ source: source ?? null, positions: positions ?? null, extensions },
    })
  }
}
