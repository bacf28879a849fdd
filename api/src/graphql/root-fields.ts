import {
  defaultFieldResolver,
  type DirectiveNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  Kind,
} from 'graphql'
import type { Actor, Role } from '../lib/actor.ts'
import { requireRole } from '../lib/permissions.ts'

type Field = GraphQLField<unknown, { actor: Actor }>

const directive = (field: Field, name: string): DirectiveNode | undefined =>
  field.astNode?.directives?.find((d) => d.name.value === name)

function rootTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(
    (type): type is GraphQLObjectType => Boolean(type),
  )
}

/** Root fields that do not say who may use them. */
export function fieldsWithoutAuth(schema: GraphQLSchema): string[] {
  return rootTypes(schema).flatMap((root) =>
    Object.values(root.getFields())
      .filter((field) => !directive(field, 'public') && !directive(field, 'auth'))
      .map((field) => `${root.name}.${field.name}`),
  )
}

/**
 * Makes each `@auth(role:)` hold, wherever it stands, on every transport: the field is answered only to actors with
 * that role. Throws for what can't be enforced, rather than promising it.
 */
export function enforceAuth(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields()) as Field[]) {
      const auth = directive(field, 'auth')
      if (auth) requireRoleOf(field, roleOf(auth, `${type.name}.${field.name}`))
    }
  }
}

function roleOf(auth: DirectiveNode, place: string): Role {
  const given = Object.fromEntries((auth.arguments ?? []).map((arg) => [arg.name.value, arg.value]))
  if (given['scope']) throw new Error(`${place}: there are no tokens with scopes yet`)
  const role = given['role']
  if (role?.kind !== Kind.ENUM) throw new Error(`${place}: @auth needs a role`)
  return role.value.toLowerCase() as Role
}

function requireRoleOf(field: Field, role: Role): void {
  const { resolve = defaultFieldResolver } = field
  field.resolve = (root, args, context, info) => {
    requireRole(context.actor, role)
    return resolve(root, args, context, info) as unknown
  }
}

/**
 * Mutations of one request run one after the other. Each begins without a snapshot: it must not hold a connection
 * that it does not need while it waits for another, or for a check over the network.
 */
export function letGoBeforeMutations(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve = defaultFieldResolver } = field
    field.resolve = async (root, args, context: { refresh?: () => Promise<void> }, info) => {
      await context.refresh?.()
      return resolve(root, args, context, info) as unknown
    }
  }
}
