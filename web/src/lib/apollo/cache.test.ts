import { gql } from '@apollo/client'
import { expect, test } from 'vitest'
import { createCache } from './cache.ts'

const PAGE = gql`
  query Page($after: String) {
    monitors(first: 2, after: $after, orderBy: NAME_ASC) {
      nodes {
        id
        name
      }
      totalCount
    }
  }
`
const node = (id: string) => ({ __typename: 'Monitor', id, name: id })
const page = (...ids: string[]) => ({
  monitors: { __typename: 'MonitorConnection', nodes: ids.map(node), totalCount: 4 },
})
const names = (cache: ReturnType<typeof createCache>) =>
  cache.readQuery<ReturnType<typeof page>>({ query: PAGE })?.monitors.nodes.map(({ id }) => id)

test('appends a further page, each object once', () => {
  const cache = createCache()
  cache.writeQuery({ query: PAGE, data: page('a', 'b') })
  cache.writeQuery({ query: PAGE, variables: { after: 'x' }, data: page('b', 'c') })
  expect(names(cache)).toEqual(['a', 'b', 'c'])
})

test('the first page begins the list anew', () => {
  const cache = createCache()
  cache.writeQuery({ query: PAGE, data: page('a', 'b') })
  cache.writeQuery({ query: PAGE, data: page('c') })
  expect(names(cache)).toEqual(['c'])
})

test('a monitor that a list has read is found by its id', () => {
  const cache = createCache()
  cache.writeQuery({ query: PAGE, data: page('a') })
  const ONE = gql`
    query One($id: ID!) {
      monitor(id: $id) {
        id
        name
      }
    }
  `
  expect(cache.readQuery({ query: ONE, variables: { id: 'a' } })).toMatchObject({
    monitor: { name: 'a' },
  })
})

test('a panel that asks for more of the uptime does not take the ratio from the row', () => {
  const cache = createCache()
  const write = (fields: string, uptime: object) =>
    cache.writeFragment({
      id: 'Monitor:a',
      fragment: gql(`fragment F_${fields} on Monitor { id uptime(window: DAY) { ${fields} } }`),
      data: { __typename: 'Monitor', id: 'a', uptime: { __typename: 'Uptime', ...uptime } },
    })
  write('ratio', { ratio: 0.9 })
  write('downMs', { downMs: 5 })
  const RATIO = gql`
    fragment R on Monitor {
      uptime(window: DAY) {
        ratio
      }
    }
  `
  expect(cache.readFragment({ id: 'Monitor:a', fragment: RATIO })).toMatchObject({
    uptime: { ratio: 0.9 },
  })
})
