import type { EntityManager } from 'typeorm'
import { ComponentEntity, ComponentMonitor } from '../../components/index.ts'
import { AppError, type FieldProblem } from '../../lib/app-error.ts'
import { isId, newId } from '../../lib/ids.ts'
import { newPublicId } from '../page-ids.ts'
import { StatusPageSectionEntity } from '../status-page-section.entity.ts'
import type { ComponentWish, SectionWish } from './section-draft.ts'

export interface Place {
  workspaceId: string
  pageId: string
  now: Date
}

/** The structure of a page as it is stored. */
export interface Rows {
  sections: StatusPageSectionEntity[]
  components: ComponentEntity[]
  monitors: ComponentMonitor[]
}

/** The sections, components and monitors of a page as they are stored. */
export async function readStructure(
  manager: EntityManager,
  { workspaceId, pageId }: Pick<Place, 'workspaceId' | 'pageId'>,
): Promise<Rows> {
  const where = { workspaceId, pageId }
  const sections = await manager.find(StatusPageSectionEntity, {
    where,
    order: { position: 'ASC' },
  })
  const components = await manager.find(ComponentEntity, { where, order: { position: 'ASC' } })
  const monitors = (await manager.query(
    `select m.workspace_id as "workspaceId", m.component_id as "componentId", m.monitor_id as "monitorId", m.position
       from component_monitor m
       join component c on c.workspace_id = m.workspace_id and c.id = m.component_id
      where c.workspace_id = $1 and c.page_id = $2 order by m.position`,
    [workspaceId, pageId],
  )) as ComponentMonitor[]
  return { sections, components, monitors }
}

/**
 * Makes the structure of a page what is wished: ids keep what they name, everything else is new, what is not named
 * goes. Answers what is stored now. Throws INVALID for ids that are not the page's, or monitors that are not the
 * workspace's.
 */
export async function writeStructure(
  manager: EntityManager,
  place: Place,
  wishes: readonly SectionWish[],
  stored: Rows,
): Promise<Rows> {
  const problems = [
    ...strangers(wishes, stored),
    ...(await unknownMonitors(manager, place.workspaceId, wishes)),
  ]
  if (problems.length) throw AppError.invalid(problems)
  const next = wishedRows(place, wishes, stored)
  await removeOthers(manager, place, stored, next)
  const keys = ['workspaceId', 'id']
  if (next.sections.length) await manager.upsert(StatusPageSectionEntity, next.sections, keys)
  if (next.components.length) await manager.upsert(ComponentEntity, next.components, keys)
  if (next.monitors.length) await manager.insert(ComponentMonitor, next.monitors)
  return next
}

function strangers(wishes: readonly SectionWish[], { sections, components }: Rows): FieldProblem[] {
  const known = new Set([...sections, ...components].map(({ id }) => id))
  const problems: FieldProblem[] = []
  const look = (id: string | null | undefined, path: string[], what: string): void => {
    if (id && !known.has(id))
      problems.push({ path, code: 'NOT_FOUND', message: `This page has no such ${what}.` })
  }
  wishes.forEach((section, n) => {
    look(section.id, ['sections', `${n}`, 'id'], 'section')
    section.components.forEach((component, m) =>
      look(component.id, ['sections', `${n}`, 'components', `${m}`, 'id'], 'component'),
    )
  })
  return problems
}

/** Monitors that do not exist here; another workspace's look the same. */
async function unknownMonitors(
  manager: EntityManager,
  workspaceId: string,
  wishes: readonly SectionWish[],
): Promise<FieldProblem[]> {
  const wanted = wishes.flatMap(({ components }) => components.flatMap((c) => c.monitorIds ?? []))
  const known = await knownMonitors(manager, workspaceId, wanted)
  return wishes.flatMap((section, n) =>
    section.components.flatMap((component, m) =>
      monitorProblems(component, known, ['sections', `${n}`, 'components', `${m}`]),
    ),
  )
}

function monitorProblems(
  { monitorIds }: ComponentWish,
  known: ReadonlySet<string>,
  path: string[],
): FieldProblem[] {
  return (monitorIds ?? []).flatMap((id, k) =>
    known.has(id)
      ? []
      : [
          {
            path: [...path, 'monitorIds', `${k}`],
            code: 'NOT_FOUND' as const,
            message: 'There is no such monitor.',
          },
        ],
  )
}

async function knownMonitors(
  manager: EntityManager,
  workspaceId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const valid = [...new Set(ids)].filter(isId)
  if (!valid.length) return new Set()
  const rows = (await manager.query(
    'select id from monitor where workspace_id = $1 and id = any($2::uuid[]) and deleted_at is null',
    [workspaceId, valid],
  )) as { id: string }[]
  return new Set(rows.map(({ id }) => id))
}

