import { computed, watch, type ComputedRef } from 'vue'
import {
  MonitorsForPagesDocument,
  type MonitorsForPagesQuery,
  type MonitorsForPagesQueryVariables,
} from '../../generated/operations.ts'
import { useQuery } from '../../lib/apollo/index.ts'

export type PageMonitor = MonitorsForPagesQuery['monitors']['nodes'][number]

const ALL: MonitorsForPagesQueryVariables = { first: 500, orderBy: 'NAME_ASC' }

/** Every monitor of the workspace, as far as it has come. */
export function usePageMonitors(): {
  monitors: ComputedRef<readonly PageMonitor[]>
  /** All of them are here. */
  isWhole: ComputedRef<boolean>
} {
  const { data, isLoading, fetchMore } = useQuery(MonitorsForPagesDocument, ALL)
  const page = computed(() => data.value?.monitors.pageInfo)
  watch(
    () => page.value?.endCursor,
    (after) => {
      if (page.value?.hasNextPage && after) fetchMore({ after }).catch(() => {})
    },
    { immediate: true, flush: 'post' },
  )
  return {
    monitors: computed(() => data.value?.monitors.nodes ?? []),
    isWhole: computed(() => !isLoading.value && page.value?.hasNextPage === false),
  }
}
