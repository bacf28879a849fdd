import 'reflect-metadata'
import { describe, expect, it } from 'vitest'
import { at, doorComponent, doorPage, PLACE } from '../../../test/door-pages.ts'
import { ComponentStatus } from '../../components/index.ts'
import { STATUSPAGE_DOCUMENTS } from './statuspage.ts'

interface Document {
  page: unknown
  status: unknown
  components: { id: string; status: string; updated_at: string }[]
}

const read = (path: string, page = doorPage()): Document =>
  JSON.parse(JSON.stringify(STATUSPAGE_DOCUMENTS[path]!(page, PLACE))) as Document

const HEAD = {
  ...{ id: 'p4g3p4g3p4g3', name: 'Acme', url: PLACE.home, time_zone: 'Europe/Berlin' },
  updated_at: '2026-03-29T00:30:00.000Z',
}
const OF_COMPONENT = {
  ...{ status: 'operational', showcase: false, start_date: null, only_show_if_degraded: false },
  ...{ page_id: HEAD.id, created_at: '2026-03-28T00:30:00.000Z' },
  updated_at: '2026-03-29T00:30:00.000Z',
}

describe('Statuspage’s documents', () => {
  it('are these eight, each with the page', () => {
    expect(Object.keys(STATUSPAGE_DOCUMENTS).toSorted()).toEqual([
      ...['components.json', 'incidents.json', 'incidents/unresolved.json'],
      ...['scheduled-maintenances.json', 'scheduled-maintenances/active.json'],
      ...['scheduled-maintenances/upcoming.json', 'status.json', 'summary.json'],
    ])
    for (const path of Object.keys(STATUSPAGE_DOCUMENTS)) expect(read(path).page).toEqual(HEAD)
  })

  it('list components field by field, a section with a heading as their group', () => {
    const { components } = read('components.json')
    const groupId = components[1]!.id
    expect(groupId).toMatch(/^[a-z0-9]{12}$/)
    expect(components).toEqual([
      {
        ...OF_COMPONENT,
        ...{ id: 'abcdefghij01', name: 'API', position: 1, description: null },
        ...{ group_id: null, group: false },
      },
      {
        ...OF_COMPONENT,
        ...{ id: groupId, name: 'Shops', position: 2, description: null, group_id: null },
        ...{ group: true, components: ['abcdefghij02'] },
      },
      {
        ...OF_COMPONENT,
        ...{ id: 'abcdefghij02', name: 'Till', position: 1, description: 'Where you pay' },
        ...{ group_id: groupId, group: false },
      },
    ])
    expect(read('summary.json').components).toEqual(components)
  })

  it('hold no incidents and no maintenance yet', () => {
    expect(read('incidents.json')).toEqual({ page: HEAD, incidents: [] })
    expect(read('scheduled-maintenances/upcoming.json')).toEqual({
      ...{ page: HEAD, scheduled_maintenances: [] },
    })
    expect(Object.keys(read('summary.json')).toSorted()).toEqual([
      ...['components', 'incidents', 'page', 'scheduled_maintenances', 'status'],
    ])
  })

  it.each([
    ['OPERATIONAL', 'operational', 'none', 'All Systems Operational'],
    ['DEGRADED', 'degraded_performance', 'minor', 'Minor Service Outage'],
    ['PARTIAL_OUTAGE', 'partial_outage', 'major', 'Partial System Outage'],
    ['MAJOR_OUTAGE', 'major_outage', 'critical', 'Major Service Outage'],
    ['MAINTENANCE', 'under_maintenance', 'maintenance', 'Service Under Maintenance'],
    ['UNKNOWN', 'operational', 'none', 'Status Unknown'],
  ] as const)('say %s as %s, %s and “%s”', (status, word, indicator, description) => {
    const components = [doorComponent({ status })]
    const page = doorPage({ status, sections: [{ id: 's', name: 'S', components }] })
    expect(read('status.json', page).status).toEqual({ indicator, description })
    const words = read('components.json', page).components.map((one) => one.status)
    expect(words).toEqual([word, word])
  })

  it('leave out sections without components', () => {
    const page = doorPage({ sections: [{ id: 's', name: 'Empty', components: [] }] })
    expect(read('components.json', page).components).toEqual([])
  })

  it('never say that something changed before the page was there', () => {
    const components = [doorComponent({ since: at(-9_999) })]
    const page = doorPage({ sections: [{ id: 's', name: '', components }] })
    const [component] = read('components.json', page).components
    expect(component!.updated_at).toBe(OF_COMPONENT.created_at)
    expect(Object.keys(ComponentStatus)).toHaveLength(6)
  })
})
