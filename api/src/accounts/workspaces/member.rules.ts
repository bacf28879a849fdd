import type { Role } from '../../lib/actor.ts'
import { AppError } from '../../lib/app-error.ts'
import { includesRole } from '../../lib/permissions.ts'

/** Who acts on whom. */
export interface Encounter {
  actorRole: Role
  /** The role of the member that is acted upon. */
  memberRole: Role
  isSelf: boolean
}

/**
 * Whether somebody may change a member at all: nobody touches a role above their own. Throws FORBIDDEN.
 */
export function requireReach({ actorRole, memberRole }: Encounter): void {
  if (includesRole(actorRole, memberRole)) return
  throw new AppError('FORBIDDEN', `Only an ${memberRole} may change an ${memberRole}.`)
}

/** Whether somebody may give a member this role: never one above their own. Throws INVALID at `role`. */
export function requireGift(actorRole: Role, role: Role): void {
  if (includesRole(actorRole, role)) return
  const message = `You have the role ${actorRole} and can't give the role ${role}.`
  throw AppError.invalid([{ path: ['role'], code: 'INVALID', message }])
}

/** Whether one owner fewer is still one: the last owner can't vanish. Throws INVALID at `path`. */
export function requireOwnerLeft(ownersLeft: number, path: string[]): void {
  if (ownersLeft > 0) return
  const message = 'A workspace needs an owner. Make somebody else the owner first.'
  throw AppError.invalid([{ path, code: 'CONFLICT', message }])
}
