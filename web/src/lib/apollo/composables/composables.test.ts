import {
  ApolloClient,
  ApolloLink,
  gql,
  InMemoryCache,
  Observable,
  type TypedDocumentNode,
} from '@apollo/client'
import { mount } from '@vue/test-utils'
import { defineComponent, nextTick, ref, type App } from 'vue'
import { expect, test } from 'vitest'
import { provideApollo } from './apollo.ts'
import { useFragment } from './use-fragment.ts'
import { useMutation } from './use-mutation.ts'
import { useQuery } from './use-query.ts'
import { useSubscription } from './use-subscription.ts'

interface Thing {
  __typename: 'Thing'
  id: string
  name: string
}
const THING: TypedDocumentNode<{ thing: Thing }, { id: string }> = gql`
  query Thing($id: ID!) {
    thing(id: $id) {
      id
      name
    }
  }
`
const RENAME: TypedDocumentNode<{ rename: Thing }, { id: string; name: string }> = gql`
  mutation Rename($id: ID!, $name: String!) {
    rename(id: $id, name: $name) {
      id
      name
    }
  }
`
const RENAMED: TypedDocumentNode<{ renamed: Thing }, { id: string }> = gql`
  subscription Renamed($id: ID!) {
    renamed(id: $id) {
      id
      name
    }
  }
`
const NAME: TypedDocumentNode<{ name: string }, Record<string, never>> = gql`
  fragment Name on Thing {
    name
  }
`
type Answer = ApolloLink.Result | Error
const thing = (id: string, name = id): Thing => ({ __typename: 'Thing', id, name })
const refusal = { errors: [{ message: 'No such thing.', extensions: { code: 'NOT_FOUND' } }] }

/** A server that answers when the test says so. */
function setUp<R>(use: () => R) {
  const requests: {
    variables: Record<string, unknown>
    isCancelled: boolean
    answer(answer: Answer): Promise<void>
  }[] = []
  const link = new ApolloLink(
    ({ variables, operationType }) =>
      new Observable((observer) => {
        const request = {
          variables,
          isCancelled: false,
          async answer(answer: Answer) {
            if (answer instanceof Error) observer.error(answer)
            else observer.next(answer)
            if (operationType !== 'subscription') observer.complete()
            await new Promise((done) => setTimeout(done))
          },
        }
        requests.push(request)
        return () => (request.isCancelled = true)
      }),
  )
  const client = new ApolloClient({ link, cache: new InMemoryCache() })
  let result: R | undefined
  const component = defineComponent({
    setup() {
      result = use()
      return () => null
    },
  })
  const plugin = { install: (app: App) => provideApollo(app, client) }
  const wrapper = mount(component, { global: { plugins: [plugin] } })
  return { client, requests, result: result as R, unmount: () => wrapper.unmount() }
}
const last = <T>(list: T[]): T => list[list.length - 1]!

test('a query loads, then shows its data', async () => {
  const { result, requests } = setUp(() => useQuery(THING, { id: 'a' }))
  expect([result.data.value, result.isLoading.value]).toEqual([undefined, true])
  await last(requests).answer({ data: { thing: thing('a') } })
  expect(result.data.value?.thing.name).toBe('a')
  expect(result.isLoading.value).toBe(false)
})

test('new variables keep the last data on screen until the next are there', async () => {
  const id = ref('a')
  const { result, requests } = setUp(() => useQuery(THING, () => ({ id: id.value })))
  await last(requests).answer({ data: { thing: thing('a') } })
  id.value = 'b'
  await nextTick()
  expect(result.data.value?.thing.id).toBe('a')
  expect(result.isLoading.value).toBe(true)
  await last(requests).answer({ data: { thing: thing('b') } })
  expect(result.data.value?.thing.id).toBe('b')
})

test('new variables clear the screen where the last data would mislead', async () => {
  const id = ref('a')
  const use = () => useQuery(THING, () => ({ id: id.value }), { isPreviousKept: false })
  const { result, requests } = setUp(use)
  await last(requests).answer({ data: { thing: thing('a') } })
  id.value = 'b'
  await nextTick()
  expect(result.data.value).toBeUndefined()
})

