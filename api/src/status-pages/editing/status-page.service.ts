import type { EntityManager } from 'typeorm'
import { hashPassword, recordAudit } from '../../accounts/index.ts'
import type { Database } from '../../db/index.ts'
import {
  appendEvents,
  type CommittedEvents,
  type EventHub,
  type EventKind,
} from '../../events/index.ts'
import { type ComponentStatus, ComponentEntity } from '../../components/index.ts'
import type { Actor } from '../../lib/actor.ts'
import { AppError, type FieldProblem } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { isId, newId } from '../../lib/ids.ts'
import { requireRole } from '../../lib/permissions.ts'
import { claimKey } from '../../monitors/index.ts'
import { isPublicId, newPublicId } from '../page-ids.ts'
import { StatusPageEntity } from '../status-page.entity.ts'
import { createdPage, deletedPage, updatedPage } from './page-audit.ts'
import { draftPage, NEW_PAGE, type PageDraft, type PageWish } from './page-draft.ts'
import { readStructure, type Rows, writeStructure } from './page-structure.ts'
import type { SectionWish } from './section-draft.ts'

export interface NewStatusPage extends PageWish {
  slug: string
  title: string
  idempotencyKey?: string | null
}

export interface StatusPageEdit extends PageWish {
  id: string
  expectedVersion?: number | null
}

/** What a page is to consist of, from what it does. */
export type Reshape = (rows: Rows, manager: EntityManager) => Promise<SectionWish[] | null>

const NOTHING: Rows = { sections: [], components: [], monitors: [] }
type PageEvent = Extract<EventKind, `page.${string}`>

const MOST_PAGES = 100
const LONGEST_KEY = 200

/** Makes, changes and deletes status pages. A change, its audit entry and its event are one transaction. */
export class StatusPageService {
  constructor(private readonly options: { database: Database; hub: EventHub; clock: Clock }) {}

  /** Answers the id; of a repeated idempotency key that of the first call. Throws INVALID, LIMIT, CONFLICT as problems. */
  async create(actor: Actor, { idempotencyKey: key, ...wish }: NewStatusPage): Promise<string> {
    requireRole(actor, 'editor')
    checkKey(key)
    const draft = draftPage(wish, { ...NEW_PAGE, hasPassword: false })
    const passwordHash = draft.password === undefined ? null : await hashPassword(draft.password)
    const { workspaceId } = actor
    const nowMs = this.options.clock.now()
    const [id, now] = [newId(nowMs), new Date(nowMs)]
    return this.write(actor, async (manager) => {
      if (key) {
        // Not even a hash of the password is kept beside the key.
        const input = { ...wish, password: Boolean(wish.password) }
        const call = { operation: 'createStatusPage', key, input, objectId: id, nowMs }
        const earlier = await claimKey(manager, { workspaceId, ...call })
        if (earlier) return { id: earlier, commits: [] }
      }
      await this.checkRoom(manager, workspaceId)
      await manager.insert(StatusPageEntity, {
        ...{ workspaceId, id, publicId: newPublicId(), ...draft.columns, ...logoColumns(draft) },
        ...{ passwordHash, passwordVersion: 0, version: 1, createdAt: now, updatedAt: now },
      })
      const place = { workspaceId, pageId: id, now }
      const rows = await writeStructure(manager, place, draft.sections ?? [], NOTHING)
      await recordAudit(manager, actor, now, [createdPage(id, draft, rows)])
      return { id, commits: await this.log(manager, workspaceId, 'page.created', [id], now) }
    })
  }

  /** Changes what is given. Throws NOT_FOUND for an unknown id; CONFLICT when `expectedVersion` is not the present one. */
  async update(actor: Actor, { id, expectedVersion, ...wish }: StatusPageEdit): Promise<string> {
    requireRole(actor, 'editor')
    return this.write(actor, (manager) =>
      this.change(manager, actor, id, (before) => {
        if (typeof expectedVersion === 'number' && expectedVersion !== before.version)
          throw outdated(before.version)
        return wish
      }),
    )
  }

