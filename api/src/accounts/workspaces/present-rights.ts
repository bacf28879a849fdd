import type { EntityManager } from 'typeorm'
import type { Actor, Role } from '../../lib/actor.ts'
import { AppError } from '../../lib/app-error.ts'
import { includesRole } from '../../lib/permissions.ts'

/**
 * Whose membership an actor acts by: their own, or that of who made the token; null: nobody's (the server itself, and
 * tokens that no person made). Throws FORBIDDEN for a token that was revoked meanwhile.
 */
export async function personBehind(manager: EntityManager, actor: Actor): Promise<string | null> {
  if (actor.kind === 'user') return actor.id ?? null
  if (actor.kind !== 'token') return null
  const rows = (await manager.query(
    'select created_by as "createdBy" from api_token where workspace_id = $1 and id = $2',
    [actor.workspaceId, actor.id ?? null],
  )) as { createdBy: string | null }[]
  if (!rows[0]) throw changedMeanwhile()
  return rows[0].createdBy
}

/** A request may have waited for the very change that took its rights. Throws FORBIDDEN. */
export function requireStill(
  actor: Actor,
  present: { role: Role; isSuspended: boolean; isShutOut: boolean } | undefined,
): void {
  const isIn = present && !present.isSuspended && !present.isShutOut
  if (isIn && includesRole(present.role, actor.role!)) return
  throw changedMeanwhile()
}

function changedMeanwhile(): AppError {
  return new AppError('FORBIDDEN', 'Your rights have changed meanwhile.')
}
