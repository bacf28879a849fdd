import {
  DirectiveLocation,
  GraphQLDirective,
  type GraphQLSchema,
  GraphQLString,
  isEnumType,
} from 'graphql'

/** Anyone who reaches the server may call the field. */
export const publicDirective = new GraphQLDirective({
  name: 'public',
  description: 'Anyone who reaches the server may use this field.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
})

/** Who may call the field. A new one for each schema, whose own enum `Role` it gets. */
export function authDirective(): GraphQLDirective {
  return new GraphQLDirective({
    name: 'auth',
    description:
      'Who may use this field: members with this role; of tokens that are limited to scopes only those with this scope. ' +
      'Without arguments: any person who is signed in, and no API token.',
    locations: [DirectiveLocation.FIELD_DEFINITION],
    args: {
      role: { type: GraphQLString, description: 'The least role that is needed.' },
      scope: { type: GraphQLString, description: 'The scope that a limited token needs.' },
    },
  })
}

/** The directive takes roles of the very enum that fields answer. */
export function typeAuthRole(schema: GraphQLSchema): void {
  const role = schema.getType('Role')
  const arg = schema.getDirective('auth')?.args.find(({ name }) => name === 'role')
  if (arg && isEnumType(role)) arg.type = role
}
