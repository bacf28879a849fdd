import { ApolloClient, ApolloLink, gql, InMemoryCache, Observable } from '@apollo/client'
import { expect, test } from 'vitest'
import { Coverage } from '../live/coverage.ts'
import { coverageLink } from './coverage-link.ts'

const QUERY = gql`
  query Cursor {
    liveCursor
  }
`

function setUp(cursors: string[]) {
  const coverage = new Coverage<unknown>()
  const verdicts: string[] = []
  const live = {
    coverage,
    answered(mark: ReturnType<Coverage<unknown>['sent']>, cursor: string | null) {
      const verdict = coverage.answered(mark, cursor)
      verdicts.push(verdict)
      return verdict === 'ask-again'
    },
    finished: (mark: ReturnType<Coverage<unknown>['sent']>) => void coverage.finished(mark),
  }
  let asked = 0
  const server = new ApolloLink(
    () =>
      new Observable((observer) => {
        const liveCursor = cursors[Math.min(asked++, cursors.length - 1)]
        queueMicrotask(() => {
          observer.next({ data: { liveCursor } })
          observer.complete()
        })
      }),
  )
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([coverageLink(live), server]),
  })
  return { client, coverage, verdicts, asked: () => asked }
}

test('asks a second time when the stream began elsewhere meanwhile', async () => {
  const { client, coverage, asked } = setUp(['c1', 'c5'])
  const answer = client.query({ query: QUERY })
  coverage.begin('c3')
  expect((await answer).data).toEqual({ liveCursor: 'c5' })
  expect(asked()).toBe(2)
})

test('asks once when the answer begins the stream', async () => {
  const { client, verdicts, asked } = setUp(['c1'])
  await client.query({ query: QUERY })
  expect(verdicts).toEqual(['begin'])
  expect(asked()).toBe(1)
})

test('keeps no request open after its answer', async () => {
  const { client, coverage } = setUp(['c1', 'c5'])
  const answer = client.query({ query: QUERY })
  coverage.begin('c3')
  await answer
  expect(coverage.waiting).toBe(0)
})
