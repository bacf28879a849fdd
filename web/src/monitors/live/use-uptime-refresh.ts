import type { ApolloCache } from '@apollo/client'
import { onScopeDispose, watch } from 'vue'
import {
  MonitorUptimeFragmentDoc,
  MonitorUptimesDocument,
  type MonitorUptimeFragment,
} from '../../generated/operations.ts'
import { useApollo } from '../../lib/apollo/index.ts'
import { liveState } from '../../lib/live-state.ts'
import { seenMonitors } from './seen-monitors.ts'

const EVERY_MS = 60_000
/** After a reconnect the stream catches up by itself: nothing is asked in between. */
const SETTLED_AFTER_MS = 15_000
const MOST_AT_ONCE = 200

/** Uptime changes by the mere passing of time, which no event tells: it is read again for what is on screen. */
export function useUptimeRefresh(): void {
  const client = useApollo()
  let liveSince = Date.now()
  watch(
    () => liveState.phase,
    () => (liveSince = Date.now()),
  )

  async function refresh(): Promise<void> {
    const isSettled = liveState.phase === 'live' && Date.now() - liveSince > SETTLED_AFTER_MS
    const ids = seenMonitors().slice(0, MOST_AT_ONCE)
    if (document.hidden || !isSettled || ids.length === 0) return
    const variables = { ids, first: ids.length }
    // What fails is read the next time. The list of these ids is no list to keep: only its objects are.
    const { data } = await client
      .query({ query: MonitorUptimesDocument, variables, fetchPolicy: 'no-cache' })
      .catch(() => ({ data: undefined }))
    client.cache.batch({
      update: (cache) => data?.monitors.nodes.forEach((node) => writeUptime(cache, node)),
    })
  }
  const timer = setInterval(() => void refresh(), EVERY_MS)
  onScopeDispose(() => clearInterval(timer))
}

function writeUptime(cache: ApolloCache, uptime: MonitorUptimeFragment): void {
  const data = { __typename: 'Monitor', ...uptime }
  cache.writeFragment({
    id: `Monitor:${uptime.id}`,
    fragment: MonitorUptimeFragmentDoc,
    fragmentName: 'MonitorUptime',
    data,
  })
}
