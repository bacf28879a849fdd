import { NetworkStatus } from '@apollo/client'
import type {
  ApolloClient,
  ErrorLike,
  MaybeMasked,
  ObservableQuery,
  OperationVariables,
  TypedDocumentNode,
} from '@apollo/client'
import {
  computed,
  onScopeDispose,
  onServerPrefetch,
  shallowRef,
  toValue,
  watch,
  type ComputedRef,
  type MaybeRefOrGetter,
  type ShallowRef,
} from 'vue'
import { useApollo } from './apollo.ts'

export interface QueryOptions {
  /** Ask nothing while true. */
  isSkipped?: boolean
  fetchPolicy?: 'cache-first' | 'cache-and-network' | 'network-only' | 'cache-only' | 'no-cache'
  pollIntervalMs?: number
  /** Keep the last data on screen while the next variables load. Default true. */
  isPreviousKept?: boolean
}

export interface QueryState<D, V extends OperationVariables> {
  data: Readonly<ShallowRef<D | undefined>>
  /** Errors are values here: nothing is thrown. */
  error: Readonly<ShallowRef<ErrorLike | undefined>>
  isLoading: ComputedRef<boolean>
  /** Asks the server again; never rejects, a failure stands in `error`. */
  refetch(): Promise<void>
  /** Reads the next page into the cache; rejects when that fails. */
  fetchMore(variables: Partial<V>): Promise<void>
}

type Result<D> = ObservableQuery.Result<MaybeMasked<D>>
const isServer = typeof window === 'undefined'

/** A query whose data is always what the cache has, for as long as the calling component lives. */
export function useQuery<D, V extends OperationVariables>(
  query: TypedDocumentNode<D, V>,
  variables: MaybeRefOrGetter<V>,
  options: MaybeRefOrGetter<QueryOptions> = {},
): QueryState<D, V> {
  const client = useApollo()
  const data = shallowRef<D>()
  const error = shallowRef<ErrorLike>()
  const status = shallowRef(NetworkStatus.loading)
  const wanted = () => watchOptions(query, toValue(variables), toValue(options))
  const observable = client.watchQuery<D, V>(wanted())

  function apply(result: Result<D>): void {
    if (result.dataState === 'complete') data.value = result.data as D
    else if (!result.loading || toValue(options).isPreviousKept === false) data.value = undefined
    error.value = result.error
    status.value = result.networkStatus
  }

  apply(observable.getCurrentResult())
  if (isServer) prefetch(client, wanted, options, apply)
  else follow(observable, wanted, apply)
  return {
    data,
    error,
    isLoading: computed(() => !toValue(options).isSkipped && status.value < NetworkStatus.ready),
    refetch: () => observable.refetch().then(ignore, ignore),
    fetchMore: async (more) => {
      await observable.fetchMore({ variables: more })
    },
  }
}

function watchOptions<D, V extends OperationVariables>(
  query: TypedDocumentNode<D, V>,
  variables: V,
  { isSkipped, fetchPolicy, pollIntervalMs }: QueryOptions,
): ApolloClient.WatchQueryOptions<D, V> & { variables: V } {
  return {
    query,
    variables,
    errorPolicy: 'all',
    notifyOnNetworkStatusChange: true,
    fetchPolicy: isSkipped ? 'standby' : (fetchPolicy ?? 'cache-first'),
    pollInterval: pollIntervalMs ?? 0,
    skipPollAttempt: () => document.hidden,
  }
}

function follow<D, V extends OperationVariables>(
  observable: ObservableQuery<D, V>,
  wanted: () => ApolloClient.WatchQueryOptions<D, V> & { variables: V },
  apply: (result: Result<D>) => void,
): void {
  const subscription = observable.subscribe(apply)
  const key = () => {
    const { variables, fetchPolicy, pollInterval } = wanted()
    return JSON.stringify([variables, fetchPolicy, pollInterval])
  }
  watch(key, () => {
    observable.reobserve(wanted()).catch(ignore)
  })
  onScopeDispose(() => subscription.unsubscribe())
}

/** On the server: reads once before the page is rendered, so that the client finds the answer in its cache. */
function prefetch<D, V extends OperationVariables>(
  client: ApolloClient,
  wanted: () => ApolloClient.WatchQueryOptions<D, V> & { variables: V },
  options: MaybeRefOrGetter<QueryOptions>,
  apply: (result: Result<D>) => void,
): void {
  onServerPrefetch(async () => {
    if (toValue(options).isSkipped) return
    const { query, variables } = wanted()
    const observable = client.watchQuery<D, OperationVariables>({
      query: query as TypedDocumentNode<D, OperationVariables>,
      variables,
      errorPolicy: 'all',
    })
    await observable.refetch().then(ignore, ignore)
    apply(observable.getCurrentResult())
  })
}

/** The failure already stands in the query's `error`. */
function ignore(): void {}
