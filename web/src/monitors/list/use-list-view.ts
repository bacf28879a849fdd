import { computed, type ComputedRef, type WritableComputedRef } from 'vue'
import { print } from 'graphql'
import { MonitorListDocument, type MonitorStatus } from '../../generated/operations.ts'
import { playgroundLink } from '../../lib/playground-link.ts'
import { choiceInUrl, choicesInUrl, textInUrl, useUrlState } from '../../lib/url-state.ts'
import { lastLatency } from './last-latency.ts'
import { countStatuses, filterMonitors } from './list-filter.ts'
import { ORDERS, sortMonitors, WORST_FIRST, type ListedMonitor, type Order } from './list-order.ts'

const ORDER_NAMES = Object.keys(ORDERS) as [Order, ...Order[]]

export interface ListView {
  text: WritableComputedRef<string>
  statuses: WritableComputedRef<MonitorStatus[]>
  order: WritableComputedRef<Order>
  /** What is shown: filtered and sorted. */
  shown: ComputedRef<readonly ListedMonitor[]>
  counts: ComputedRef<{ status: MonitorStatus; count: number }[]>
  isFiltered: ComputedRef<boolean>
  clear(): void
  /** The playground with the operation that answers this view. */
  playground: ComputedRef<string>
}

/** The list as the address describes it: `?q=…&status=down,up&sort=name`. */
export function useListView(monitors: () => readonly ListedMonitor[]): ListView {
  const text = useUrlState('q', textInUrl)
  const statuses = useUrlState('status', choicesInUrl<MonitorStatus>(WORST_FIRST))
  const order = useUrlState('sort', choiceInUrl(ORDER_NAMES))
  const isFiltered = computed(() => text.value.trim() !== '' || statuses.value.length > 0)
  const filtered = computed(() =>
    filterMonitors(monitors(), { text: text.value, statuses: statuses.value }),
  )
  return {
    text,
    statuses,
    order,
    shown: computed(() => sortMonitors(filtered.value, order.value, lastLatency)),
    counts: computed(() => countStatuses(monitors())),
    isFiltered,
    clear() {
      text.value = ''
      statuses.value = []
    },
    playground: computed(() => {
      const search = text.value.trim()
      const filter = {
        ...(search && { search }),
        ...(statuses.value.length > 0 && { statuses: statuses.value }),
      }
      return playgroundLink({
        query: print(MonitorListDocument),
        variables: {
          first: 50,
          orderBy: ORDERS[order.value],
          ...(isFiltered.value && { filter }),
        },
      })
    }),
  }
}
