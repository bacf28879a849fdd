import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { MonitorSeriesDocument } from '../../generated/operations.ts'
import { useQuery } from '../../lib/apollo/index.ts'
import { beatRings, type BeatMark } from '../live/beats.ts'
import { onStatusChangeOf } from '../live/status-news.ts'
import { useRetryWhenLive } from '../live/use-retry-when-live.ts'
import { WINDOWS, type Range } from './series-shape.ts'
import { continueSeries } from './series.ts'

/** Percentiles and uptime can't be continued from beats: they are read again this often. */
const FRESH_EVERY_MS = 300_000
const MOST_BEATS = 2_000

/** Response times of one monitor over the chosen window, continued live. */
export function useSeries(monitorId: string, range: Readonly<Ref<Range>>) {
  const query = useQuery(
    MonitorSeriesDocument,
    () => ({ id: monitorId, window: WINDOWS[range.value].window }),
    // Thousands of points are nothing to normalise.
    { fetchPolicy: 'no-cache', pollIntervalMs: FRESH_EVERY_MS },
  )
  const ring = beatRings.of(monitorId)
  const beats = shallowRef<readonly BeatMark[]>(ring.value)
  watch(ring, (live) => {
    const last = beats.value.at(-1)?.at ?? ''
    beats.value = [...beats.value, ...live.filter(({ at }) => at > last)].slice(-MOST_BEATS)
  })
  const monitor = computed(() => query.data.value?.monitor)
  useRetryWhenLive(query.error, query.refetch)
  onScopeDispose(onStatusChangeOf(monitorId, () => void query.refetch()))
  return {
    series: computed(
      () =>
        monitor.value &&
        continueSeries(
          monitor.value.latencySeries,
          monitor.value.lastHeartbeat?.at ?? null,
          beats.value,
        ),
    ),
    uptime: computed(() => monitor.value?.uptime),
    isLoading: query.isLoading,
    error: query.error,
    refetch: query.refetch,
  }
}