function wishedRows(place: Place, wishes: readonly SectionWish[], stored: Rows): Rows {
  const { workspaceId, pageId } = place
  const rows: Rows = { sections: [], components: [], monitors: [] }
  let position = 0
  wishes.forEach((wish, n) => {
    const id = wish.id ?? newId(place.now.getTime())
    const { name, isCollapsed } = wish
    rows.sections.push({
      ...{ workspaceId, pageId, id, position: n },
      ...{ name: name?.trim() ?? '', isCollapsed: isCollapsed ?? false },
    })
    for (const component of wish.components) {
      const before = stored.components.find((row) => row.id === component.id)
      const row = componentRow(place, id, position++, component, before)
      rows.components.push(row)
      rows.monitors.push(...monitorRows(row, component, stored.monitors))
    }
  })
  return rows
}

const NEW_COMPONENT: Pick<
  ComponentEntity,
  'description' | 'manualStatus' | 'showBars' | 'showChart' | 'showUptime'
> = { description: '', manualStatus: null, showBars: true, showChart: false, showUptime: true }

function componentRow(
  { workspaceId, pageId, now }: Place,
  sectionId: string,
  position: number,
  wish: ComponentWish,
  stored: ComponentEntity | undefined,
): ComponentEntity {
  const before = stored ?? NEW_COMPONENT
  const manualStatus = wish.manualStatus === undefined ? before.manualStatus : wish.manualStatus
  const text = wish.description === undefined ? before.description : wish.description
  const isAsSet = stored?.manualStatus === manualStatus
  return {
    ...{ workspaceId, pageId, sectionId, position, manualStatus },
    id: stored?.id ?? wish.freshId ?? newPublicId(),
    name: wish.name.trim(),
    description: (text ?? '').trim(),
    ...shownOf(wish, before),
    ...momentsOf(now, stored, isAsSet),
  }
}

/** `updatedAt`: since when a state holds that was set by hand. */
function momentsOf(
  now: Date,
  stored: ComponentEntity | undefined,
  isAsSet: boolean,
): Pick<ComponentEntity, 'createdAt' | 'updatedAt'> {
  const { createdAt = now, updatedAt = now } = stored ?? {}
  return { createdAt, updatedAt: isAsSet ? updatedAt : now }
}

type Shown = Pick<ComponentEntity, 'showBars' | 'showChart' | 'showUptime'>

function shownOf({ showBars, showChart, showUptime }: ComponentWish, before: Shown): Shown {
  return {
    showBars: showBars ?? before.showBars,
    showChart: showChart ?? before.showChart,
    showUptime: showUptime ?? before.showUptime,
  }
}

function monitorRows(
  { workspaceId, id: componentId }: ComponentEntity,
  { monitorIds }: ComponentWish,
  stored: readonly ComponentMonitor[],
): ComponentMonitor[] {
  const kept = stored.filter((row) => row.componentId === componentId).map((row) => row.monitorId)
  return [...new Set(monitorIds ?? kept)].map((monitorId, position) => ({
    ...{ workspaceId, componentId, monitorId, position },
  }))
}

async function removeOthers(
  manager: EntityManager,
  { workspaceId, pageId }: Place,
  stored: Rows,
  next: Rows,
): Promise<void> {
  // What they say is written anew below; a moved component must not go with its old section.
  await manager.query(
    `delete from component_monitor m using component c
      where c.workspace_id = $1 and c.page_id = $2 and m.workspace_id = c.workspace_id and m.component_id = c.id`,
    [workspaceId, pageId],
  )
  const gone = (all: readonly { id: string }[], kept: readonly { id: string }[]): string[] => {
    const ids = new Set(kept.map(({ id }) => id))
    return all.map(({ id }) => id).filter((id) => !ids.has(id))
  }
  const components = gone(stored.components, next.components)
  if (components.length)
    await manager.query('delete from component where workspace_id = $1 and id = any($2::text[])', [
      workspaceId,
      components,
    ])
  const sections = gone(stored.sections, next.sections)
  if (!sections.length) return
  await moveAway(manager, workspaceId, stored, next, sections)
  await manager.query(
    'delete from status_page_section where workspace_id = $1 and id = any($2::uuid[])',
    [workspaceId, sections],
  )
}

/** Components that stay leave a section before it goes. */
async function moveAway(
  manager: EntityManager,
  workspaceId: string,
  stored: Rows,
  next: Rows,
  sections: readonly string[],
): Promise<void> {
  const leaving = new Set(
    stored.components.filter((row) => sections.includes(row.sectionId)).map(({ id }) => id),
  )
  const moved = next.components.filter((row) => leaving.has(row.id))
  if (!moved.length) return
  const targets = new Set(moved.map((row) => row.sectionId))
  const needed = next.sections.filter((row) => targets.has(row.id))
  await manager.upsert(StatusPageSectionEntity, needed, ['workspaceId', 'id'])
  await manager.query(
    `update component c set section_id = v.section_id
       from unnest($2::text[], $3::uuid[]) as v (id, section_id)
      where c.workspace_id = $1 and c.id = v.id`,
    [workspaceId, moved.map((row) => row.id), moved.map((row) => row.sectionId)],
  )
}
