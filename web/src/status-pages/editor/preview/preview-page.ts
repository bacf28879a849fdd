import type { MonitorStatus } from '../../../generated/operations.ts'
import type { PublicComponent, PublicDays, PublicPage } from '../../public/page.ts'
import { componentsOf, type ComponentDraft, type PageDraft } from '../model/draft.ts'
import { stateOf, stateOfPage } from './draft-states.ts'

const DAYS = 90
const DAY_MS = 86_400_000

export interface PreviewFacts {
  monitors: readonly { id: string; status: MonitorStatus }[]
  /** The page as visitors see it now; null for a new one. */
  saved: PublicPage | null
  descriptionHtml: string
  logoUrl: string | null
  /** What stands in place of names that are not written yet. */
  untitled: { page: string; component: string }
  /** The day of the page's calendar, `YYYY-MM-DD`. */
  today: string
}

/** The page as visitors would see it if the draft were saved. */
export function previewPage(draft: PageDraft, facts: PreviewFacts): PublicPage {
  const { saved, descriptionHtml, logoUrl, today } = facts
  const known = new Map(
    saved?.sections.flatMap(({ components }) => components.map((one) => [one.id, one])),
  )
  const toPublic = (component: ComponentDraft) =>
    publicComponent(component, known.get(component.id ?? ''), facts)
  const states = componentsOf(draft).map((one) => stateOf(one, facts.monitors))
  const { slug, accentColor, theme, timeZone, visibility } = draft
  return {
    ...{ slug, accentColor, theme, timeZone, visibility, descriptionHtml, logoUrl },
    ...{ title: draft.title.trim() || facts.untitled.page, locale: draft.locale || null },
    ...{ status: stateOfPage(states), updatedAt: beginOf(today), liveCursor: '' },
    sections: draft.sections.map(({ key, name, isCollapsed, components }) => ({
      ...{ id: key, name: name.trim(), isCollapsed },
      components: components.map(toPublic),
    })),
    outages: saved?.outages ?? [],
  }
}

function publicComponent(
  draft: ComponentDraft,
  known: PublicComponent | undefined,
  { monitors, today, untitled }: PreviewFacts,
): PublicComponent {
  const { showBars, showUptime, showChart } = draft
  const figures = known ?? { since: beginOf(today), days: null, uptime: null, latency: null }
  return {
    ...{
      id: draft.key,
      name: draft.name.trim() || untitled.component,
      description: draft.description.trim(),
    },
    ...{ status: stateOf(draft, monitors), since: figures.since },
    days: showBars ? (figures.days ?? unknownDays(today)) : null,
    uptime: showUptime ? figures.uptime : null,
    latency: showChart ? figures.latency : null,
  }
}

/** A moment that stays, so that nothing is drawn anew every second. */
const beginOf = (day: string): string => `${day}T00:00:00.000Z`

/** Ninety days of which nothing is known yet. */
function unknownDays(today: string): PublicDays {
  const from = new Date(Date.parse(beginOf(today)) - (DAYS - 1) * DAY_MS)
  return {
    from: from.toISOString().slice(0, 10),
    marks: '-'.repeat(DAYS),
    downSeconds: Array.from({ length: DAYS }, () => 0),
  }
}

/** Whether the preview lacks what only a saved page has. */
export function lacksFigures(draft: PageDraft, saved: PublicPage | null): boolean {
  const known = new Map(
    saved?.sections.flatMap(({ components }) => components.map((one) => [one.id, one])),
  )
  return componentsOf(draft).some(({ id, showBars, showUptime, showChart }) => {
    const one = known.get(id ?? '')
    if (!one) return showBars || showUptime || showChart
    return (showBars && !one.days) || (showChart && !one.latency)
  })
}
