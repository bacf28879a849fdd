import type { Actor, Role } from './actor.ts'
import { AppError } from './app-error.ts'

const RANK: Record<Role, number> = { viewer: 0, editor: 1, admin: 2, owner: 3 }

/** Throws FORBIDDEN unless the actor has at least this role in the workspace it acts in. */
export function requireRole(actor: Actor, role: Role): void {
  if (RANK[actor.role] >= RANK[role]) return
  throw new AppError('FORBIDDEN', `This needs the role ${role}; you have ${actor.role}.`)
}
