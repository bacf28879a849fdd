import type { QueryRunner } from 'typeorm'
import type { Database } from '../../db/index.ts'
import type { Actor } from '../../lib/actor.ts'
import { AppError, type FieldProblem } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { newId } from '../../lib/ids.ts'
import { requirePerson, requireRole } from '../../lib/permissions.ts'
import { recordAudit } from '../audit/audit-log.ts'
import { announceChanges, type Revocations } from '../authentication/revocations.ts'
import { nameProblems } from '../users/people.ts'
import { Workspace } from '../workspace.entity.ts'
import { Membership } from './membership.entity.ts'
import { isSlug, LONGEST_SLUG, slugOf } from './slug.ts'

/** How many workspaces a person may be a member of. */
const MOST = 50
const SLUGS = 'allswell workspace slugs'

export interface NewWorkspace {
  name: string
  slug?: string | null | undefined
}

export interface WorkspaceEdit {
  name?: string | null | undefined
  slug?: string | null | undefined
}

/** Makes workspaces and changes what they are called. */
export class WorkspaceService {
  constructor(
    private readonly options: { database: Database; revocations: Revocations; clock: Clock },
  ) {}

  /** Makes a workspace that the actor owns; answers its id. Throws INVALID with all problems, LIMIT above 50. */
  async create(actor: Actor, { name, slug }: NewWorkspace): Promise<string> {
    const { userId } = requirePerson(actor)
    const problems = [...nameProblems(name), ...(slug ? slugProblems(slug) : [])]
    if (problems.length) throw AppError.invalid(problems)
    const { database, revocations } = this.options
    const id = await database.work((runner) => this.insert(runner, actor, { name, slug }))
    revocations.committed([{ userId, workspaceId: id }])
    return id
  }

  /** Changes what is given in the actor's workspace. Throws INVALID with all problems. */
  async update(actor: Actor, { name, slug }: WorkspaceEdit): Promise<void> {
    requireRole(actor, 'admin')
    const problems = [...(name ? nameProblems(name) : []), ...(slug ? slugProblems(slug) : [])]
    if (name === '') problems.push(...nameProblems(''))
    if (slug === '') problems.push(...slugProblems(''))
    if (problems.length) throw AppError.invalid(problems)
    const { database, revocations, clock } = this.options
    const { workspaceId } = actor
    const told = [{ workspaceId }]
    await database
      .write(workspaceId, async (manager) => {
        const before = await manager.findOneOrFail(Workspace, {
          where: { id: workspaceId },
          lock: { mode: 'pessimistic_write' },
        })
        const changes = changesOf(before, { name: name?.trim(), slug })
        if (!changes) return
        await manager.update(Workspace, { id: workspaceId }, changes.after)
        const target = { targetType: 'workspace', targetId: workspaceId, targetName: before.name }
        const record = { action: 'workspace.update', ...target, ...changes }
        await recordAudit(manager, actor, new Date(clock.now()), [record])
        // The name for addresses stands in what other processes remember.
        await announceChanges(manager, told)
      })
      .catch(slugConflict)
    revocations.committed(told)
  }

  private async insert(runner: QueryRunner, actor: Actor, given: NewWorkspace): Promise<string> {
    const { userId } = requirePerson(actor)
    // Locks the person: many at once must not get past the limit together.
    await runner.query('select from app_user where id = $1 for update', [userId])
    if ((await runner.manager.countBy(Membership, { userId })) >= MOST) throw tooMany()
    const nowMs = this.options.clock.now()
    const [id, createdAt, name] = [newId(nowMs), new Date(nowMs), given.name.trim()]
    const slug = given.slug || (await this.freeSlug(runner, slugOf(name)))
    await runner.manager.insert(Workspace, { id, name, slug, createdAt }).catch(slugConflict)
    await runner.query('insert into event_head (workspace_id, position, epoch) values ($1, 0, 1)', [
      id,
    ])
    await runner.manager.insert(Membership, { workspaceId: id, userId, role: 'owner', createdAt })
    await recordAudit(runner, { ...actor, workspaceId: id }, createdAt, [
      { action: 'workspace.create', targetType: 'workspace', targetId: id, targetName: name },
    ])
    await announceChanges(runner, [{ userId, workspaceId: id }])
    return id
  }

  /** A name for addresses that follows from the name; with a number where somebody has it. */
  private async freeSlug(runner: QueryRunner, slug: string): Promise<string> {
    const stem = slug.slice(0, LONGEST_SLUG - 3)
    // One at a time: two of the same name must not choose the same.
    await runner.query('select pg_advisory_xact_lock(hashtext($1), hashtext($2))', [SLUGS, stem])
    const rows = (await runner.query('select slug from workspace where slug like $1', [
      `${stem}%`,
    ])) as { slug: string }[]
    const taken = new Set(rows.map((row) => row.slug))
    const ways = [slug, ...Array.from({ length: 98 }, (_, n) => `${stem}-${n + 2}`)]
    return ways.find((way) => !taken.has(way)) ?? slugOf('')
  }
}

function changesOf(
  before: Workspace,
  wishes: { name?: string | null | undefined; slug?: string | null | undefined },
): { before: Record<string, string>; after: Record<string, string> } | null {
  const names = (['name', 'slug'] as const).filter(
    (key) => wishes[key] && wishes[key] !== before[key],
  )
  if (!names.length) return null
  return {
    before: Object.fromEntries(names.map((key) => [key, before[key]])),
    after: Object.fromEntries(names.map((key) => [key, wishes[key]!])),
  }
}

function slugProblems(slug: string): FieldProblem[] {
  if (isSlug(slug)) return []
  const message = 'An address has 2 to 40 of a-z, 0-9 and -, and neither begins nor ends with -.'
  return [{ path: ['slug'], code: 'INVALID', message }]
}

function slugConflict(error: unknown): never {
  const { driverError } = error as { driverError?: { constraint?: string } }
  if (driverError?.constraint !== 'ux_workspace_slug') throw error
  const message = 'Another workspace has this address already.'
  throw AppError.invalid([{ path: ['slug'], code: 'CONFLICT', message }])
}

function tooMany(): AppError {
  const message = `A person is a member of at most ${MOST} workspaces.`
  return AppError.invalid([{ path: [], code: 'LIMIT', message }])
}
