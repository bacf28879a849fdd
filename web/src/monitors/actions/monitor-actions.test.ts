import { ApolloClient, ApolloLink, Observable } from '@apollo/client'
import { expect, test } from 'vitest'
import { MonitorListDocument, type MonitorStatus } from '../../generated/operations.ts'
import { createCache } from '../../lib/apollo/cache.ts'
import { WHOLE_LIST } from '../list/whole-list.ts'
import { MonitorActions } from './monitor-actions.ts'
import { outcomeOf } from './outcomes.ts'

const row = (id: string, status: MonitorStatus) => ({
  __typename: 'Monitor',
  id,
  name: id,
  kind: 'http',
  target: `https://${id}.example`,
  status,
  statusSince: '2027-01-01T00:00:00.000Z',
  reason: null,
  isPaused: status === 'PAUSED',
  intervalSeconds: 60,
  uptime: { __typename: 'Uptime', ratio: 1 },
  recentHeartbeats: [],
})
const refusal = {
  __typename: 'UserError',
  path: ['ids'],
  code: 'NOT_FOUND',
  message: 'It is gone.',
}

function setUp(...ids: string[]) {
  const cache = createCache()
  let answer: (answer: ApolloLink.Result | Error) => void = () => {}
  const link = new ApolloLink(
    () =>
      new Observable((observer) => {
        answer = (value) => {
          if (value instanceof Error) return observer.error(value)
          observer.next(value)
          observer.complete()
        }
      }),
  )
  const client = new ApolloClient({ cache, link })
  client.writeQuery({
    query: MonitorListDocument,
    variables: WHOLE_LIST,
    data: {
      liveCursor: 'c',
      monitors: {
        __typename: 'MonitorConnection',
        nodes: ids.map((id) => row(id, 'UP')),
        pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
        totalCount: ids.length,
      },
    } as never,
  })
  const shown = () =>
    cache
      .readQuery({ query: MonitorListDocument, variables: WHOLE_LIST }, true)
      ?.monitors.nodes.map(({ id, status }) => `${id} ${status}`)
  return {
    actions: new MonitorActions(client),
    shown,
    answer: (value: ApolloLink.Result | Error) => answer(value),
  }
}
const result = (id: string, more: object) => ({
  __typename: 'MonitorResult',
  id,
  userErrors: [],
  ...more,
})

test('a pause shows at once and is taken back when the server is not reached', async () => {
  const { actions, shown, answer } = setUp('a', 'b')
  const pause = actions.pause(['a'])
  expect(shown()).toEqual(['a PAUSED', 'b UP'])
  answer(new TypeError('Failed to fetch'))
  expect(await pause).toEqual({ done: [], failed: [{ id: 'a', message: 'Failed to fetch' }] })
  expect(shown()).toEqual(['a UP', 'b UP'])
})

test('a refused item goes back while the others stay', async () => {
  const { actions, shown, answer } = setUp('a', 'b')
  const pause = actions.pause(['a', 'b'])
  expect(shown()).toEqual(['a PAUSED', 'b PAUSED'])
  const results = [
    result('a', { monitor: row('a', 'PAUSED') }),
    result('b', { monitor: null, userErrors: [refusal] }),
  ]
  answer({ data: { pauseMonitors: { __typename: 'P', results, userErrors: [] } } })
  expect(await pause).toEqual({ done: ['a'], failed: [{ id: 'b', message: 'It is gone.' }] })
  expect(shown()).toEqual(['a PAUSED', 'b UP'])
})

test('a deleted monitor leaves the list at once and comes back when that is refused', async () => {
  const { actions, shown, answer } = setUp('a', 'b')
  const remove = actions.remove(['a', 'b'])
  expect(shown()).toEqual([])
  const results = [result('a', {}), result('b', { userErrors: [refusal] })]
  answer({ data: { deleteMonitors: { __typename: 'P', results, userErrors: [] } } })
  expect((await remove).done).toEqual(['a'])
  expect(shown()).toEqual(['b UP'])
})

test('undoing a deletion puts the monitor back into the list', async () => {
  const { actions, shown, answer } = setUp('a', 'b')
  const remove = actions.remove(['a'])
  answer({
    data: {
      deleteMonitors: { __typename: 'P', results: [result('a', {})], userErrors: [] },
    },
  })
  await remove
  const restore = actions.restore(['a'])
  const results = [result('a', { monitor: row('a', 'PENDING') })]
  answer({ data: { restoreMonitors: { __typename: 'P', results, userErrors: [] } } })
  expect((await restore).done).toEqual(['a'])
  expect(shown()).toEqual(['b UP', 'a PENDING'])
})

test('an item that the answer leaves out has failed', () => {
  expect(outcomeOf(['a'], [], 'No answer.')).toEqual({
    done: [],
    failed: [{ id: 'a', message: 'No answer.' }],
  })
})
