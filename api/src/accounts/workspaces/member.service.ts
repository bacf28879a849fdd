import type { EntityManager } from 'typeorm'
import type { Database } from '../../db/index.ts'
import type { Actor, Role } from '../../lib/actor.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { isId } from '../../lib/ids.ts'
import { requirePerson, requireRole } from '../../lib/permissions.ts'
import { type AuditRecord, recordAudit } from '../audit/audit-log.ts'
import {
  type AuthChange,
  announceChanges,
  type Revocations,
} from '../authentication/revocations.ts'
import { requireGift, requireOwnerLeft, requireReach } from './member.rules.ts'
import { personBehind, requireStill } from './present-rights.ts'

/** A membership that is being changed; its row is locked. */
interface Standing {
  userId: string
  name: string
  role: Role
  isSuspended: boolean
  /** Shut out of the whole server. */
  isShutOut: boolean
}

const STANDINGS = `
select m.user_id as "userId", m.role, m.suspended_at is not null as "isSuspended", u.name,
       u.suspended_at is not null as "isShutOut"
  from membership m join app_user u on u.id = m.user_id
 where m.workspace_id = $1 and (m.user_id = any($2::uuid[]) or m.role = 'owner')
 order by m.user_id for update of m`

/** Members of a workspace: their roles, suspension and departure. Each change is one transaction with its audit entry. */
export class MemberService {
  constructor(
    private readonly options: { database: Database; revocations: Revocations; clock: Clock },
  ) {}

  /** Throws INVALID with the field; FORBIDDEN for members above the actor. */
  async changeRole(actor: Actor, userId: string, role: Role): Promise<void> {
    requireRole(actor, 'admin')
    await this.change(actor, userId, async (manager, member, ownersLeft) => {
      requireGift(actor.role!, role)
      if (role !== 'owner') requireOwnerLeft(ownersLeft, ['role'])
      if (role === member.role) return null
      await manager.query(
        'update membership set role = $3 where workspace_id = $1 and user_id = $2',
        [actor.workspaceId, userId, role],
      )
      return { action: 'member.role', before: { role: member.role }, after: { role } }
    })
  }

  async suspend(actor: Actor, userId: string): Promise<void> {
    requireRole(actor, 'admin')
    await this.change(actor, userId, async (manager, member, ownersLeft) => {
      requireOwnerLeft(ownersLeft, ['userId'])
      if (actor.id === userId) throw yourself('suspend')
      if (member.isSuspended) return null
      await this.setSuspended(manager, actor, userId, new Date(this.options.clock.now()))
      return { action: 'member.suspend' }
    })
  }

  async reinstate(actor: Actor, userId: string): Promise<void> {
    requireRole(actor, 'admin')
    await this.change(actor, userId, async (manager, member) => {
      if (!member.isSuspended) return null
      await this.setSuspended(manager, actor, userId, null)
      return { action: 'member.reinstate' }
    })
  }

  async remove(actor: Actor, userId: string): Promise<void> {
    requireRole(actor, 'admin')
    await this.change(actor, userId, async (manager, member, ownersLeft) => {
      requireOwnerLeft(ownersLeft, ['userId'])
      await this.delete(manager, actor, userId)
      return { action: 'member.remove', before: { role: member.role } }
    })
  }

  /** The actor's own departure. */
  async leave(actor: Actor): Promise<void> {
    requireRole(actor, 'viewer')
    const { userId } = requirePerson(actor)
    await this.change(actor, userId, async (manager, member, ownersLeft) => {
      requireOwnerLeft(ownersLeft, [])
      await this.delete(manager, actor, userId)
      return { action: 'member.leave', before: { role: member.role } }
    })
  }

  /** The actor becomes an admin, the other one an owner. */
  async transfer(actor: Actor, userId: string): Promise<void> {
    requireRole(actor, 'owner')
    const own = requirePerson(actor).userId
    if (own === userId) throw yourself('make the owner')
    await this.change(actor, userId, async (manager, member) => {
      if (member.isSuspended) throw problem('This member is suspended. Reinstate them first.')
      const update = 'update membership set role = $3 where workspace_id = $1 and user_id = $2'
      await manager.query(update, [actor.workspaceId, userId, 'owner'])
      await manager.query(update, [actor.workspaceId, own, 'admin'])
      const target = { targetType: 'member', targetId: own, targetName: actor.name ?? null }
      const stepped = { before: { role: 'owner' }, after: { role: 'admin' } }
      await recordAudit(manager, actor, new Date(this.options.clock.now()), [
        { action: 'member.role', ...target, ...stepped },
      ])
      await announceChanges(manager, [{ userId: own, workspaceId: actor.workspaceId }])
      return {
        action: 'ownership.transfer',
        before: { role: member.role },
        after: { role: 'owner' },
      }
    })
    this.options.revocations.committed([{ userId: own, workspaceId: actor.workspaceId }])
  }

  /**
   * Locks the member and the owners, so that of two owners who demote each other one stays; `ownersLeft` is how many
   * owners who are not suspended there are without the member. A change that answers null changes nothing.
   */
  private async change(
    actor: Actor,
    userId: string,
    run: (
      manager: EntityManager,
      member: Standing,
      ownersLeft: number,
    ) => Promise<Pick<AuditRecord, 'action' | 'before' | 'after'> | null>,
  ): Promise<void> {
    if (!isId(userId)) throw unknown()
    const { database, revocations, clock } = this.options
    const { workspaceId } = actor
    const told: AuthChange[] = await database.write(workspaceId, async (manager) => {
      const own = await personBehind(manager, actor)
      const locked = own === null ? [userId] : [userId, own]
      const rows = (await manager.query(STANDINGS, [workspaceId, locked])) as Standing[]
      if (own !== null)
        requireStill(
          actor,
          rows.find((row) => row.userId === own),
        )
      const member = rows.find((row) => row.userId === userId)
      if (!member) throw unknown()
      const isSelf = actor.kind === 'user' && actor.id === userId
      requireReach({ actorRole: actor.role!, memberRole: member.role, isSelf })
      const isOther = (row: Standing): boolean => row.userId !== userId && row.role === 'owner'
      const others = rows.filter((row) => isOther(row) && !row.isSuspended && !row.isShutOut).length
      const record = await run(manager, member, member.role === 'owner' ? others : 1)
      if (!record) return []
      const target = { targetType: 'member', targetId: userId, targetName: member.name }
      await recordAudit(manager, actor, new Date(clock.now()), [{ ...record, ...target }])
      const changes = [{ userId, workspaceId }]
      await announceChanges(manager, changes)
      return changes
    })
    revocations.committed(told)
  }

  private async setSuspended(
    manager: EntityManager,
    { workspaceId }: Actor,
    userId: string,
    at: Date | null,
  ): Promise<void> {
    await manager.query(
      'update membership set suspended_at = $3 where workspace_id = $1 and user_id = $2',
      [workspaceId, userId, at && at.toISOString()],
    )
  }

  private async delete(
    manager: EntityManager,
    { workspaceId }: Actor,
    userId: string,
  ): Promise<void> {
    await manager.query('delete from membership where workspace_id = $1 and user_id = $2', [
      workspaceId,
      userId,
    ])
  }
}

/** Unknown and of another workspace look the same. */
function unknown(): AppError {
  const message = 'There is no such member.'
  return AppError.invalid([{ path: ['userId'], code: 'NOT_FOUND', message }])
}

function problem(message: string): AppError {
  return AppError.invalid([{ path: ['userId'], code: 'INVALID', message }])
}

const yourself = (verb: string): AppError => problem(`You can't ${verb} yourself.`)
