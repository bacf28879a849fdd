import { computed, onScopeDispose, watch } from 'vue'
import { MonitorDetailDocument } from '../../generated/operations.ts'
import { problemOf, useQuery } from '../../lib/apollo/index.ts'
import { useViewer } from '../../lib/viewer/index.ts'
import { beatRings } from '../live/beats.ts'
import { onStatusChangeOf } from '../live/status-news.ts'
import { useRetryWhenLive } from '../live/use-retry-when-live.ts'

/** Facts of single checks are not in the stream: they are read again at most this often while checks come. */
const FRESH_EVERY_MS = 10_000

/** Everything the panel shows of one monitor, kept fresh by its live events. */
export function useMonitorDetail(monitorId: string) {
  const { canEdit } = useViewer()
  const query = useQuery(
    MonitorDetailDocument,
    // A push monitor's address is a key: it is shown to those who may change the monitor.
    () => ({ id: monitorId, canEdit: canEdit.value }),
    { fetchPolicy: 'cache-and-network', isPreviousKept: false },
  )
  const monitor = computed(() => query.data.value?.monitor)
  const error = computed(() => (query.error.value ? problemOf(query.error.value) : null))
  useFreshness(monitorId, query.refetch)
  useRetryWhenLive(query.error, query.refetch)
  return {
    monitor,
    checks: computed(() => query.data.value?.heartbeats.nodes ?? []),
    error,
    isLoading: query.isLoading,
    refetch: query.refetch,
  }
}

function useFreshness(monitorId: string, refetch: () => Promise<void>): void {
  let readAt = Date.now()
  let timer: ReturnType<typeof setTimeout> | undefined

  function read(): void {
    clearTimeout(timer)
    timer = undefined
    readAt = Date.now()
    if (!document.hidden) void refetch()
  }
  function readSoon(): void {
    timer ??= setTimeout(read, Math.max(0, readAt + FRESH_EVERY_MS - Date.now()))
  }

  watch(beatRings.of(monitorId), (beats) => beats.length > 0 && readSoon())
  onScopeDispose(onStatusChangeOf(monitorId, read))
  onScopeDispose(() => clearTimeout(timer))
}
