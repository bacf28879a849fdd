import type { EntityManager } from 'typeorm'
import { ComponentEntity } from '../../components/index.ts'
import type { Database } from '../../db/index.ts'
import type { Actor } from '../../lib/actor.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { newId } from '../../lib/ids.ts'
import { requireRole } from '../../lib/permissions.ts'
import { claimKey } from '../../monitors/index.ts'
import { isPublicId, newPublicId, publicIdFrom } from '../page-ids.ts'
import type { Rows } from './page-structure.ts'
import { type ComponentWish, componentProblems, type SectionWish } from './section-draft.ts'
import { checkKey, type StatusPageService } from './status-page.service.ts'

export interface NewComponent extends ComponentWish {
  pageId: string
  /** Absent: the last section of the page. */
  sectionId?: string | null
  idempotencyKey?: string | null
}

export interface ComponentEdit extends Omit<ComponentWish, 'name'> {
  id: string
  name?: string | null
  sectionId?: string | null
}

const MOST_IDS = 200

/** Components one by one, for programs; a person edits the whole page. Every change is a change of the page. */
export class ComponentService {
  constructor(
    private readonly options: { database: Database; pages: StatusPageService; clock: Clock },
  ) {}

  /** Answers the id; of a repeated idempotency key that of the first call. Throws NOT_FOUND for an unknown page. */
  async create(actor: Actor, given: NewComponent): Promise<string> {
    requireRole(actor, 'editor')
    const { pageId, sectionId, idempotencyKey: key, ...wish } = given
    checkKey(key)
    refuse(wish)
    const { workspaceId } = actor
    const freshId = key ? publicIdFrom(`${workspaceId} ${key}`) : newPublicId()
    await this.options.pages.reshape(actor, pageId, async (rows, manager) => {
      if (key && (await this.isRepeated(manager, actor, key, { pageId, sectionId, ...wish })))
        return null
      const sections = wishesOf(rows)
      sectionIn(sections, sectionId).components.push({ ...wish, id: null, freshId })
      return sections
    })
    return freshId
  }

  /** Throws NOT_FOUND for an unknown component. */
  async update(actor: Actor, { id, sectionId, name, ...wish }: ComponentEdit): Promise<string> {
    requireRole(actor, 'editor')
    const { pageId } = await this.find(actor, id)
    await this.options.pages.reshape(actor, pageId, async (rows) => {
      const sections = wishesOf(rows)
      const home = sections.find(({ components }) => components.some((one) => one.id === id))
      // Somebody else may have removed it since.
      if (!home) throw unknown()
      const at = home.components.findIndex((one) => one.id === id)
      const changed = { ...wish, id, name: name ?? home.components[at]!.name }
      refuse(changed)
      if (!sectionId || sectionId === home.id) home.components[at] = changed
      else {
        home.components.splice(at, 1)
        sectionIn(sections, sectionId).components.push(changed)
      }
      return sections
    })
    return id
  }

  /** Answers which of these were there. */
  async delete(actor: Actor, ids: readonly string[]): Promise<Set<string>> {
    requireRole(actor, 'editor')
    if (ids.length > MOST_IDS)
      throw AppError.invalid([
        { path: ['ids'], code: 'LIMIT', message: `At most ${MOST_IDS} components at once.` },
      ])
    const found = await this.findAll(actor, ids)
    const gone = new Set(found.map(({ id }) => id))
    for (const pageId of new Set(found.map((one) => one.pageId)))
      await this.options.pages.reshape(actor, pageId, async (rows) =>
        wishesOf(rows).map((section) => ({
          ...section,
          components: section.components.filter(({ id }) => !gone.has(id!)),
        })),
      )
    return gone
  }

  private async find(actor: Actor, id: string): Promise<ComponentEntity> {
    const [found] = await this.findAll(actor, [id])
    if (!found) throw unknown()
    return found
  }

  private async findAll(actor: Actor, ids: readonly string[]): Promise<ComponentEntity[]> {
    const wanted = [...new Set(ids)].filter(isPublicId)
    if (!wanted.length) return []
    const { workspaceId } = actor
    return this.options.database.write(workspaceId, (manager) =>
      manager
        .createQueryBuilder(ComponentEntity, 'c')
        .where('c.workspaceId = :workspaceId and c.id in (:...wanted)', { workspaceId, wanted })
        .getMany(),
    )
  }

  private async isRepeated(
    manager: EntityManager,
    { workspaceId }: Actor,
    key: string,
    input: object,
  ): Promise<boolean> {
    const nowMs = this.options.clock.now()
    // What it made follows from the key: the id that is kept with it stands for nothing.
    const call = { operation: 'createComponent', key, input, objectId: newId(nowMs), nowMs }
    return (await claimKey(manager, { workspaceId, ...call })) !== null
  }
}

/** The structure as it is, as a wish. */
function wishesOf({ sections, components }: Rows): (SectionWish & { id: string })[] {
  return sections.map(({ id, name, isCollapsed }) => ({
    ...{ id, name, isCollapsed },
    components: components
      .filter(({ sectionId }) => sectionId === id)
      .map((component) => ({ id: component.id, name: component.name })),
  }))
}

function sectionIn(sections: SectionWish[], id: string | null | undefined): SectionWish {
  if (!id && !sections.length) sections.push({ name: '', components: [] })
  const section = id ? sections.find((one) => one.id === id) : sections.at(-1)
  if (section) return section
  const message = 'This page has no such section.'
  throw AppError.invalid([{ path: ['sectionId'], code: 'NOT_FOUND', message }])
}

function refuse(wish: ComponentWish): void {
  const problems = componentProblems(wish)
  if (problems.length) throw AppError.invalid(problems)
}

function unknown(): AppError {
  return new AppError('NOT_FOUND', 'There is no such component.')
}
