import type { Role } from '../../lib/actor.ts'
import type { FieldProblem } from '../../lib/app-error.ts'
import { includesRole } from '../../lib/permissions.ts'
import { SCOPES } from '../scopes.ts'
import { nameProblems } from '../users/people.ts'

export interface NewApiToken {
  name: string
  role?: Role | null | undefined
  scopes?: readonly string[] | null | undefined
  expiresAt?: Date | null | undefined
}

export interface TokenDraft {
  name: string
  role: Role
  scopes: string[] | null
  expiresAt: Date | null
}

/** What a new token would be, or what is wrong with it. A role with scopes must be able to do what they name. */
export function draftToken(
  given: NewApiToken,
  makerRole: Role,
  nowMs: number,
): TokenDraft | FieldProblem[] {
  const scopes = given.scopes ? [...new Set(given.scopes)] : null
  const role = given.role ?? leastRoleOf(scopes ?? [])
  const expiresAt = given.expiresAt ?? null
  const problems = [
    ...nameProblems(given.name),
    ...scopeProblems(given.scopes ?? null, role),
    ...roleProblems(role, makerRole),
    ...(expiresAt && expiresAt.getTime() <= nowMs ? [past()] : []),
  ]
  return problems.length ? problems : { name: given.name.trim(), role, scopes, expiresAt }
}

/** The least role that may do everything that these scopes name. */
function leastRoleOf(scopes: readonly string[]): Role {
  return scopes.reduce<Role>((role, scope) => {
    const needed = SCOPES[scope]?.role ?? 'viewer'
    return includesRole(role, needed) ? role : needed
  }, 'viewer')
}

function scopeProblems(scopes: readonly string[] | null, role: Role): FieldProblem[] {
  if (!scopes) return []
  if (!scopes.length) {
    const message = 'A token without any scope could do nothing. Name at least one.'
    return [{ path: ['scopes'], code: 'REQUIRED', message }]
  }
  return scopes.flatMap((scope, n): FieldProblem[] => {
    const path = ['scopes', String(n)]
    const known = Object.hasOwn(SCOPES, scope) ? SCOPES[scope] : undefined
    const names = Object.keys(SCOPES).join(', ')
    if (!known)
      return [{ path, code: 'INVALID', message: `There is no such scope. There are ${names}.` }]
    if (includesRole(role, known.role)) return []
    return [{ path, code: 'INVALID', message: `${scope} needs the role ${known.role}.` }]
  })
}

function roleProblems(role: Role, makerRole: Role): FieldProblem[] {
  if (includesRole(makerRole, role)) return []
  const message = `You have the role ${makerRole} and can't give the role ${role}.`
  return [{ path: ['role'], code: 'INVALID', message }]
}

function past(): FieldProblem {
  return { path: ['expiresAt'], code: 'INVALID', message: 'This moment is past already.' }
}