test('an error of the contract is a value, and asking again recovers', async () => {
  const { result, requests } = setUp(() => useQuery(THING, { id: 'a' }))
  await last(requests).answer(refusal)
  expect(result.error.value?.message).toBe('No such thing.')
  expect(result.isLoading.value).toBe(false)
  const again = result.refetch()
  await last(requests).answer({ data: { thing: thing('a') } })
  await again
  expect(result.error.value).toBeUndefined()
  expect(result.data.value?.thing.name).toBe('a')
})

test('an unreachable server is a value, and asking again recovers', async () => {
  const { result, requests } = setUp(() => useQuery(THING, { id: 'a' }))
  await last(requests).answer(new TypeError('Failed to fetch'))
  expect(result.error.value?.message).toBe('Failed to fetch')
  const again = result.refetch()
  await last(requests).answer({ data: { thing: thing('a') } })
  await again
  expect([result.error.value, result.data.value?.thing.name]).toEqual([undefined, 'a'])
})

test('asking again that fails does not throw', async () => {
  const { result, requests } = setUp(() => useQuery(THING, { id: 'a' }))
  await last(requests).answer({ data: { thing: thing('a') } })
  const again = result.refetch()
  await last(requests).answer(new TypeError('Failed to fetch'))
  await expect(again).resolves.toBeUndefined()
  expect(result.error.value?.message).toBe('Failed to fetch')
})

test('a skipped query asks nothing until it is wanted', async () => {
  const isSkipped = ref(true)
  const use = () => useQuery(THING, { id: 'a' }, () => ({ isSkipped: isSkipped.value }))
  const { result, requests } = setUp(use)
  expect([requests.length, result.isLoading.value]).toEqual([0, false])
  isSkipped.value = false
  await nextTick()
  await last(requests).answer({ data: { thing: thing('a') } })
  expect(result.data.value?.thing.name).toBe('a')
})

test('a component that goes cancels its request', async () => {
  const { requests, unmount } = setUp(() => useQuery(THING, { id: 'a' }))
  unmount()
  await expect.poll(() => last(requests).isCancelled).toBe(true)
})

test('a mutation changes what queries show', async () => {
  const { result, requests } = setUp(() => ({
    query: useQuery(THING, { id: 'a' }),
    rename: useMutation(RENAME),
  }))
  await last(requests).answer({ data: { thing: thing('a') } })
  const outcome = result.rename.mutate({ id: 'a', name: 'new' })
  expect(result.rename.isLoading.value).toBe(true)
  await last(requests).answer({ data: { rename: thing('a', 'new') } })
  expect((await outcome).error).toBeUndefined()
  expect(result.query.data.value?.thing.name).toBe('new')
})

test('an optimistic change is shown at once and taken back when the server refuses', async () => {
  const { result, requests } = setUp(() => ({
    query: useQuery(THING, { id: 'a' }),
    rename: useMutation(RENAME),
  }))
  await last(requests).answer({ data: { thing: thing('a') } })
  const optimistic = { rename: thing('a', 'hoped') }
  const outcome = result.rename.mutate({ id: 'a', name: 'hoped' }, { optimistic })
  await expect.poll(() => result.query.data.value?.thing.name).toBe('hoped')
  await last(requests).answer(new TypeError('Failed to fetch'))
  expect((await outcome).error?.message).toBe('Failed to fetch')
  await expect.poll(() => result.query.data.value?.thing.name).toBe('a')
})

test('a subscription updates what queries show', async () => {
  const { result, requests } = setUp(() => ({
    query: useQuery(THING, { id: 'a' }),
    renamed: useSubscription(RENAMED, { id: 'a' }),
  }))
  await requests[0]!.answer({ data: { thing: thing('a') } })
  await requests[1]!.answer({ data: { renamed: thing('a', 'live') } })
  expect(result.renamed.data.value?.renamed.name).toBe('live')
  expect(result.query.data.value?.thing.name).toBe('live')
})

test('a subscription ends with its component', async () => {
  const { requests, unmount } = setUp(() => useSubscription(RENAMED, { id: 'a' }))
  unmount()
  await expect.poll(() => last(requests).isCancelled).toBe(true)
})

test('a fragment shows one object of the cache and follows it', async () => {
  const use = () => useFragment(NAME, 'Name', { __typename: 'Thing', id: 'a' })
  const { client, result } = setUp(use)
  expect(result.value).toBeUndefined()
  client.writeQuery({ query: THING, variables: { id: 'a' }, data: { thing: thing('a') } })
  await expect.poll(() => result.value?.name).toBe('a')
})
