import { ApolloClient, ApolloLink, gql, InMemoryCache, Observable } from '@apollo/client'
import { expect, test, vi } from 'vitest'
import { accessLink, type AccessTokens } from './access-link.ts'
import { workspaceLink } from './workspace-link.ts'

const QUERY = gql`
  query Name {
    name
  }
`
const REFUSAL = { errors: [{ message: 'Sign in.', extensions: { code: 'UNAUTHENTICATED' } }] }

/** A server that knows one token. */
function setUp(tokens: AccessTokens, good: string, workspace: string | null = null) {
  const sent: Record<string, unknown>[] = []
  const server = new ApolloLink((operation) => {
    const { headers } = operation.getContext() as { headers: Record<string, unknown> }
    sent.push({ ...headers })
    const isGood = headers['authorization'] === `Bearer ${good}`
    return new Observable((observer) => {
      observer.next(isGood ? { data: { name: 'Ada' } } : REFUSAL)
      observer.complete()
    })
  })
  const link = ApolloLink.from([workspaceLink(() => workspace), accessLink(tokens), server])
  const client = new ApolloClient({ cache: new InMemoryCache(), link })
  const ask = () => client.query({ query: QUERY, fetchPolicy: 'network-only' })
  return { ask, sent }
}

test('sends the token and the workspace', async () => {
  const tokens = { current: async () => 'a', renew: vi.fn() }
  const { ask, sent } = setUp(tokens, 'a', 'acme')
  expect((await ask()).data).toEqual({ name: 'Ada' })
  expect(sent).toEqual([{ authorization: 'Bearer a', 'allswell-workspace': 'acme' }])
  expect(tokens.renew).not.toHaveBeenCalled()
})

test('renews a refused token once and sends the request again', async () => {
  const renew = vi.fn(async () => 'b')
  const { ask, sent } = setUp({ current: async () => 'a', renew }, 'b')
  expect((await ask()).data).toEqual({ name: 'Ada' })
  expect(renew).toHaveBeenCalledExactlyOnceWith('a')
  expect(sent).toHaveLength(2)
})

test('gives the refusal on when the new token is refused as well', async () => {
  const renew = vi.fn(async () => 'b')
  const { ask, sent } = setUp({ current: async () => 'a', renew }, 'never')
  await expect(ask()).rejects.toThrow('Sign in.')
  expect([renew.mock.calls.length, sent.length]).toEqual([1, 2])
})

test('gives the refusal on when there is no new token', async () => {
  const { ask, sent } = setUp({ current: async () => 'a', renew: async () => null }, 'b')
  await expect(ask()).rejects.toThrow('Sign in.')
  expect(sent).toHaveLength(1)
})

test('asks as nobody while nobody is signed in', async () => {
  const renew = vi.fn()
  const { ask, sent } = setUp({ current: async () => null, renew }, 'b')
  await expect(ask()).rejects.toThrow('Sign in.')
  expect(sent).toEqual([{}])
  expect(renew).not.toHaveBeenCalled()
})

test('sends nothing when it can’t be known who asks', async () => {
  const current = () => Promise.reject(new TypeError('Failed to fetch'))
  const { ask, sent } = setUp({ current, renew: vi.fn() }, 'a')
  await expect(ask()).rejects.toThrow('Failed to fetch')
  expect(sent).toEqual([])
})
