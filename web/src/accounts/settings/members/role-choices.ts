import type { MemberFactsFragment, Role } from '../../../generated/operations.ts'
import { roleAllows } from '../../../lib/viewer/index.ts'

/** From the least to the most. */
export const ROLES: readonly Role[] = ['VIEWER', 'EDITOR', 'ADMIN', 'OWNER']

/** The roles that somebody may give: none above their own, and none at all below admin. */
export function givableRoles(own: Role | null | undefined): Role[] {
  return own && roleAllows(own, 'ADMIN') ? ROLES.filter((role) => roleAllows(own, role)) : []
}

export type MemberRefusal = 'notAdmin' | 'above' | 'lastOwner'

/** Why the viewer may change nothing about a member; null where they may. The server judges in the end. */
export function memberRefusal(
  own: Role | null | undefined,
  member: Pick<MemberFactsFragment, 'id' | 'role'>,
  members: readonly Pick<MemberFactsFragment, 'id' | 'role' | 'isSuspended'>[],
): MemberRefusal | null {
  if (!own || !roleAllows(own, 'ADMIN')) return 'notAdmin'
  if (!roleAllows(own, member.role)) return 'above'
  if (member.role !== 'OWNER') return null
  const others = members.filter(({ id, role, isSuspended }) => {
    return role === 'OWNER' && !isSuspended && id !== member.id
  })
  return others.length === 0 ? 'lastOwner' : null
}
