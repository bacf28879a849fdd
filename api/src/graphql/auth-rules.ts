import {
  type DirectiveNode,
  type GraphQLField,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type ValueNode,
} from 'graphql'
import { SCOPES } from '../accounts/index.ts'
import type { Actor, Role } from '../lib/actor.ts'
import { requirePerson, requireRole, requireScope, ROLES } from '../lib/permissions.ts'

/** A field as it is executed. */
export type ActorField = GraphQLField<unknown, { actor: Actor }>

/** What `@auth` says at a field: nothing but that a person must be signed in, or a role and a scope. */
export interface AuthRule {
  role: Role | undefined
  scope: string | undefined
}

/** The rule of a field; undefined where it has none. Throws for one that can't be enforced, rather than promising it. */
export function ruleOf(field: ActorField, place: string): AuthRule | undefined {
  const auth = directive(field, 'auth')
  if (!auth) return undefined
  if (directive(field, 'public')) throw new Error(`${place} is both @public and @auth`)
  const given = new Map((auth.arguments ?? []).map((arg) => [arg.name.value, arg.value]))
  const rule = { role: roleIn(given.get('role'), place), scope: scopeIn(given.get('scope'), place) }
  if (rule.scope && !rule.role) throw new Error(`${place}: a scope needs a role beside it`)
  return rule
}

function roleIn(value: ValueNode | undefined, place: string): Role | undefined {
  if (!value) return undefined
  const role = value.kind === Kind.ENUM ? (value.value.toLowerCase() as Role) : undefined
  if (!role || !ROLES.includes(role)) throw new Error(`${place}: the role of @auth is none`)
  return role
}

function scopeIn(value: ValueNode | undefined, place: string): string | undefined {
  if (!value) return undefined
  if (value.kind !== Kind.STRING || !SCOPES[value.value])
    throw new Error(`${place}: the scope of @auth is none`)
  return value.value
}

/** Throws UNAUTHENTICATED, FORBIDDEN or NOT_FOUND when the actor may not use what has this rule. */
export function authorise(actor: Actor, { role, scope }: AuthRule): void {
  if (!role) return void requirePerson(actor)
  requireRole(actor, role)
  requireScope(actor, scope)
}

export function directive(field: ActorField, name: string): DirectiveNode | undefined {
  return field.astNode?.directives?.find((d) => d.name.value === name)
}

/** Every field of the contract that has a rule of its own. */
export function ruledFields(
  schema: GraphQLSchema,
): { place: string; field: ActorField; rule: AuthRule }[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type)) return []
    return Object.values(type.getFields() as Record<string, ActorField>).flatMap((field) => {
      const place = `${type.name}.${field.name}`
      const rule = ruleOf(field, place)
      return rule ? [{ place, field, rule }] : []
    })
  })
}
