import type { OperationVariables, TypedDocumentNode } from '@apollo/client'
import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue'
import { useApollo } from './apollo.ts'

export interface Identity {
  __typename: string
  id: string
}

/** One object's live view of the cache: told again only when the fragment's own fields change; undefined while incomplete. */
export function useFragment<D, V>(
  document: TypedDocumentNode<D, V>,
  fragmentName: string,
  from: MaybeRefOrGetter<Identity>,
): Readonly<ShallowRef<D | undefined>> {
  const { cache } = useApollo()
  const fragment = document as TypedDocumentNode<D, OperationVariables>
  const data = shallowRef<D>()
  const read = () => {
    const id = cache.identify({ ...toValue(from) })
    data.value =
      (cache.readFragment<D>({ fragment, fragmentName, ...(id && { id }) }) as D | null) ??
      undefined
  }
  if (typeof window === 'undefined') {
    read()
    return data
  }
  const key = () => `${toValue(from).__typename}:${toValue(from).id}`
  watch(
    key,
    (_now, _before, onCleanup) => {
      read()
      const subscription = cache
        .watchFragment<D>({ fragment, fragmentName, from: { ...toValue(from) } as never })
        .subscribe((result) => {
          data.value = result.complete ? (result.data as D) : undefined
        })
      onCleanup(() => subscription.unsubscribe())
    },
    { immediate: true },
  )
  return data
}
