import { createHash } from 'node:crypto'
import { type ComponentStatus, pageStatus } from '../../components/index.ts'
import type { DoorComponent, DoorPage, DoorPlace, DoorSection } from './door-page.ts'

/**
 * Our states as Statuspage knows them. It has no word for what nobody knows: such a component raises no alarm there,
 * and the description of the page says so.
 */
const COMPONENT: Readonly<Record<ComponentStatus, string>> = {
  OPERATIONAL: 'operational',
  DEGRADED: 'degraded_performance',
  PARTIAL_OUTAGE: 'partial_outage',
  MAJOR_OUTAGE: 'major_outage',
  MAINTENANCE: 'under_maintenance',
  UNKNOWN: 'operational',
}
const OVERALL: Readonly<Record<ComponentStatus, { indicator: string; description: string }>> = {
  OPERATIONAL: { indicator: 'none', description: 'All Systems Operational' },
  DEGRADED: { indicator: 'minor', description: 'Minor Service Outage' },
  PARTIAL_OUTAGE: { indicator: 'major', description: 'Partial System Outage' },
  MAJOR_OUTAGE: { indicator: 'critical', description: 'Major Service Outage' },
  MAINTENANCE: { indicator: 'maintenance', description: 'Service Under Maintenance' },
  UNKNOWN: { indicator: 'none', description: 'Status Unknown' },
}

type Answer = Record<string, unknown>

const head = (page: DoorPage, { home }: DoorPlace): Answer => ({
  page: {
    ...{ id: page.publicId, name: page.title, url: home, time_zone: page.timeZone },
    updated_at: page.updatedAt.toISOString(),
  },
})
const status = (page: DoorPage): Answer => ({ status: OVERALL[page.status] })
const components = (page: DoorPage): Answer => ({ components: componentList(page) })
/** There are none before somebody can write them down. */
const incidents: Answer = { incidents: [] }
const maintenances: Answer = { scheduled_maintenances: [] }

type Document = (page: DoorPage, place: DoorPlace) => Answer
const withHead =
  (...parts: ((page: DoorPage) => Answer)[]): Document =>
  (page, place) =>
    Object.assign(head(page, place), ...parts.map((part) => part(page)))

/** Each document of Atlassian Statuspage's public API, by its path below `api/v2/`. */
export const STATUSPAGE_DOCUMENTS: Readonly<Record<string, Document>> = {
  'summary.json': withHead(
    components,
    () => incidents,
    () => maintenances,
    status,
  ),
  'status.json': withHead(status),
  'components.json': withHead(components),
  'incidents.json': withHead(() => incidents),
  'incidents/unresolved.json': withHead(() => incidents),
  'scheduled-maintenances.json': withHead(() => maintenances),
  'scheduled-maintenances/upcoming.json': withHead(() => maintenances),
  'scheduled-maintenances/active.json': withHead(() => maintenances),
}

/** A section with a heading is a group; its components follow it. */
function componentList(page: DoorPage): Answer[] {
  let position = 0
  return page.sections.flatMap((section) => {
    if (!section.components.length) return []
    if (!section.name)
      return section.components.map((one) => componentOf(page, one, ++position, null))
    const groupId = groupIdOf(section)
    return [
      groupOf(page, section, ++position),
      ...section.components.map((one, index) => componentOf(page, one, index + 1, groupId)),
    ]
  })
}

function componentOf(
  page: DoorPage,
  { id, name, description, status: state, since }: DoorComponent,
  position: number,
  groupId: string | null,
): Answer {
  return {
    ...{ id, name, status: COMPONENT[state] },
    ...times(page, since),
    ...{ position, description: description || null, showcase: false, start_date: null },
    ...{ group_id: groupId, page_id: page.publicId, group: false, only_show_if_degraded: false },
  }
}

function groupOf(page: DoorPage, section: DoorSection, position: number): Answer {
  const states = section.components.map((one) => one.status)
  const since = Math.max(...section.components.map((one) => one.since.getTime()))
  return {
    ...{ id: groupIdOf(section), name: section.name, status: COMPONENT[pageStatus(states)] },
    ...times(page, new Date(since)),
    ...{ position, description: null, showcase: false, start_date: null, group_id: null },
    ...{ page_id: page.publicId, group: true, only_show_if_degraded: false },
    components: section.components.map(({ id }) => id),
  }
}

/** A state may be older than the page that shows it. */
function times({ createdAt }: DoorPage, since: Date): Answer {
  const updatedAt = since.getTime() > createdAt.getTime() ? since : createdAt
  return { created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString() }
}

const ID_LENGTH = 12

/** Statuspage's ids are 12 lower-case letters and digits; a section's follows from ours. */
function groupIdOf({ id }: DoorSection): string {
  const digest = createHash('sha256').update(`section ${id}`).digest('hex')
  return BigInt(`0x${digest}`).toString(36).slice(-ID_LENGTH)
}
