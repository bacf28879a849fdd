import type { ApolloClient, ErrorLike, OperationVariables, TypedDocumentNode } from '@apollo/client'
import {
  onScopeDispose,
  ref,
  shallowRef,
  toValue,
  watch,
  type MaybeRefOrGetter,
  type Ref,
  type ShallowRef,
} from 'vue'
import { useApollo } from './apollo.ts'

export interface SubscriptionOptions<D> {
  isSkipped?: MaybeRefOrGetter<boolean>
  hear?: (data: D, client: ApolloClient) => void
  /** `no-cache` keeps the answers out of the normalised cache. */
  fetchPolicy?: 'no-cache' | 'network-only'
}

export interface SubscriptionState<D> {
  data: Readonly<ShallowRef<D | undefined>>
  error: Readonly<ShallowRef<ErrorLike | undefined>>
  isEnded: Readonly<Ref<boolean>>
  restart(): void
}

/** A subscription for as long as the calling component lives; new variables begin a new one. */
export function useSubscription<D, V extends OperationVariables>(
  query: TypedDocumentNode<D, V>,
  variables: MaybeRefOrGetter<V>,
  options: SubscriptionOptions<D> = {},
): SubscriptionState<D> {
  const client = useApollo()
  const data = shallowRef<D>()
  const error = shallowRef<ErrorLike>()
  const isEnded = ref(false)
  let stop = () => {}

  function restart(): void {
    stop()
    isEnded.value = false
    error.value = undefined
    if (toValue(options.isSkipped)) return
    const subscription = client
      .subscribe<D, OperationVariables>({
        query: query as TypedDocumentNode<D, OperationVariables>,
        variables: toValue(variables),
        errorPolicy: 'all',
        ...(options.fetchPolicy && { fetchPolicy: options.fetchPolicy }),
      })
      .subscribe({
        next(result) {
          error.value = result.error
          if (!result.data) return
          data.value = result.data as D
          options.hear?.(result.data as D, client)
        },
        error: (problem: ErrorLike) => (error.value = problem),
        complete: () => (isEnded.value = true),
      })
    stop = () => subscription.unsubscribe()
  }

  const key = () => JSON.stringify([toValue(variables), toValue(options.isSkipped)])
  if (typeof window !== 'undefined') watch(key, restart, { immediate: true })
  onScopeDispose(() => stop())
  return { data, error, isEnded, restart }
}
