import type { QueryRunner } from 'typeorm'
import type { Database } from '../../db/index.ts'
import type { Actor, Role } from '../../lib/actor.ts'
import { AppError, type FieldProblem } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { includesRole, requirePerson } from '../../lib/permissions.ts'
import { recordAudit } from '../audit/audit-log.ts'
import { announceChanges, type Revocations } from '../authentication/revocations.ts'
import { hashSecret, isSecret } from '../authentication/secrets.ts'
import { hashPassword, passwordProblems } from '../users/password.ts'
import { emailKeyOf, emailProblems, nameProblems, type People } from '../users/people.ts'
import { User } from '../users/user.entity.ts'
import type { InvitationPreview } from './invitation.objects.ts'
import { Membership } from './membership.entity.ts'

const MOST_WORKSPACES = 50

export interface Acceptance {
  token: string
  name?: string | null | undefined
  email?: string | null | undefined
  password?: string | null | undefined
}

/** Who has joined what. */
export interface Joined {
  user: User
  workspaceId: string
  role: Role
}

interface Found extends InvitationPreview {
  id: string
  workspaceId: string
}

/** Void when who invited has gone, or may no longer give that role. */
const FIND = `
select i.id, i.workspace_id as "workspaceId", i.email, i.role, i.expires_at as "expiresAt",
       w.name as "workspaceName", u.name as "invitedBy", m.role as "inviterRole",
       i.invited_by is null as "isByToken"
  from invitation i join workspace w on w.id = i.workspace_id
  left join membership m on m.workspace_id = i.workspace_id and m.user_id = i.invited_by and m.suspended_at is null
  left join app_user u on u.id = m.user_id and u.suspended_at is null
 where i.secret_hash = $1 and i.expires_at > $2`

/** What can be done with an invitation link. */
export class InvitationAcceptance {
  constructor(
    private readonly options: {
      database: Database
      people: People
      revocations: Revocations
      clock: Clock
    },
  ) {}

  /** Null when the link is unknown, used, taken back, expired or void. */
  async preview(token: string): Promise<InvitationPreview | null> {
    return this.find(this.options.database.worker, token)
  }

  /**
   * Joins, as the person who is signed in or as a new one. Of many who come with one link, one joins. Throws INVALID
   * with all problems; the link then still holds.
   */
  async accept(actor: Actor, given: Acceptance): Promise<Joined> {
    const { database, revocations } = this.options
    const found = await this.find(database.worker, given.token)
    if (!found) throw badLink()
    const isNew = actor.kind === 'anonymous'
    const email = given.email?.trim() || found.email || ''
    const problems = isNew ? newPersonProblems(given, email, found) : []
    if (problems.length) throw AppError.invalid(problems)
    const passwordHash = isNew ? await hashPassword(given.password ?? '') : null
    const joined = await database.work(async (runner) => {
      // Hashing took its time: who invited may have gone meanwhile.
      if (!(await this.find(runner, given.token))) throw badLink()
      await this.consume(runner, found)
      const person = { name: given.name ?? '', email, passwordHash, isEmailVerified: false }
      const user = isNew
        ? await this.options.people.create(runner, person)
        : await this.person(runner, actor, found)
      await this.join(runner, user, found, actor)
      return { user, workspaceId: found.workspaceId, role: found.role }
    })
    revocations.committed([{ userId: joined.user.id, workspaceId: found.workspaceId }])
    return joined
  }

  private get now(): string {
    return new Date(this.options.clock.now()).toISOString()
  }

  private async find(
    runner: { query(sql: string, values: unknown[]): Promise<unknown> },
    token: string,
  ): Promise<Found | null> {
    if (!isSecret(token)) return null
    const rows = (await runner.query(FIND, [hashSecret(token), this.now])) as (Found & {
      inviterRole: Role | null
      isByToken: boolean
    })[]
    const row = rows[0]
    if (!row) return null
    const { inviterRole, isByToken, ...found } = row
    return isByToken || (found.invitedBy && includesRole(inviterRole, found.role)) ? found : null
  }

  private async consume(runner: QueryRunner, { id, workspaceId }: Found): Promise<void> {
    const [, count] = (await runner.query(
      'delete from invitation where workspace_id = $1 and id = $2 and expires_at > $3',
      [workspaceId, id, this.now],
    )) as [unknown, number]
    if (!count) throw badLink()
  }

  private async person(runner: QueryRunner, actor: Actor, found: Found): Promise<User> {
    const { userId } = requirePerson(actor)
    // Locks the person: the number of their workspaces is counted below.
    await runner.query('select from app_user where id = $1 for update', [userId])
    const user = await runner.manager.findOneByOrFail(User, { id: userId })
    if (found.email && emailKeyOf(found.email) !== user.emailKey)
      throw problem(`This invitation is for ${found.email}. Sign in as that person.`, 'CONFLICT')
    if ((await runner.manager.countBy(Membership, { userId })) >= MOST_WORKSPACES)
      throw problem(`You are a member of ${MOST_WORKSPACES} workspaces already.`, 'LIMIT')
    return user
  }

  private async join(
    runner: QueryRunner,
    user: User,
    { workspaceId, role }: Found,
    actor: Actor,
  ): Promise<void> {
    const at = new Date(this.options.clock.now())
    const made = (await runner.query(
      `insert into membership (workspace_id, user_id, role, created_at) values ($1, $2, $3, $4)
       on conflict do nothing returning user_id`,
      [workspaceId, user.id, role, at.toISOString()],
    )) as object[]
    if (!made.length) throw problem('You are a member of this workspace already.', 'CONFLICT')
    const { ipAddress } = actor
    const from = ipAddress === undefined ? {} : { ipAddress }
    const self = { kind: 'user', id: user.id, name: user.name, workspaceId, role, ...from } as const
    const target = { targetType: 'member', targetId: user.id, targetName: user.name }
    await recordAudit(runner, self, at, [{ action: 'member.join', ...target, after: { role } }])
    await announceChanges(runner, [{ userId: user.id, workspaceId }])
  }
}

function newPersonProblems(given: Acceptance, email: string, found: Found): FieldProblem[] {
  const name = given.name ?? ''
  const isInvited = !found.email || emailKeyOf(found.email) === emailKeyOf(email)
  const message = `This invitation is for ${found.email}.`
  return [
    ...nameProblems(name),
    ...(isInvited
      ? emailProblems(email)
      : [{ path: ['email'], code: 'INVALID' as const, message }]),
    ...passwordProblems(given.password ?? '', { email, name }),
  ]
}

function badLink(): AppError {
  return problem('This invitation does not hold any more. Ask for a new one.', 'NOT_FOUND', [
    'token',
  ])
}

function problem(message: string, code: FieldProblem['code'], path: string[] = []): AppError {
  return AppError.invalid([{ path, code, message }])
}
