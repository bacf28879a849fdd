import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  throw new GraphQLError('A cursor is a string.', { extensions: { code: 'INVALID' } })
}

/** Opaque on purpose: whether a text is a cursor of the reader's workspace is judged where it is used. */
export const CursorScalar = new GraphQLScalarType<string, string>({
  name: 'Cursor',
  description: 'A position in a workspace’s event log. Opaque; store it and resume from it.',
  serialize: textOf,
  parseValue: textOf,
  parseLiteral: (node) => textOf(node.kind === Kind.STRING ? node.value : undefined),
})
