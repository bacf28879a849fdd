import type { ErrorLike } from '@apollo/client'
import { computed, ref, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { MonitorListDocument } from '../../generated/operations.ts'
import { useQuery } from '../../lib/apollo/index.ts'
import { useRetryWhenLive } from '../live/use-retry-when-live.ts'
import type { ListedMonitor } from './list-order.ts'
import { WHOLE_LIST } from './whole-list.ts'

export interface MonitorList {
  monitors: ComputedRef<readonly ListedMonitor[]>
  /** How many there are on the server; more than `monitors` while further pages come. */
  total: ComputedRef<number>
  isLoading: ComputedRef<boolean>
  isLoadingMore: Readonly<Ref<boolean>>
  /** The first page failed, or a further one: then what came stays. */
  error: Readonly<ShallowRef<ErrorLike | undefined>>
  retry(): Promise<void>
}

/** Every monitor, read page by page into the cache and kept right by the live stream. */
export function useMonitorList(): MonitorList {
  const query = useQuery(MonitorListDocument, WHOLE_LIST)
  const moreError = ref<ErrorLike>()
  const isLoadingMore = ref(false)
  const connection = computed(() => query.data.value?.monitors)

  async function loadMore(): Promise<void> {
    const page = connection.value?.pageInfo
    if (!page?.hasNextPage || !page.endCursor || isLoadingMore.value) return
    isLoadingMore.value = true
    moreError.value = undefined
    try {
      await query.fetchMore({ after: page.endCursor })
    } catch (error) {
      moreError.value = error as ErrorLike
    }
    isLoadingMore.value = false
  }

  watch(() => connection.value?.pageInfo.endCursor, loadMore, { immediate: true, flush: 'post' })
  const error = computed(() => query.error.value ?? moreError.value)
  const retry = () => (query.error.value || !connection.value ? query.refetch() : loadMore())
  useRetryWhenLive(error, retry)
  return {
    monitors: computed(() => connection.value?.nodes ?? []),
    total: computed(() => connection.value?.totalCount ?? 0),
    isLoading: query.isLoading,
    isLoadingMore,
    error,
    retry,
  }
}
