import type { ApolloClient } from '@apollo/client'
import { computed, watch, type ComputedRef } from 'vue'
import { MonitorBeatsDocument } from '../../generated/operations.ts'
import { useApollo } from '../../lib/apollo/index.ts'
import { liveState } from '../../lib/live-state.ts'
import { BeatHistory } from './beat-history.ts'
import { beatRings, type BeatMark } from './beats.ts'
import { see } from './seen-monitors.ts'

const histories = new WeakMap<ApolloClient, BeatHistory>()

/** The last beats of one monitor, oldest first: read when somebody looks, then continued live. */
export function useBeats(monitorId: () => string): ComputedRef<readonly BeatMark[]> {
  const history = historyOf(useApollo())
  watch(monitorId, (id, _before, onCleanup) => onCleanup(see(id)), { immediate: true })
  watch([monitorId, beatRings.generation, () => liveState.phase], ([id]) => history.want(id), {
    immediate: true,
  })
  return computed(() => beatRings.of(monitorId()).value.slice(-30))
}

function historyOf(client: ApolloClient): BeatHistory {
  let history = histories.get(client)
  if (history) return history
  history = new BeatHistory(beatRings, async (ids) => {
    const variables = { ids: [...ids], first: ids.length }
    const { data } = await client.query({
      query: MonitorBeatsDocument,
      variables,
      fetchPolicy: 'no-cache',
    })
    return data?.monitors.nodes ?? []
  })
  histories.set(client, history)
  return history
}
