import 'reflect-metadata'
import { GraphQLInputObjectType, type GraphQLSchema, specifiedDirectives } from 'graphql'
import { GraphQLDateTime } from 'graphql-scalars'
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql'
import { authDirective, publicDirective, typeAuthRole } from './directives.ts'
import { enforceAuth, fieldsWithoutAuth, letGoBeforeMutations } from './root-fields.ts'

/** A class with TypeGraphQL's @Resolver. */
export type ResolverClass = abstract new (...args: never[]) => object

/** Inputs of which exactly one field is given (`@oneOf`). */
const ONE_OF = ['MonitorSettingsInput']

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  Query: 'What can be read. One query sees one moment: all its fields are read from one snapshot.',
  Mutation:
    'What can be done. Expected failures come as `userErrors`; what is answered is stored safely.',
  Subscription:
    'What can be followed live, over WebSocket on `/graphql` or server-sent events on `/graphql/stream`.',
}

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
    directives: [...specifiedDirectives, publicDirective, authDirective()],
    // Subscriptions are fed by the event log, not by a pub/sub of their own.
    pubSub: { publish: () => undefined, subscribe: () => ({}) as never },
  })
  for (const name of ONE_OF) markOneOf(schema, name)
  describe(schema)
  typeAuthRole(schema)
  const open = fieldsWithoutAuth(schema)
  if (open.length)
    throw new Error(`These root fields say neither @public nor @auth: ${open.join(', ')}`)
  letGoBeforeMutations(schema)
  enforceAuth(schema)
  return schema
}

function markOneOf(schema: GraphQLSchema, name: string): void {
  const type = schema.getType(name)
  if (!type) return
  if (!(type instanceof GraphQLInputObjectType)) throw new Error(`${name} is no input`)
  type.isOneOf = true
}

function describe(schema: GraphQLSchema): void {
  for (const [name, description] of Object.entries(DESCRIPTIONS)) {
    const type = schema.getType(name)
    if (type) type.description = description
  }
}
