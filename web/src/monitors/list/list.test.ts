import { expect, test } from 'vitest'
import type { MonitorStatus } from '../../generated/operations.ts'
import { countStatuses, filterMonitors } from './list-filter.ts'
import { sortMonitors, type ListedMonitor, type Order } from './list-order.ts'

function monitor(name: string, status: MonitorStatus, more: Partial<ListedMonitor> = {}) {
  return {
    id: `id-${name}`,
    name,
    kind: 'http',
    target: `https://${name}.example`,
    status,
    statusSince: '2027-01-01T00:00:00.000Z',
    reason: null,
    isPaused: status === 'PAUSED',
    intervalSeconds: 60,
    uptime: { ratio: 1 },
    recentHeartbeats: [],
    ...more,
  } satisfies ListedMonitor
}
const sorted = (list: ListedMonitor[], order: Order, latencies: Record<string, number> = {}) =>
  sortMonitors(list, order, ({ name }) => latencies[name] ?? null).map(({ name }) => name)

test('problems come first, the youngest of each kind on top, the rest by name', () => {
  const list = [
    monitor('zeta', 'UP'),
    monitor('alpha', 'UP'),
    monitor('asleep', 'PAUSED'),
    monitor('old outage', 'DOWN', { statusSince: '2027-01-01T00:00:00.000Z' }),
    monitor('slow', 'DEGRADED'),
    monitor('new outage', 'DOWN', { statusSince: '2027-01-02T00:00:00.000Z' }),
    monitor('unsure', 'UNKNOWN'),
  ]
  expect(sorted(list, 'problems')).toEqual([
    'new outage',
    'old outage',
    'slow',
    'unsure',
    'alpha',
    'zeta',
    'asleep',
  ])
})

test('names with numbers sort as people count', () => {
  const list = ['db-10', 'db-9', 'DB-1'].map((name) => monitor(name, 'UP'))
  expect(sorted(list, 'name')).toEqual(['DB-1', 'db-9', 'db-10'])
  expect(sorted(list, 'name-desc')).toEqual(['db-10', 'db-9', 'DB-1'])
})

test('the slowest come first, without a time last', () => {
  const list = ['a', 'b', 'c'].map((name) => monitor(name, 'UP'))
  expect(sorted(list, 'response', { a: 10, c: 500 })).toEqual(['c', 'a', 'b'])
})

test('the lowest uptime comes first, without any last', () => {
  const list = [
    monitor('new', 'PENDING', { uptime: { ratio: null } }),
    monitor('good', 'UP', { uptime: { ratio: 1 } }),
    monitor('bad', 'UP', { uptime: { ratio: 0.5 } }),
  ]
  expect(sorted(list, 'uptime')).toEqual(['bad', 'good', 'new'])
})

test('every word of the filter must occur in name, address or kind', () => {
  const list = [monitor('Checkout', 'UP'), monitor('Search', 'UP', { kind: 'tcp' })]
  const fits = (text: string) =>
    filterMonitors(list, { text, statuses: [] }).map(({ name }) => name)
  expect(fits('CHECK http')).toEqual(['Checkout'])
  expect(fits('tcp')).toEqual(['Search'])
  expect(fits('example  ')).toEqual(['Checkout', 'Search'])
  expect(fits('nothing')).toEqual([])
})

test('shows chosen statuses only, and counts them worst first', () => {
  const list = [monitor('a', 'UP'), monitor('b', 'DOWN'), monitor('c', 'UP')]
  const down = filterMonitors(list, { text: '', statuses: ['DOWN'] })
  expect(down.map(({ name }) => name)).toEqual(['b'])
  expect(countStatuses(list)).toEqual([
    { status: 'DOWN', count: 1 },
    { status: 'UP', count: 2 },
  ])
})
