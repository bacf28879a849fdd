import type { Role } from '../../generated/operations.ts'

const RANKS: Record<Role, number> = { VIEWER: 1, EDITOR: 2, ADMIN: 3, OWNER: 4 }

/** Whether a role suffices where another is needed; nobody may nothing. */
export function roleAllows(role: Role | null | undefined, needed: Role): boolean {
  return role ? RANKS[role] >= RANKS[needed] : false
}