  /** Changes the structure of a page from what it is; null: nothing is to be done. Throws NOT_FOUND, INVALID. */
  async reshape(actor: Actor, pageId: string, reshape: Reshape): Promise<string> {
    requireRole(actor, 'editor')
    return this.write(actor, (manager) =>
      this.change(manager, actor, pageId, async (_before, rows) => {
        const sections = await reshape(rows, manager)
        return sections && { sections }
      }),
    )
  }

  private async change(
    manager: EntityManager,
    actor: Actor,
    id: string,
    wishOf: (before: StatusPageEntity, rows: Rows) => PageWish | null | Promise<PageWish | null>,
  ): Promise<{ id: string; commits: CommittedEvents[] }> {
    const { workspaceId } = actor
    const now = new Date(this.options.clock.now())
    const place = { workspaceId, pageId: id, now }
    const before = await this.lock(manager, workspaceId, id)
    const rows = await readStructure(manager, place)
    const wish = await wishOf(before, rows)
    if (!wish) return { id, commits: [] }
    const draft = draftPage(wish, { ...before, hasPassword: before.passwordHash !== null })
    await manager.update(
      StatusPageEntity,
      { workspaceId, id },
      {
        ...{ ...draft.columns, ...logoColumns(draft), ...(await passwordColumns(draft, before)) },
        ...{ version: before.version + 1, updatedAt: now },
      },
    )
    const { sections } = draft
    const after = sections ? await writeStructure(manager, place, sections, rows) : rows
    await recordAudit(manager, actor, now, updatedPage(before, draft, { before: rows, after }))
    return { id, commits: await this.log(manager, workspaceId, 'page.updated', [id], now) }
  }

  /** Answers which of these pages were there. */
  async delete(actor: Actor, ids: readonly string[]): Promise<Set<string>> {
    requireRole(actor, 'editor')
    if (ids.length > MOST_PAGES)
      throw AppError.invalid([
        { path: ['ids'], code: 'LIMIT', message: `At most ${MOST_PAGES} pages at once.` },
      ])
    const known = [...new Set(ids)].filter(isId)
    if (!known.length) return new Set()
    const { workspaceId } = actor
    const now = new Date(this.options.clock.now())
    const { database, hub } = this.options
    const { found, commits } = await database.write(workspaceId, async (manager) => {
      const [rows] = (await manager.query(
        'delete from status_page where workspace_id = $1 and id = any($2::uuid[]) returning id, title',
        [workspaceId, known],
      )) as [{ id: string; title: string }[], number]
      await recordAudit(manager, actor, now, rows.map(deletedPage))
      const gone = rows.map((row) => row.id)
      const commits = gone.length
        ? await this.log(manager, workspaceId, 'page.deleted', gone, now)
        : []
      return { found: new Set(gone), commits }
    })
    hub.committed(commits)
    return found
  }

  /** Sets the state of a component by hand; null: what its monitors say. Answers the id of its page. */
  async setComponentStatus(
    actor: Actor,
    id: string,
    status: ComponentStatus | null,
  ): Promise<string> {
    requireRole(actor, 'editor')
    const { workspaceId } = actor
    const now = new Date(this.options.clock.now())
    return this.write(actor, async (manager) => {
      const found = isPublicId(id)
        ? await manager.findOneBy(ComponentEntity, { workspaceId, id })
        : null
      if (!found) throw new AppError('NOT_FOUND', 'There is no such component.')
      const page = await this.lock(manager, workspaceId, found.pageId)
      const changes = { manualStatus: status, updatedAt: now }
      await manager.update(ComponentEntity, { workspaceId, id }, changes)
      await manager.update(
        StatusPageEntity,
        { workspaceId, id: page.id },
        { version: page.version + 1, updatedAt: now },
      )
      const target = { targetType: 'component', targetId: id, targetName: found.name }
      const [before, after] = [{ manualStatus: found.manualStatus }, { manualStatus: status }]
      await recordAudit(manager, actor, now, [
        { action: 'component.status', ...target, before, after },
      ])
      return {
        id: page.id,
        commits: await this.log(manager, workspaceId, 'page.updated', [page.id], now),
      }
    })
  }

