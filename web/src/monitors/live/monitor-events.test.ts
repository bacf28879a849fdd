import { expect, test } from 'vitest'
import { MonitorListDocument, type MonitorStatus } from '../../generated/operations.ts'
import { createCache } from '../../lib/apollo/cache.ts'
import { WHOLE_LIST } from '../list/whole-list.ts'
import { BeatRings } from './beats.ts'
import { monitorEvents, type LiveEvent, type StatusChange } from './monitor-events.ts'

const row = (id: string, status: MonitorStatus = 'UP') => ({
  __typename: 'Monitor',
  id,
  name: `name of ${id}`,
  kind: 'http',
  target: `https://${id}.example`,
  status,
  statusSince: '2027-01-01T00:00:00.000Z',
  reason: null,
  isPaused: false,
  intervalSeconds: 60,
  uptime: { __typename: 'Uptime', ratio: 1 },
  recentHeartbeats: [],
})
const base = { id: 'e', at: '2027-01-01T00:00:00.000Z' }
const statusChanged = (id: string, to: MonitorStatus): LiveEvent => ({
  ...base,
  __typename: 'MonitorStatusChanged',
  monitorId: id,
  from: 'UP',
  to,
  since: base.at,
  reason: 'Connection refused',
  monitor: { ...row(id, to), reason: 'Connection refused' },
})

function setUp(...ids: string[]) {
  const cache = createCache()
  const rings = new BeatRings()
  const changes: StatusChange[] = []
  const room = monitorEvents({ rings, changed: (list) => changes.push(...list) })
  cache.writeQuery({
    query: MonitorListDocument,
    variables: WHOLE_LIST,
    data: {
      liveCursor: 'c1',
      monitors: {
        __typename: 'MonitorConnection',
        nodes: ids.map((id) => row(id)),
        pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
        totalCount: ids.length,
      },
    } as never,
  })
  const list = () =>
    cache.readQuery({ query: MonitorListDocument, variables: WHOLE_LIST })?.monitors
  return { cache, rings, changes, room, list }
}

test('a change of status reaches the row and is told with its name', () => {
  const { cache, room, list, changes } = setUp('a', 'b')
  room.apply([statusChanged('a', 'DOWN')], cache, false)
  expect(list()?.nodes.map(({ status }) => status)).toEqual(['DOWN', 'UP'])
  expect(changes).toMatchObject([{ name: 'name of a', to: 'DOWN', reason: 'Connection refused' }])
})

test('a change that is told again is written but not announced', () => {
  const { cache, room, list, changes } = setUp('a')
  room.apply([statusChanged('a', 'DOWN')], cache, true)
  expect(list()?.nodes[0]?.status).toBe('DOWN')
  expect(changes).toEqual([])
})

test('a new monitor joins the list once', () => {
  const { cache, room, list } = setUp('a')
  const created: LiveEvent = {
    ...base,
    __typename: 'MonitorCreated',
    monitorId: 'b',
    monitor: row('b', 'PENDING'),
  }
  room.apply([created, created], cache, false)
  expect(list()?.nodes.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(list()?.totalCount).toBe(2)
})

test('a deleted monitor leaves the list, and a restored one comes back', () => {
  const { cache, room, list } = setUp('a', 'b')
  room.apply([{ ...base, __typename: 'MonitorDeleted', monitorId: 'a' }], cache, false)
  expect(list()).toMatchObject({ nodes: [{ id: 'b' }], totalCount: 1 })
  const restored: LiveEvent = {
    ...base,
    __typename: 'MonitorUpdated',
    monitorId: 'a',
    monitor: row('a'),
  }
  room.apply([restored], cache, false)
  expect(list()).toMatchObject({ nodes: [{ id: 'b' }, { id: 'a' }], totalCount: 2 })
})

test('an event about a monitor that is gone by now changes nothing', () => {
  const { cache, room, list } = setUp('a')
  room.apply(
    [{ ...base, __typename: 'MonitorCreated', monitorId: 'b', monitor: null }],
    cache,
    false,
  )
  expect(list()?.nodes).toHaveLength(1)
})

test('beats go to their rings and not into the cache', () => {
  const { cache, room, rings } = setUp('a')
  const before = JSON.stringify(cache.extract())
  const beats = {
    monitorIds: ['a'],
    slots: [base.at],
    statuses: ['UP' as const],
    latenciesMs: [12],
  }
  room.apply([{ ...base, __typename: 'HeartbeatsRecorded', beats }], cache, false)
  expect(rings.of('a').value).toEqual([{ at: base.at, status: 'UP', latencyMs: 12 }])
  expect(JSON.stringify(cache.extract())).toBe(before)
})
