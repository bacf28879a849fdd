import { ApolloClient, gql, InMemoryCache } from '@apollo/client'
import { expect, test } from 'vitest'
import type { LiveAnswer, LiveOperation } from '../live/live-socket.ts'
import type { StreamSink } from '../live/resumable-stream.ts'
import { socketLink } from './socket-link.ts'

const UPDATES = gql`
  subscription Updates($ids: [ID!], $after: Cursor) {
    monitorUpdates(ids: $ids, after: $after) {
      cursor
    }
  }
`

test('resumes any subscription that answers batches from its last cursor', async () => {
  const opened: { operation: LiveOperation; sink: StreamSink<LiveAnswer> }[] = []
  const link = socketLink({
    open(operation, sink) {
      opened.push({ operation, sink })
      return () => {}
    },
  })
  const client = new ApolloClient({ cache: new InMemoryCache(), link })
  const heard: unknown[] = []
  const subscription = client
    .subscribe({ query: UPDATES, variables: { ids: ['m1'], after: 'c1' }, fetchPolicy: 'no-cache' })
    .subscribe(({ data }) => heard.push(data))
  opened[0]!.sink.opened()
  opened[0]!.sink.next({ data: { monitorUpdates: { cursor: 'c2' } } })
  opened[0]!.sink.closed('cut')
  await expect.poll(() => opened.length).toBe(2)
  subscription.unsubscribe()
  expect(opened.map(({ operation }) => operation.variables)).toEqual([
    { ids: ['m1'], after: 'c1' },
    { ids: ['m1'], after: 'c2' },
  ])
  expect(heard).toEqual([{ monitorUpdates: { cursor: 'c2' } }])
})

test('tells what becomes of the connection, and why it ended', async () => {
  const sinks: StreamSink<LiveAnswer>[] = []
  const told: unknown[] = []
  const link = socketLink(
    {
      open(_operation, sink) {
        sinks.push(sink)
        return () => {}
      },
    },
    { tell: (phase) => told.push(phase), closed: (problem) => told.push(problem) },
  )
  const client = new ApolloClient({ cache: new InMemoryCache(), link })
  const subscription = client.subscribe({ query: UPDATES }).subscribe(() => {})
  sinks[0]!.opened()
  sinks[0]!.closed('cut')
  subscription.unsubscribe()
  expect(told).toEqual(['connecting', 'live', 'cut', 'reconnecting'])
})
