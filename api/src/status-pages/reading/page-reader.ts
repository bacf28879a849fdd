import DataLoader from 'dataloader'
import { In } from 'typeorm'
import {
  ComponentEntity,
  type ComponentStatus,
  componentStatus,
  pageStatus,
} from '../../components/index.ts'
import type { ReadScope } from '../../db/read-scope.ts'
import { isId } from '../../lib/ids.ts'
import { renderMarkdown } from '../../lib/markdown.ts'
import { type MonitorStatus, monitorStatusOf } from '../../lib/status.ts'
import { Monitor, monitorLoader, monitorStateLoader } from '../../monitors/index.ts'
import { logoUrlOf } from '../logo-url.ts'
import type { StatusPage, StatusPageComponent, StatusPageSection } from '../page.objects.ts'
import { isPublicId } from '../page-ids.ts'
import { StatusPageEntity } from '../status-page.entity.ts'
import { StatusPageSectionEntity } from '../status-page-section.entity.ts'

/** A page as its editors see it. */
export function pageOf(row: StatusPageEntity): StatusPage {
  const { id, slug, title, description, accentColor, theme, visibility, domain } = row
  return {
    ...{ id, slug, title, description, accentColor, theme, visibility, domain },
    ...{ timeZone: row.timeZone, locale: row.locale, version: row.version },
    ...{ createdAt: row.createdAt, updatedAt: row.updatedAt },
    descriptionHtml: renderMarkdown(description),
    logoUrl: logoUrlOf(row),
    hasPassword: row.passwordHash !== null,
    url: `/status/${slug}`,
  }
}

/** All pages of the workspace, by title. */
export async function listPages(scope: ReadScope): Promise<StatusPage[]> {
  const manager = await scope.manager()
  const { workspaceId } = scope.actor
  const rows = await manager.find(StatusPageEntity, {
    where: { workspaceId },
    order: { title: 'ASC', id: 'ASC' },
  })
  return rows.map(pageOf)
}

/** null for an unknown page, or another workspace's. */
export async function findPage(scope: ReadScope, id: string): Promise<StatusPage | null> {
  if (!isId(id)) return null
  const manager = await scope.manager()
  const row = await manager.findOneBy(StatusPageEntity, {
    workspaceId: scope.actor.workspaceId,
    id,
  })
  return row && pageOf(row)
}

/** null for an unknown component, or another workspace's. */
export async function findComponent(
  scope: ReadScope,
  id: string,
): Promise<StatusPageComponent | null> {
  if (!isPublicId(id)) return null
  const manager = await scope.manager()
  const { workspaceId } = scope.actor
  const row = await manager.findOneBy(ComponentEntity, { workspaceId, id })
  return row && componentOf(row, await monitorIdsOf(scope, [id]))
}

/** The sections of pages by the page's id. */
export function sectionsLoader(scope: ReadScope): DataLoader<string, StatusPageSection[]> {
  return scope.loader('pageSections', () => new DataLoader((ids) => loadSections(scope, ids)))
}

async function loadSections(
  scope: ReadScope,
  pageIds: readonly string[],
): Promise<StatusPageSection[][]> {
  const manager = await scope.manager()
  const where = { workspaceId: scope.actor.workspaceId, pageId: In([...pageIds]) }
  const order = { position: 'ASC' } as const
  const sections = await manager.find(StatusPageSectionEntity, { where, order })
  const components = await manager.find(ComponentEntity, { where, order })
  const monitors = await monitorIdsOf(
    scope,
    components.map(({ id }) => id),
  )
  return pageIds.map((pageId) =>
    sections
      .filter((section) => section.pageId === pageId)
      .map(({ id, name, isCollapsed }) => ({
        ...{ id, name, isCollapsed },
        components: components
          .filter(({ sectionId }) => sectionId === id)
          .map((row) => componentOf(row, monitors)),
      })),
  )
}

/** The monitors of components in their order, those that are deleted too. */
async function monitorIdsOf(
  scope: ReadScope,
  componentIds: readonly string[],
): Promise<Map<string, string[]>> {
  const manager = await scope.manager()
  const rows = (await manager.query(
    `select c.component_id as "componentId", c.monitor_id as "monitorId"
       from component_monitor c
      where c.workspace_id = $1 and c.component_id = any($2::text[]) order by c.position`,
    [scope.actor.workspaceId, componentIds],
  )) as { componentId: string; monitorId: string }[]
  const ids = new Map<string, string[]>()
  for (const { componentId, monitorId } of rows)
    ids.set(componentId, [...(ids.get(componentId) ?? []), monitorId])
  return ids
}

function componentOf(
  { id, name, description, manualStatus, showBars, showChart, showUptime }: ComponentEntity,
  monitors: ReadonlyMap<string, string[]>,
): StatusPageComponent {
  const shown = { showBars, showChart, showUptime }
  return { id, name, description, manualStatus, ...shown, monitorIds: monitors.get(id) ?? [] }
}

export async function monitorsOf(
  scope: ReadScope,
  { monitorIds }: StatusPageComponent,
): Promise<Monitor[]> {
  const found = await monitorLoader(scope).loadMany(monitorIds)
  return found.filter((monitor): monitor is Monitor => monitor instanceof Monitor)
}

export async function statusOfComponent(
  scope: ReadScope,
  { manualStatus, monitorIds }: StatusPageComponent,
): Promise<ComponentStatus> {
  if (manualStatus) return manualStatus
  const statuses = await Promise.all(monitorIds.map((id) => statusOfMonitor(scope, id)))
  const alive = statuses.filter((status) => status !== null)
  // Nobody speaks for it any more, and that is not good news.
  return alive.length || !statuses.length ? componentStatus(null, alive) : 'UNKNOWN'
}

/** null when it is deleted. */
async function statusOfMonitor(scope: ReadScope, id: string): Promise<MonitorStatus | null> {
  const [monitor, state] = await Promise.all([
    monitorLoader(scope).load(id),
    monitorStateLoader(scope).load(id),
  ])
  return monitor && state ? monitorStatusOf(state.status) : null
}

export async function statusOfPage(scope: ReadScope, { id }: StatusPage): Promise<ComponentStatus> {
  const sections = await sectionsLoader(scope).load(id)
  const components = sections.flatMap((section) => section.components)
  return pageStatus(await Promise.all(components.map((c) => statusOfComponent(scope, c))))
}
