import { type ConstDirectiveNode, type FieldDefinitionNode, parse, print, visit } from 'graphql'
import type { AuthRule } from '../../src/graphql/auth-rules.ts'
import { ROLES } from '../../src/lib/permissions.ts'
import { READ_ONLY_SCOPES } from './actors.ts'

/** The contract with one rule less, or one that asks for less: what a slip of a hand would make of it. */
export function weakened(text: string, place: string, rule: AuthRule): [string, string][] {
  const variants: [string, string | undefined][] = [['deleted', undefined]]
  const { role, scope } = rule
  const below = role && ROLES[ROLES.indexOf(role) - 1]
  const kept = scope ? `, scope: "${scope}"` : ''
  if (role)
    variants.push([
      'one step weaker',
      below ? `@auth(role: ${below.toUpperCase()}${kept})` : '@auth',
    ])
  if (role === 'viewer' && !READ_ONLY_SCOPES.includes(scope ?? ''))
    variants.push(['of a wider scope', `@auth(role: VIEWER, scope: "${READ_ONLY_SCOPES[0]}")`])
  return variants.map(([what, auth]) => [what, withRule(text, place, auth)])
}

function withRule(text: string, place: string, auth: string | undefined): string {
  const [type, field] = place.split('.')
  // A root field must say something; a nested one without a rule is everybody's anyway.
  const written = auth ?? '@public'
  const changed = visit(parse(text), {
    ObjectTypeDefinition: (node) => (node.name.value === type ? undefined : false),
    FieldDefinition: (node): FieldDefinitionNode | undefined =>
      node.name.value === field
        ? { ...node, directives: [...others(node), directiveOf(written)] }
        : undefined,
  })
  return print(changed)
}

const others = (node: FieldDefinitionNode): ConstDirectiveNode[] =>
  (node.directives ?? []).filter(({ name }) => name.value !== 'auth')

function directiveOf(text: string): ConstDirectiveNode {
  const [definition] = parse(`type X { x: Int ${text} }`).definitions
  const field = definition?.kind === 'ObjectTypeDefinition' ? definition.fields?.[0] : undefined
  return field!.directives![0]!
}
