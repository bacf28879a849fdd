import { onMounted, onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import { useApollo } from '../../lib/apollo/composables/apollo.ts'
import {
  PublicStatusPageDocument,
  StatusPageLiveDocument,
  type PublicStatusPageQueryVariables,
} from '../../generated/operations.ts'
import type { PublicPage } from './page.ts'

export interface LivePage {
  page: Readonly<ShallowRef<PublicPage>>
  /** Whether the stream has told anything yet. */
  isHeard: Readonly<ShallowRef<boolean>>
}

/**
 * A page from the cache that the server filled, kept right by the stream. Nothing is asked again: each message is
 * the whole page, and the cache tells what in it has changed.
 */
export function useLivePage(
  variables: PublicStatusPageQueryVariables,
  read?: PublicPage,
): LivePage {
  const client = useApollo()
  const query = { query: PublicStatusPageDocument, variables }
  const known = read ?? client.readQuery(query)?.publicStatusPage
  if (!known) throw new Error('The page is not in the cache.')
  const page = shallowRef<PublicPage>(known)
  const isHeard = shallowRef(false)
  let stop = () => {}

  onMounted(() => {
    const watched = client
      .watchQuery({ ...query, fetchPolicy: 'cache-only' })
      .subscribe((result) => {
        const { publicStatusPage } = (result.data ?? {}) as { publicStatusPage?: PublicPage | null }
        if (result.dataState === 'complete' && publicStatusPage) page.value = publicStatusPage
      })
    const heard = client
      .subscribe({
        query: StatusPageLiveDocument,
        variables: { ...variables, after: page.value.liveCursor },
        errorPolicy: 'all',
      })
      .subscribe(({ data }) => {
        if (data) isHeard.value = true
      })
    stop = () => {
      heard.unsubscribe()
      watched.unsubscribe()
    }
  })
  onScopeDispose(() => stop())
  return { page, isHeard }
}
