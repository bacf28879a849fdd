import type { Database } from '../../db/index.ts'
import type { ReadScope } from '../../db/read-scope.ts'
import type { Actor, Role } from '../../lib/actor.ts'
import { AppError, type FieldProblem } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { isId, newId } from '../../lib/ids.ts'
import type { Log } from '../../lib/log.ts'
import { requireRole } from '../../lib/permissions.ts'
import { recordAudit } from '../audit/audit-log.ts'
import { hashSecret, newSecret } from '../authentication/secrets.ts'
import { invitationLetter } from '../mail/letters.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { RequestDoor } from '../request-door.ts'
import { emailProblems } from '../users/people.ts'
import type { Invitation } from './invitation.objects.ts'
import { InvitationEntity } from './invitation.entity.ts'
import { requireGift } from './member.rules.ts'
import { personBehind } from './present-rights.ts'

const HOUR_MS = 3_600_000
const DEFAULT_HOURS = 168
const MOST_HOURS = 720
/** Open invitations of one workspace. */
const MOST = 500

export interface NewInvitation {
  email?: string | null | undefined
  role: Role
  expiresInHours?: number | null | undefined
}

export interface MadeInvitation {
  invitation: Invitation
  url: string
  isSent: boolean
}

const OPEN = `
select i.id, i.email, i.role, i.created_at as "createdAt", i.expires_at as "expiresAt", u.name as "invitedBy"
  from invitation i left join app_user u on u.id = i.invited_by
 where i.workspace_id = $1 and i.expires_at > $2 order by i.id desc`

/** Invitations into a workspace, as its admins make and take them back. */
export class InvitationService {
  constructor(
    private readonly options: { database: Database; mailer: Mailer; clock: Clock; log: Log },
  ) {}

  /** Those that hold, newest first. */
  async list(scope: ReadScope): Promise<Invitation[]> {
    const manager = await scope.manager()
    return (await manager.query(OPEN, [scope.actor.workspaceId, this.now])) as Invitation[]
  }

  /** Answers the link, once. A letter that could not be sent is told, and the link holds. Throws INVALID. */
  async invite(
    actor: Actor,
    given: NewInvitation,
    door: Pick<RequestDoor, 'webUrl'>,
  ): Promise<MadeInvitation> {
    requireRole(actor, 'admin')
    requireGift(actor.role!, given.role)
    const problems = problemsOf(given)
    if (problems.length) throw AppError.invalid(problems)
    const secret = newSecret()
    const invitation = await this.store(actor, given, secret)
    const url = `${door.webUrl}/join/${secret}`
    return { invitation, url, isSent: await this.send(actor, invitation, url) }
  }

  /** Answers false when there is none such. */
  async revoke(actor: Actor, id: string): Promise<boolean> {
    requireRole(actor, 'admin')
    if (!isId(id)) return false
    const { workspaceId } = actor
    return this.options.database.write(workspaceId, async (manager) => {
      const [rows] = (await manager.query(
        'delete from invitation where workspace_id = $1 and id = $2 returning email, role',
        [workspaceId, id],
      )) as [{ email: string | null; role: Role }[], number]
      const row = rows[0]
      if (!row) return false
      const target = { targetType: 'invitation', targetId: id, targetName: row.email }
      await recordAudit(manager, actor, new Date(this.now), [
        { action: 'invitation.revoke', ...target, before: { ...row } },
      ])
      return true
    })
  }

  private get now(): string {
    return new Date(this.options.clock.now()).toISOString()
  }

  private store(actor: Actor, given: NewInvitation, secret: string): Promise<Invitation> {
    const { workspaceId } = actor
    const nowMs = this.options.clock.now()
    const expiresAt = new Date(nowMs + (given.expiresInHours ?? DEFAULT_HOURS) * HOUR_MS)
    const email = given.email?.trim() || null
    const { role } = given
    const [id, createdAt] = [newId(nowMs), new Date(nowMs)]
    return this.options.database.write(workspaceId, async (manager) => {
      await manager.query('delete from invitation where workspace_id = $1 and expires_at <= $2', [
        workspaceId,
        this.now,
      ])
      // One at a time: many at once must not get past the limit together.
      await manager.query('select from workspace where id = $1 for update', [workspaceId])
      if ((await manager.countBy(InvitationEntity, { workspaceId })) >= MOST) throw tooMany()
      // A token invites in the name of who made it: what they lose, its invitations lose.
      const invitedBy = await personBehind(manager, actor)
      const secretHash = hashSecret(secret)
      const row = { workspaceId, id, secretHash, email, role, invitedBy, createdAt, expiresAt }
      await manager.insert(InvitationEntity, row)
      const target = { targetType: 'invitation', targetId: id, targetName: email }
      await recordAudit(manager, actor, createdAt, [
        { action: 'member.invite', ...target, after: { email, role } },
      ])
      const name = actor.kind === 'user' ? (actor.name ?? null) : null
      return { id, email, role, createdAt, expiresAt, invitedBy: name }
    })
  }

  private async send(actor: Actor, invitation: Invitation, link: string): Promise<boolean> {
    const { mailer, database, log } = this.options
    if (!invitation.email || !mailer.isConfigured) return false
    try {
      const [workspace] = (await database.worker.query('select name from workspace where id = $1', [
        actor.workspaceId,
      ])) as { name: string }[]
      const hours = (invitation.expiresAt.getTime() - invitation.createdAt.getTime()) / HOUR_MS
      const letter = invitationLetter({
        ...{ workspaceName: workspace?.name ?? '', inviterName: invitation.invitedBy, link },
        ...{ role: invitation.role, days: Math.max(1, Math.round(hours / 24)) },
      })
      await mailer.send({ to: invitation.email, ...letter })
      return true
    } catch (error) {
      log.warn({ err: error }, 'An invitation was not sent')
      return false
    }
  }
}

function problemsOf({ email, expiresInHours: hours }: NewInvitation): FieldProblem[] {
  const isHeld = hours === null || hours === undefined || (hours >= 1 && hours <= MOST_HOURS)
  const message = `An invitation holds from 1 to ${MOST_HOURS} hours.`
  return [
    ...(email ? emailProblems(email) : []),
    ...(isHeld ? [] : [{ path: ['expiresInHours'], code: 'LIMIT' as const, message }]),
  ]
}

function tooMany(): AppError {
  const message = `A workspace has at most ${MOST} open invitations. Take some back first.`
  return AppError.invalid([{ path: [], code: 'LIMIT', message }])
}
