import { buildSchema, execute, type DocumentNode } from 'graphql'
import { readFileSync } from 'node:fs'
import type { ComponentStatus, PublicComponent, PublicPage } from '../page.ts'

/** A component that is well, unless said otherwise. */
export function sampleComponent(more: Partial<PublicComponent> = {}): PublicComponent {
  return {
    ...{ id: 'api000000000', name: 'API', description: '', status: 'OPERATIONAL' },
    ...{ since: '2026-11-01T08:00:00.000Z', uptime: 0.99987, latency: null },
    days: { from: '2026-08-26', marks: `${'u'.repeat(87)}xdm`, downSeconds: downOn(87, 750) },
    ...more,
  }
}

function downOn(day: number, seconds: number): number[] {
  return Array.from({ length: 90 }, (_, index) => (index === day ? seconds : 0))
}

export function samplePage(more: Partial<PublicPage> = {}): PublicPage {
  const status: ComponentStatus = 'OPERATIONAL'
  return {
    ...{ slug: 'acme', title: 'Acme', descriptionHtml: '<p>How we do</p>', logoUrl: null },
    ...{ accentColor: '#6d28d9', theme: 'SYSTEM', timeZone: 'Europe/Berlin', locale: null },
    ...{ visibility: 'PUBLIC', status, updatedAt: '2026-11-01T08:00:00.000Z', liveCursor: 'c1' },
    sections: [{ id: 's1', name: 'Core', isCollapsed: false, components: [sampleComponent()] }],
    outages: [
      {
        ...{ id: 'o1', componentName: 'API', status: 'MAJOR_OUTAGE' },
        ...{ startedAt: '2026-10-31T23:30:00.000Z', endedAt: '2026-10-31T23:45:10.000Z' },
      },
    ],
    ...more,
  }
}

const NAMES: Readonly<Record<string, string>> = {
  ...{ sections: 'PublicSection', components: 'PublicComponent', days: 'PackedDays' },
  ...{ latency: 'LatencySeries', points: 'LatencyPoint', outages: 'PublicOutage' },
}

/** With the type names that a server answers. */
export function withTypeNames(page: PublicPage): PublicPage {
  return named({ ...page }, 'PublicStatusPage') as unknown as PublicPage
}

function named(given: object, name: string): object {
  const entries = Object.entries(given).map(([key, value]: [string, unknown]) => [
    key,
    namedValue(key, value),
  ])
  return { __typename: name, ...(Object.fromEntries(entries) as object) }
}

function namedValue(key: string, value: unknown): unknown {
  const name = NAMES[key]
  if (!name || value === null) return value
  return Array.isArray(value)
    ? value.map((one: object) => named(one, name))
    : named(value as object, name)
}

export const READ_AT = Date.UTC(2026, 10, 23, 12)

const schema = buildSchema(readFileSync('../schema.graphql', 'utf8'))

/** A server whose only page this is: the contract judges what is asked and what is answered. */
export const serverOf =
  (page: PublicPage, document: DocumentNode) =>
  async (variableValues: { slug: string; access?: string | null }) => {
    const rootValue = { publicStatusPage: () => page }
    const { data, errors } = await execute({ schema, document, rootValue, variableValues })
    if (errors) throw errors[0]!
    return { data }
  }
