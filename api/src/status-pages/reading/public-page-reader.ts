import type { EntityManager } from 'typeorm'
import {
  type ComponentEntity,
  type ComponentStatus,
  componentTimeline,
  type ComponentStretch,
  lastSince,
  type MonitorTimeline,
  outagesOf,
  pageStatus,
  summariseDays,
  uptimeOf,
} from '../../components/index.ts'
import { type Database, type LogHead, RequestScope } from '../../db/index.ts'
import { type LatencySeries, readSeries, readSpansSince, type Span } from '../../history/index.ts'
import { systemActor } from '../../lib/actor.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { type LocalDay, lastLocalDays } from '../../lib/local-days.ts'
import { markdownAsText, renderMarkdown } from '../../lib/markdown.ts'
import { coveredUntil, MonitorState } from '../../monitors/index.ts'
import { readStructure } from '../editing/page-structure.ts'
import { logoUrlOf } from '../logo-url.ts'
import type {
  PackedDays,
  PublicComponent,
  PublicOutage,
  PublicSection,
  PublicStatusPage,
} from '../public-page.objects.ts'
import { StatusPageEntity } from '../status-page.entity.ts'
import type { PageAccess, PagePlace, PageVisitor } from './page-access.ts'
import type { PageViews } from './page-views.ts'

const DAYS = 90
const DAY_MS = 86_400_000
type Structure = Awaited<ReturnType<typeof readStructure>>

/** A page with what a live view of it needs, and nobody is told. */
export interface ReadPage extends PublicStatusPage {
  head: LogHead
  /** Of the last 90 days, the newest first. */
  recentOutages: PublicOutage[]
  monitorIds: string[]
}

export interface PublicPageReaderOptions {
  database: Database
  access: PageAccess
  views: Pick<PageViews, 'wasRead'>
  clock: Pick<Clock, 'now'>
}

/** Reads pages as visitors see them: who may see what is decided here, for every door. */
export class PublicPageReader {
  constructor(private readonly options: PublicPageReaderOptions) {}

  /** Throws NOT_FOUND or UNAUTHENTICATED as `PageAccess.admit` does. */
  async bySlug(slug: string, visitor: PageVisitor): Promise<ReadPage> {
    const { access } = this.options
    return this.read(await access.admit(await access.find(slug), visitor))
  }

  /** The page of a domain; null when no page has it. Throws as `bySlug` does. */
  async byDomain(domain: string, visitor: PageVisitor): Promise<ReadPage | null> {
    const { access } = this.options
    const place = await access.findByDomain(domain)
    return place && this.read(await access.admit(place, visitor))
  }

  /** The bytes of a page's logo; null: none. Throws as `bySlug` does. */
  async logo(slug: string, visitor: PageVisitor): Promise<{ type: string; bytes: Buffer } | null> {
    const { access, database } = this.options
    const { workspaceId, pageId } = await access.admit(await access.find(slug), visitor)
    const scope = new RequestScope(database, systemActor(workspaceId))
    try {
      const manager = await scope.manager()
      const page = await manager.findOneBy(StatusPageEntity, { workspaceId, id: pageId })
      return page?.logo && page.logoType ? { type: page.logoType, bytes: page.logo } : null
    } finally {
      await scope.close()
    }
  }

  /** The slugs of all public pages of the server. */
  async publicSlugs(): Promise<{ slug: string; domain: string | null; updatedAt: Date }[]> {
    return (await this.options.database.worker.query(
      `select slug, domain, updated_at as "updatedAt" from status_page
        where visibility = 'public' order by slug limit 10000`,
    )) as { slug: string; domain: string | null; updatedAt: Date }[]
  }

  /** Outages that touch [from, to), the newest first. */
  async outages(
    page: ReadPage,
    {
      from,
      to,
      limit,
    }: { from?: Date | null | undefined; to?: Date | null | undefined; limit: number },
  ): Promise<PublicOutage[]> {
    const now = this.options.clock.now()
    const isRecent = !from || from.getTime() >= now - DAYS * DAY_MS
    const all = isRecent ? page.recentOutages : await this.longAgo(page, from.getTime(), now)
    const [since, until] = [from?.getTime() ?? -Infinity, to?.getTime() ?? Infinity]
    const inside = all.filter(
      ({ startedAt, endedAt }) =>
        startedAt.getTime() < until && (endedAt?.getTime() ?? Infinity) > since,
    )
    return inside.slice(0, limit)
  }

