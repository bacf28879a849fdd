import { defaultFieldResolver, type GraphQLObjectType, type GraphQLSchema } from 'graphql'
import { type ActorField, authorise, type AuthRule, directive, ruledFields } from './auth-rules.ts'

function rootTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(
    (type): type is GraphQLObjectType => Boolean(type),
  )
}

/** Root fields that do not say who may use them. */
export function fieldsWithoutAuth(schema: GraphQLSchema): string[] {
  return rootTypes(schema).flatMap((root) =>
    Object.values(root.getFields() as Record<string, ActorField>)
      .filter((field) => !directive(field, 'public') && !directive(field, 'auth'))
      .map((field) => `${root.name}.${field.name}`),
  )
}

/** Makes each `@auth` hold, wherever it stands, on every transport: the field is answered only to who may use it. */
export function enforceAuth(schema: GraphQLSchema): void {
  for (const { field, rule } of ruledFields(schema)) guard(field, rule)
}

function guard(field: ActorField, rule: AuthRule): void {
  const { resolve = defaultFieldResolver } = field
  field.resolve = (root, args, context, info) => {
    authorise(context.actor, rule)
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
