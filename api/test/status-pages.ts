import type { Database } from '../src/db/index.ts'
import { generateHistory } from '../src/history/index.ts'
import { newId } from '../src/lib/ids.ts'
import { newPublicId, type PageVisibility } from '../src/status-pages/index.ts'
import { insertMonitor } from './monitors.ts'

export interface TestPage {
  workspaceId: string
  pageId: string
  slug: string
  sectionId: string
  /** Of its first component. */
  componentId: string
  componentIds: string[]
}

interface Wishes {
  visibility?: PageVisibility
  title?: string
  /** Stands in its description, its section and its components. */
  text?: string
  slug?: string
  timeZone?: string
  passwordHash?: string | null
  domain?: string | null
  showChart?: boolean
  /** One component for each; none: one that nobody speaks for. */
  monitorIds?: readonly string[]
}

/** Puts a page into the tables as they are, without the service: one section, a component for each monitor. */
export async function insertStatusPage(
  database: Database,
  workspaceId: string,
  wishes: Wishes = {},
): Promise<TestPage> {
  const { visibility = 'public', title = 'Test', text = '', monitorIds = [] } = wishes
  const { slug = `page-${newPublicId()}`, timeZone = 'UTC', passwordHash = null } = wishes
  const [pageId, sectionId] = [newId(), newId()]
  const componentIds = (monitorIds.length ? monitorIds : ['']).map(() => newPublicId())
  await database.work(async (runner) => {
    await runner.query(
      `insert into status_page (workspace_id, id, public_id, slug, title, description, accent_color, theme,
         visibility, password_hash, domain, time_zone, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, '#2563eb', 'system', $7, $8, $9, $10, now(), now())`,
      [
        ...[workspaceId, pageId, newPublicId(), slug, title, text, visibility, passwordHash],
        ...[wishes.domain ?? null, timeZone],
      ],
    )
    await runner.query(
      `insert into status_page_section (workspace_id, id, page_id, position, name) values ($1, $2, $3, 0, $4)`,
      [workspaceId, sectionId, pageId, text],
    )
    await runner.query(
      `insert into component (workspace_id, id, page_id, section_id, position, name, description, show_chart,
         created_at, updated_at)
       select $1, c.id, $3, $4, c.n, $5 || ' ' || c.n, $5, $6, now(), now()
         from unnest($2::text[]) with ordinality as c (id, n)`,
      [workspaceId, componentIds, pageId, sectionId, text || 'Part', wishes.showChart ?? false],
    )
    await runner.query(
      `insert into component_monitor (workspace_id, component_id, monitor_id, position)
       select $1, unnest($2::text[]), unnest($3::uuid[]), 0`,
      [workspaceId, componentIds.slice(0, monitorIds.length), monitorIds],
    )
  })
  const componentId = componentIds[0]!
  return { workspaceId, pageId, slug, sectionId, componentId, componentIds }
}

/** A page whose components have a past: `monitors` of them, 90 days with rollups. Partitions of today must exist. */
export async function pageWithHistory(
  database: Database,
  workspaceId: string,
  {
    monitors = 100,
    days = 91,
    now = Date.now(),
    ...wishes
  }: Wishes & {
    monitors?: number
    days?: number
    now?: number
  } = {},
): Promise<TestPage & { monitorIds: string[] }> {
  const made = await Promise.all(
    Array.from({ length: monitors }, () =>
      insertMonitor(database, workspaceId, { createdAt: new Date(now) }),
    ),
  )
  const monitorIds = made.map(({ monitorId }) => monitorId)
  // Their own history would begin now: all of it is invented instead.
  await database.worker.query(
    'delete from state_span where workspace_id = $1 and monitor_id = any($2::uuid[])',
    [workspaceId, monitorIds],
  )
  const past = monitorIds.map((monitorId) => ({ monitorId, intervalSeconds: 300 }))
  await generateHistory(database, { workspaceId, monitors: past, days, now, seed: 1 })
  return {
    ...(await insertStatusPage(database, workspaceId, { ...wishes, monitorIds })),
    monitorIds,
  }
}
