import type {
  ApolloCache,
  ApolloClient,
  ErrorLike,
  OperationVariables,
  TypedDocumentNode,
  Unmasked,
} from '@apollo/client'
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { useApollo } from './apollo.ts'

export interface MutationOptions<D> {
  /** Shown until the server has answered, then taken back. */
  optimistic?: Unmasked<NoInfer<D>>
  /** Writes further consequences into the cache: for the optimistic answer first, then for the real one. */
  update?: (cache: ApolloCache, data: D) => void
}

export interface MutationOutcome<D> {
  data: D | undefined
  error: ErrorLike | undefined
}

export interface MutationState<D, V> {
  /** Never rejects: the outcome carries the error. */
  mutate(variables: V, options?: MutationOptions<D>): Promise<MutationOutcome<D>>
  data: Readonly<ShallowRef<D | undefined>>
  error: Readonly<ShallowRef<ErrorLike | undefined>>
  isLoading: Readonly<Ref<boolean>>
  reset(): void
}

/** A mutation and the state of its last call; an answer that a later call has overtaken is not shown. */
export function useMutation<D, V extends OperationVariables>(
  mutation: TypedDocumentNode<D, V>,
): MutationState<D, V> {
  const client = useApollo()
  const data = shallowRef<D>()
  const error = shallowRef<ErrorLike>()
  const isLoading = ref(false)
  let call = 0

  async function mutateNow(variables: V, options: MutationOptions<D> = {}) {
    const mine = ++call
    isLoading.value = true
    error.value = undefined
    const outcome = await runMutation(client, mutation, variables, options)
    if (mine === call) {
      data.value = outcome.data
      error.value = outcome.error
      isLoading.value = false
    }
    return outcome
  }

  function reset(): void {
    call += 1
    data.value = undefined
    error.value = undefined
    isLoading.value = false
  }

  return { mutate: mutateNow, data, error, isLoading, reset }
}

/** One mutation outside a component; never rejects. */
export async function runMutation<D, V extends OperationVariables>(
  client: ApolloClient,
  mutation: TypedDocumentNode<D, V>,
  variables: V,
  { optimistic, update }: MutationOptions<D> = {},
): Promise<MutationOutcome<D>> {
  const options: ApolloClient.MutateOptions<D, OperationVariables> = {
    mutation: mutation as TypedDocumentNode<D, OperationVariables>,
    variables,
    errorPolicy: 'all',
    ...(optimistic !== undefined && { optimisticResponse: optimistic }),
    ...(update && {
      update: (cache: ApolloCache, result: { data?: unknown }) => {
        if (result.data) update(cache, result.data as D)
      },
    }),
  }
  try {
    const { data, error } = await client.mutate<D, OperationVariables>(options)
    return { data: (data ?? undefined) as D | undefined, error }
  } catch (error) {
    return { data: undefined, error: error as ErrorLike }
  }
}
