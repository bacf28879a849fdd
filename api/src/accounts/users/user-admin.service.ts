import type { QueryRunner } from 'typeorm'
import type { Database } from '../../db/index.ts'
import { type Role, systemActor } from '../../lib/actor.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { recordAudit } from '../audit/audit-log.ts'
import { announceChanges, type Revocations } from '../authentication/revocations.ts'
import { ensureDefaultWorkspace } from '../default-workspace.ts'
import type { SessionService } from '../sessions/session.service.ts'
import { Membership } from '../workspaces/membership.entity.ts'
import { Workspace } from '../workspace.entity.ts'
import { emailProblems, nameProblems, type People } from './people.ts'
import { User } from './user.entity.ts'

export interface ListedUser {
  email: string
  name: string
  isSuspended: boolean
  hasPassword: boolean
  hasTotp: boolean
  /** Such as owner of shop. */
  memberships: { slug: string; role: Role; isSuspended: boolean }[]
  lastSeenAt: Date | null
}

export interface NewUser {
  email: string
  name: string
  role: Role
  /** Slug or id; absent: the only one there is. */
  workspace?: string | undefined
}

const LIST = `
select u.email, u.name, u.suspended_at is not null as "isSuspended", u.password_hash is not null as "hasPassword",
       u.totp_confirmed_at is not null as "hasTotp",
       (select max(s.last_seen_at) from session s where s.user_id = u.id) as "lastSeenAt",
       (select coalesce(json_agg(json_build_object('slug', w.slug, 'role', m.role,
                 'isSuspended', m.suspended_at is not null) order by w.slug), '[]')
          from membership m join workspace w on w.id = m.workspace_id where m.user_id = u.id) as memberships
  from app_user u order by u.email_key`
const LEFT_ALONE = `
select w.slug from membership m join workspace w on w.id = m.workspace_id
 where m.user_id = $1 and m.role = 'owner' and not exists (
   select from membership o join app_user u on u.id = o.user_id
    where o.workspace_id = m.workspace_id and o.role = 'owner' and o.user_id <> $1
      and o.suspended_at is null and u.suspended_at is null)
 order by w.slug`

/** What the one who runs the server does to people, across workspaces. Asks for no permission: it needs the machine. */
export class UserAdmin {
  constructor(
    private readonly options: {
      database: Database
      people: People
      sessions: Pick<SessionService, 'endIn'>
      revocations: Pick<Revocations, 'committed'>
      clock: Clock
    },
  ) {}

  async list(): Promise<ListedUser[]> {
    return (await this.options.database.worker.query(LIST)) as ListedUser[]
  }

  /** Throws NOT_FOUND. */
  async find(email: string): Promise<User> {
    const user = await this.options.people.findByEmail(email)
    if (!user) throw new AppError('NOT_FOUND', `There is nobody with the e-mail ${email}.`)
    return user
  }

  /** Shuts somebody out everywhere; answers the workspaces that are left without an owner. */
  async suspend(user: User): Promise<string[]> {
    await this.turn(user, new Date(this.options.clock.now()))
    const left = (await this.options.database.worker.query(LEFT_ALONE, [user.id])) as {
      slug: string
    }[]
    return left.map(({ slug }) => slug)
  }

  /** Lets somebody in again. */
  reinstate(user: User): Promise<void> {
    return this.turn(user, null)
  }

  /** Makes a person who has no password yet. Throws INVALID, and NOT_FOUND for an unknown workspace. */
  async create(given: NewUser): Promise<User> {
    const { database, people, clock } = this.options
    const problems = [...emailProblems(given.email), ...nameProblems(given.name)]
    if (problems.length) throw AppError.invalid(problems)
    await ensureDefaultWorkspace(database, clock)
    return database.work(async (runner) => {
      const { id: workspaceId } = await findWorkspace(runner, given.workspace)
      const { email, name, role } = given
      // Whoever runs the server vouches for the address.
      const person = { email, name, passwordHash: null, isEmailVerified: true }
      const user = await people.create(runner, person)
      const now = new Date(clock.now())
      const member = { workspaceId, userId: user.id, role }
      await runner.manager.insert(Membership, { ...member, suspendedAt: null, createdAt: now })
      await recordAudit(runner, systemActor(workspaceId), now, [
        { action: 'member.add', ...targetOf(user), after: { role } },
      ])
      // A server that has an owner is set up: nobody else may become one by the page of the first start.
      if (role === 'owner')
        await runner.query(
          'insert into instance (id, set_up_at) values (1, $1) on conflict do nothing',
          [now.toISOString()],
        )
      return user
    })
  }

  private async turn(user: User, suspendedAt: Date | null): Promise<void> {
    const { database, sessions, revocations, clock } = this.options
    const told = [{ userId: user.id }]
    const ended = await database.work(async (runner) => {
      const now = new Date(clock.now())
      await runner.manager.update(User, { id: user.id }, { suspendedAt, updatedAt: now })
      await announceChanges(runner, told)
      const memberships = await runner.manager.findBy(Membership, { userId: user.id })
      const action = suspendedAt ? 'user.suspend' : 'user.reinstate'
      for (const { workspaceId } of memberships)
        await recordAudit(runner, systemActor(workspaceId), now, [{ action, ...targetOf(user) }])
      return suspendedAt ? sessions.endIn(runner, user.id) : []
    })
    revocations.committed([...told, ...ended])
  }
}

function targetOf({ id, name }: User): {
  targetType: string
  targetId: string
  targetName: string
} {
  return { targetType: 'user', targetId: id, targetName: name }
}

async function findWorkspace(runner: QueryRunner, wanted: string | undefined): Promise<Workspace> {
  const all = await runner.manager.find(Workspace, { order: { createdAt: 'ASC', id: 'ASC' } })
  const fitting = all.filter(({ id, slug }) => !wanted || slug === wanted || id === wanted)
  if (fitting.length === 1) return fitting[0]!
  const slugs = all.map(({ slug }) => slug).join(', ')
  const why = wanted ? `There is no workspace ${wanted}.` : 'There are several workspaces.'
  throw new AppError('NOT_FOUND', `${why} Name one of these with --workspace: ${slugs}`)
}