  private async longAgo(page: ReadPage, fromMs: number, now: number): Promise<PublicOutage[]> {
    const { workspaceId, pageId } = page
    const scope = new RequestScope(this.options.database, systemActor(workspaceId))
    try {
      const manager = await scope.manager()
      const structure = await readStructure(manager, { workspaceId, pageId })
      const known = await readTimelines(manager, workspaceId, structure, fromMs, now)
      return outages(structure, timelines(structure, known, fromMs, now), now)
    } finally {
      await scope.close()
    }
  }

  private async read({ workspaceId, pageId }: PagePlace): Promise<ReadPage> {
    const { database, views, clock } = this.options
    const scope = new RequestScope(database, systemActor(workspaceId))
    try {
      const manager = await scope.manager()
      const page = await manager.findOneBy(StatusPageEntity, { workspaceId, id: pageId })
      // It was there a moment ago.
      if (!page) throw new AppError('NOT_FOUND', 'There is no such status page.')
      const read = await assemble(manager, page, await scope.head(), clock.now())
      views.wasRead(read)
      return read
    } finally {
      await scope.close()
    }
  }
}

async function assemble(
  manager: EntityManager,
  page: StatusPageEntity,
  head: LogHead,
  now: number,
): Promise<ReadPage> {
  const { workspaceId, id: pageId } = page
  const structure = await readStructure(manager, { workspaceId, pageId })
  const days = lastLocalDays(page.timeZone, now, DAYS)
  const fromMs = days[0]!.fromMs
  const known = await readTimelines(manager, workspaceId, structure, fromMs, now)
  const lines = timelines(structure, known, fromMs, now)
  const series = await readCharts(manager, workspaceId, structure, known, now)
  const components = new Map(
    structure.components.map((row) => [
      row.id,
      publicComponent(row, {
        days,
        now,
        stretches: lines.get(row.id)!,
        series: series.get(row.id),
      }),
    ]),
  )
  const all = [...components.values()]
  return {
    ...{ workspaceId, pageId, head, monitorIds: [...known.keys()] },
    ...pageFields(page),
    status: pageStatus(all.map(({ status }) => status)),
    updatedAt: new Date(
      Math.max(page.updatedAt.getTime(), ...all.map(({ since }) => since.getTime())),
    ),
    sections: sectionsOf(structure, components),
    recentOutages: outages(structure, lines, now),
  }
}

function sectionsOf(
  structure: Structure,
  components: ReadonlyMap<string, PublicComponent>,
): PublicSection[] {
  return structure.sections.map(({ id, name, isCollapsed }) => ({
    ...{ id, name, isCollapsed },
    components: structure.components
      .filter(({ sectionId }) => sectionId === id)
      .map((row) => components.get(row.id)!),
  }))
}

function pageFields(page: StatusPageEntity) {
  const { publicId, slug, title, accentColor, theme, timeZone, locale, visibility, domain } = page
  return {
    ...{ publicId, slug, title, accentColor, theme, timeZone, locale, visibility, domain },
    descriptionText: markdownAsText(page.description),
    descriptionHtml: renderMarkdown(page.description),
    logoUrl: logoUrlOf(page),
    createdAt: page.createdAt,
  }
}

/** What is known of each monitor that speaks for a component and is not deleted. */
async function readTimelines(
  manager: EntityManager,
  workspaceId: string,
  { monitors }: Structure,
  fromMs: number,
  now: number,
): Promise<Map<string, MonitorTimeline>> {
  const ids = [...new Set(monitors.map(({ monitorId }) => monitorId))]
  if (!ids.length) return new Map()
  const states = await manager
    .createQueryBuilder(MonitorState, 's')
    .innerJoin('s.monitor', 'm', 'm.deletedAt is null')
    .where('s.workspaceId = :workspaceId and s.monitorId in (:...ids)', { workspaceId, ids })
    .select(['s.workspaceId', 's.monitorId', 's.machine'])
    .getMany()
  const since = states.map(({ monitorId }) => ({ monitorId, fromMs }))
  const spans = await readSpansSince(manager, workspaceId, since)
  return new Map(
    states.map(({ monitorId, machine }) => [
      monitorId,
      {
        spans: spans.get(monitorId) ?? ([] as Span[]),
        coveredUntil: coveredUntil(machine, now) ?? undefined,
      },
    ]),
  )
}

