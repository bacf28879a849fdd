import 'reflect-metadata'
import {
  GraphQLInputObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
  specifiedDirectives,
} from 'graphql'
import { GraphQLDateTime } from 'graphql-scalars'
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql'
import { authDirective, publicDirective } from './directives.ts'

/** A class with TypeGraphQL's @Resolver. */
export type ResolverClass = abstract new (...args: never[]) => object

/** Inputs of which exactly one field is given (`@oneOf`). */
const ONE_OF = ['MonitorSettingsInput']

/**
 * Builds the schema from the resolvers. `instances` are those whose constructors take something; a contract that
 * is only printed needs none. Throws when a root field does not say who may use it: deny by default.
 */
export function buildContract(
  resolvers: readonly ResolverClass[],
  instances: readonly object[] = [],
): GraphQLSchema {
  const byClass = new Map(instances.map((instance) => [instance.constructor as unknown, instance]))
  const schema = buildSchemaSync({
    resolvers: resolvers as unknown as NonEmptyArray<new () => object>,
    container: { get: (wanted) => byClass.get(wanted) ?? new (wanted as new () => object)() },
    // The rules of each room check its inputs and say in words what is wrong, with the path of the field.
    validate: false,
    scalarsMap: [{ type: Date, scalar: GraphQLDateTime }],
    directives: [...specifiedDirectives, publicDirective, authDirective],
    // Subscriptions are fed by the event log, not by a pub/sub of their own.
    pubSub: { publish: () => undefined, subscribe: () => ({}) as never },
  })
  for (const name of ONE_OF) markOneOf(schema, name)
  const open = fieldsWithoutAuth(schema)
  if (open.length)
    throw new Error(`These root fields say neither @public nor @auth: ${open.join(', ')}`)
  return schema
}

function markOneOf(schema: GraphQLSchema, name: string): void {
  const type = schema.getType(name)
  if (!(type instanceof GraphQLInputObjectType)) throw new Error(`${name} is no input`)
  type.isOneOf = true
}

/** Root fields that do not say who may use them. */
export function fieldsWithoutAuth(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  return roots
    .filter((root): root is GraphQLObjectType => Boolean(root))
    .flatMap((root) =>
      Object.values(root.getFields())
        .filter(
          (field) =>
            !field.astNode?.directives?.some(({ name }) => ['public', 'auth'].includes(name.value)),
        )
        .map((field) => `${root.name}.${field.name}`),
    )
}