  private async write(
    actor: Actor,
    run: (manager: EntityManager) => Promise<{ id: string; commits: CommittedEvents[] }>,
  ): Promise<string> {
    const { database, hub } = this.options
    const { id, commits } = await database.write(actor.workspaceId, run).catch(nameConflict)
    hub.committed(commits)
    return id
  }

  private async lock(
    manager: EntityManager,
    workspaceId: string,
    id: string,
  ): Promise<StatusPageEntity> {
    const page = isId(id)
      ? await manager.findOne(StatusPageEntity, {
          where: { workspaceId, id },
          lock: { mode: 'pessimistic_write' },
        })
      : null
    if (!page) throw new AppError('NOT_FOUND', 'There is no such status page.')
    return page
  }

  private async checkRoom(manager: EntityManager, workspaceId: string): Promise<void> {
    // One at a time: many at once must not get past the limit together.
    await manager.query('select from workspace where id = $1 for update', [workspaceId])
    if ((await manager.countBy(StatusPageEntity, { workspaceId })) < MOST_PAGES) return
    const message = `A workspace has at most ${MOST_PAGES} status pages.`
    throw AppError.invalid([{ path: [], code: 'LIMIT', message }])
  }

  private log(
    manager: EntityManager,
    workspaceId: string,
    kind: PageEvent,
    pageIds: readonly string[],
    at: Date,
  ): Promise<CommittedEvents[]> {
    const events = pageIds.map((pageId) => ({ kind, at, body: { pageId } }))
    return appendEvents(manager, [{ workspaceId, events }])
  }
}

function logoColumns({ logo }: PageDraft): Partial<Pick<StatusPageEntity, 'logo' | 'logoType'>> {
  if (logo === undefined) return {}
  return { logo: logo?.bytes ?? null, logoType: logo?.type ?? null }
}

async function passwordColumns(
  { password }: PageDraft,
  { passwordVersion }: StatusPageEntity,
): Promise<Partial<Pick<StatusPageEntity, 'passwordHash' | 'passwordVersion'>>> {
  if (password === undefined) return {}
  return { passwordHash: await hashPassword(password), passwordVersion: passwordVersion + 1 }
}

/** Throws INVALID. */
export function checkKey(key: string | null | undefined): void {
  if (key === undefined || key === null) return
  if (key && key.length <= LONGEST_KEY && !/[\0\p{Cs}]/u.test(key)) return
  const message = `An idempotency key has from 1 to ${LONGEST_KEY} characters.`
  throw AppError.invalid([{ path: ['idempotencyKey'], code: 'INVALID', message }])
}

function outdated(version: number): AppError {
  const message = `Somebody else has changed it meanwhile: its version is ${version} now.`
  const problems: FieldProblem[] = [{ path: ['expectedVersion'], code: 'CONFLICT', message }]
  return new AppError('CONFLICT', message, { problems })
}

const TAKEN: Record<string, FieldProblem> = {
  ux_status_page_slug: {
    ...{ path: ['slug'], code: 'CONFLICT' },
    message: 'Another page has this address already.',
  },
  ux_status_page_domain: {
    ...{ path: ['domain'], code: 'CONFLICT' },
    message: 'Another page has this domain already.',
  },
}

function nameConflict(error: unknown): never {
  const { driverError } = error as { driverError?: { constraint?: string } }
  const problem = TAKEN[driverError?.constraint ?? '']
  throw problem ? AppError.invalid([problem]) : error
}