function timelines(
  { components, monitors }: Structure,
  known: ReadonlyMap<string, MonitorTimeline>,
  fromMs: number,
  now: number,
): Map<string, ComponentStretch[]> {
  return new Map(
    components.map(({ id }) => {
      const own = monitors.filter(({ componentId }) => componentId === id)
      const found = own.flatMap(({ monitorId }) => known.get(monitorId) ?? [])
      // All its monitors were deleted: nobody speaks for it any more, and that is not good news.
      const orphaned = own.length > 0 && !found.length ? [nothingKnown(fromMs, now)] : undefined
      // What lasts since before the window began then: an outage keeps its beginning, and its id.
      const begin = Math.min(fromMs, ...found.flatMap(({ spans: [first] }) => first?.fromMs ?? []))
      return [id, orphaned ?? componentTimeline(found, begin, now)]
    }),
  )
}

const nothingKnown = (fromMs: number, toMs: number): ComponentStretch => ({
  ...{ fromMs, toMs, status: 'UNKNOWN', downShare: 0, isKnown: false },
})

async function readCharts(
  manager: EntityManager,
  workspaceId: string,
  { components, monitors }: Structure,
  known: ReadonlyMap<string, MonitorTimeline>,
  now: number,
): Promise<Map<string, LatencySeries>> {
  const wanted = components
    .filter(({ showChart }) => showChart)
    .flatMap(({ id }) => {
      const first = monitors.find((row) => row.componentId === id && known.has(row.monitorId))
      return first ? [{ id, monitorId: first.monitorId }] : []
    })
  if (!wanted.length) return new Map()
  const coverages = wanted.map(({ monitorId }) => {
    const until = known.get(monitorId)?.coveredUntil
    return { monitorId, ...(until === undefined ? {} : { coveredUntil: until }) }
  })
  const series = await readSeries(manager, workspaceId, coverages, 'DAY', now)
  return new Map(wanted.map(({ id }, n) => [id, series[n]!]))
}

interface ComponentFacts {
  days: readonly LocalDay[]
  now: number
  stretches: readonly ComponentStretch[]
  series: LatencySeries | undefined
}

function publicComponent(
  row: ComponentEntity,
  { days, now, stretches, series }: ComponentFacts,
): PublicComponent {
  const { id, name, description, manualStatus } = row
  const said: ComponentStatus = stretches.at(-1)?.status ?? 'OPERATIONAL'
  const changed = manualStatus ? undefined : lastSince(stretches)
  return {
    ...{ id, name, description, status: manualStatus ?? said },
    since: new Date(changed ?? (manualStatus ? row.updatedAt : row.createdAt)),
    days: row.showBars ? packDays(stretches, days, now) : null,
    uptime: row.showUptime ? rounded(uptimeOf(stretches, days[0]!.fromMs)) : null,
    latency: series ?? null,
  }
}

function packDays(
  stretches: readonly ComponentStretch[],
  days: readonly LocalDay[],
  now: number,
): PackedDays {
  const summaries = summariseDays(stretches, days, now)
  return {
    from: days[0]!.date,
    marks: summaries.map(({ mark }) => mark).join(''),
    downSeconds: summaries.map(({ downMs }) => Math.round(downMs / 1000)),
    uptimes: summaries.map(({ uptime }) => rounded(uptime)),
  }
}

/** Six digits, and never more than it was: 99.99999 % is not 100 %. */
const rounded = (share: number | null): number | null =>
  share === null ? null : Math.floor(share * 1e6 + 1e-4) / 1e6

function outages(
  { components }: Structure,
  lines: ReadonlyMap<string, readonly ComponentStretch[]>,
  now: number,
): PublicOutage[] {
  return components
    .flatMap(({ id, name }) =>
      outagesOf(lines.get(id) ?? [], now).map(({ startMs, endMs, status }) => ({
        ...{ id: `${id}-${startMs.toString(36)}`, componentId: id, componentName: name, status },
        startedAt: new Date(startMs),
        endedAt: endMs === null ? null : new Date(endMs),
      })),
    )
    .toSorted((a, b) => b.startedAt.getTime() - a.startedAt.getTime())
}
