import { createHash, timingSafeEqual } from 'node:crypto'
import type { QueryRunner } from 'typeorm'
import type { Database } from '../../db/index.ts'
import { AppError, type FieldProblem } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { recordAudit } from '../audit/audit-log.ts'
import { Membership } from '../workspaces/membership.entity.ts'
import { slugOf } from '../workspaces/slug.ts'
import { Workspace } from '../workspace.entity.ts'
import { hashPassword, passwordProblems } from './password.ts'
import { emailProblems, nameProblems, type People } from './people.ts'
import type { User } from './user.entity.ts'

export interface SetUp {
  name: string
  email: string
  password: string
  workspaceName: string
  setUpToken?: string | null | undefined
}

/** The first person and the first workspace; once. */
export class SetUpService {
  private isDone = false

  constructor(
    private readonly options: {
      database: Database
      people: People
      clock: Clock
      /** What a set-up from another machine must know; undefined when nobody else reaches the server. */
      setUpToken: string | undefined
    },
  ) {}

  get needsToken(): boolean {
    return this.options.setUpToken !== undefined
  }

  /** Whether nobody has set this server up yet. */
  async isNeeded(): Promise<boolean> {
    if (this.isDone) return false
    const rows = (await this.options.database.worker.query('select from instance')) as object[]
    this.isDone = rows.length > 0
    return !this.isDone
  }

  /** Throws NOT_FOUND once it was done, by whomever; INVALID with all problems of the input. */
  async setUp(given: SetUp, ipAddress: string): Promise<User> {
    if (!(await this.isNeeded())) throw done()
    const problems = this.problemsOf(given)
    if (problems.length) throw AppError.invalid(problems)
    const user = await this.options.database.work((runner) => this.make(runner, given, ipAddress))
    this.isDone = true
    return user
  }

  private problemsOf(given: SetUp): FieldProblem[] {
    return [
      ...nameProblems(given.name),
      ...emailProblems(given.email),
      ...passwordProblems(given.password, given),
      ...nameProblems(given.workspaceName, ['workspaceName']),
      ...this.tokenProblems(given.setUpToken),
    ]
  }

  private tokenProblems(given: string | null | undefined): FieldProblem[] {
    const { setUpToken } = this.options
    if (setUpToken === undefined || (given && isSame(given.trim(), setUpToken))) return []
    const message = 'Give the set-up token that the start of the server has printed.'
    return [{ path: ['setUpToken'], code: given ? 'INVALID' : 'REQUIRED', message }]
  }

  /** Of many at once the first to write its row goes on; the others wait here, and are told that it is done. */
  private async make(runner: QueryRunner, given: SetUp, ipAddress: string): Promise<User> {
    const now = new Date(this.options.clock.now())
    const claimed = (await runner.query(
      'insert into instance (id, set_up_at) values (1, $1) on conflict do nothing returning id',
      [now.toISOString()],
    )) as object[]
    if (!claimed.length) throw done()
    const passwordHash = await hashPassword(given.password)
    const { name, email } = given
    const person = { name, email, passwordHash, isEmailVerified: true }
    const user = await this.options.people.create(runner, person)
    const workspaceId = await this.takeFirstWorkspace(runner, given.workspaceName.trim())
    const role = 'owner' as const
    await runner.manager.insert(Membership, { workspaceId, userId: user.id, role, createdAt: now })
    const actor = {
      kind: 'user',
      id: user.id,
      name: user.name,
      workspaceId,
      role,
      ipAddress,
    } as const
    const after = { name: given.workspaceName.trim() }
    const target = { targetType: 'workspace', targetId: workspaceId, targetName: after.name }
    await recordAudit(runner, actor, now, [{ action: 'workspace.create', ...target, after }])
    return user
  }

  /** The workspace of the first start gets its name, and keeps what was made in it. */
  private async takeFirstWorkspace(runner: QueryRunner, name: string): Promise<string> {
    const first = await runner.manager.findOneOrFail(Workspace, {
      where: {},
      order: { createdAt: 'ASC', id: 'ASC' },
    })
    await runner.manager.update(Workspace, { id: first.id }, { name, slug: slugOf(name) })
    return first.id
  }
}

function done(): AppError {
  return new AppError(
    'NOT_FOUND',
    'This server is set up already. Sign in, or ask its owner to invite you.',
  )
}

function isSame(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
