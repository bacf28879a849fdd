import {
  type DirectiveNode,
  findBreakingChanges,
  findDangerousChanges,
  GraphQLInputObjectType,
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  print,
} from 'graphql'

/** A change of the contract that a program may notice, in words. */
export interface ContractChange {
  kind: string
  description: string
}

/** What graphql-js calls breaking or dangerous, and what it does not see: `@oneOf` and who may use a field. */
export function contractChanges(before: GraphQLSchema, after: GraphQLSchema): ContractChange[] {
  const found = [...findBreakingChanges(before, after), ...findDangerousChanges(before, after)]
  return [
    ...found.map(({ type, description }) => ({ kind: type, description })),
    ...oneOfChanges(before, after),
    ...authChanges(before, after),
  ]
}

function oneOfChanges(before: GraphQLSchema, after: GraphQLSchema): ContractChange[] {
  return Object.values(before.getTypeMap()).flatMap((type) => {
    const now = after.getType(type.name)
    if (!isInputObjectType(type) || !(now instanceof GraphQLInputObjectType)) return []
    if (type.isOneOf === now.isOneOf) return []
    return [
      {
        kind: 'ONE_OF_CHANGED',
        description: `${type.name} ${now.isOneOf ? 'became' : 'is no longer'} @oneOf.`,
      },
    ]
  })
}

const authOf = (directives: readonly DirectiveNode[] | undefined): string =>
  (directives ?? [])
    .filter(({ name }) => name.value === 'auth' || name.value === 'public')
    .map((directive) => print(directive))
    .join(' ')

function authChanges(before: GraphQLSchema, after: GraphQLSchema): ContractChange[] {
  return Object.values(before.getTypeMap()).flatMap((type) => {
    const now = after.getType(type.name)
    const haveFields =
      (isObjectType(type) || isInterfaceType(type)) && (isObjectType(now) || isInterfaceType(now))
    if (!haveFields) return []
    return Object.values(type.getFields()).flatMap((field) => {
      const [was, is] = [
        authOf(field.astNode?.directives),
        authOf(now.getFields()[field.name]?.astNode?.directives),
      ]
      if (!now.getFields()[field.name] || was === is) return []
      return [
        {
          kind: 'AUTH_CHANGED',
          description: `${type.name}.${field.name} changed from ${was || 'open'} to ${is || 'open'}.`,
        },
      ]
    })
  })
}

/** Changes that the changelog does not name: each must stand there with its description. */
export function unlistedChanges(
  changes: readonly ContractChange[],
  changelog: string,
): ContractChange[] {
  return changes.filter(({ description }) => !changelog.includes(description))
}
