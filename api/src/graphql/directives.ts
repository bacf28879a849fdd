import { DirectiveLocation, GraphQLDirective, GraphQLEnumType, GraphQLString } from 'graphql'

const RoleEnum = new GraphQLEnumType({
  name: 'Role',
  description: 'What a member of a workspace may do; each role may do what those before it may.',
  values: {
    VIEWER: { description: 'May see everything.' },
    EDITOR: { description: 'May create, change and delete monitors.' },
    ADMIN: { description: 'May manage members and tokens.' },
    OWNER: { description: 'May do everything.' },
  },
})

/** Anyone who reaches the server may call the field. */
export const publicDirective = new GraphQLDirective({
  name: 'public',
  description: 'Anyone who reaches the server may use this field.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
})

/** Who may call the field. */
export const authDirective = new GraphQLDirective({
  name: 'auth',
  description: 'Who may use this field: members with this role, or tokens with this scope.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    role: { type: RoleEnum, description: 'The least role that a member needs.' },
    scope: { type: GraphQLString, description: 'The scope that a token needs.' },
  },
})
