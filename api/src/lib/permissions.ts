import type { Actor, Role } from './actor.ts'
import { AppError } from './app-error.ts'

const RANK: Record<Role, number> = { viewer: 0, editor: 1, admin: 2, owner: 3 }

export const ROLES: readonly Role[] = ['viewer', 'editor', 'admin', 'owner']

/** Whether a role may do everything that another may. */
export function includesRole(role: Role | null, other: Role): boolean {
  return role !== null && RANK[role] >= RANK[other]
}

/** Throws UNAUTHENTICATED for visitors. */
export function requireSignedIn(actor: Actor): void {
  if (actor.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'Sign in first.')
}

/** Throws FORBIDDEN unless the actor has at least this role in the workspace it acts in; NOT_FOUND without one. */
export function requireRole(actor: Actor, role: Role): void {
  requireSignedIn(actor)
  if (!actor.role) throw new AppError('NOT_FOUND', 'There is no such workspace.')
  if (includesRole(actor.role, role)) return
  throw new AppError('FORBIDDEN', `This needs the role ${role}; you have ${actor.role}.`)
}

/** A token that is limited to scopes needs this one. Throws FORBIDDEN. */
export function requireScope(actor: Actor, scope: string | undefined): void {
  if (!actor.scopes || (scope && actor.scopes.includes(scope))) return
  const need = scope ? `the scope ${scope}` : 'a token without scopes, or a person'
  throw new AppError('FORBIDDEN', `This needs ${need}.`)
}

/** The person and the session that act. Throws UNAUTHENTICATED for visitors, FORBIDDEN for tokens. */
export function requirePerson(actor: Actor): { userId: string; sessionId: string } {
  requireSignedIn(actor)
  if (actor.kind === 'user' && actor.id && actor.credentialId)
    return { userId: actor.id, sessionId: actor.credentialId }
  throw new AppError('FORBIDDEN', 'Only a person who is signed in may do this, not an API token.')
}
