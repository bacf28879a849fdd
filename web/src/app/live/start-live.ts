import type { App } from 'vue'
import { LiveDocument } from '../../generated/operations.ts'
import {
  createApollo,
  provideApollo,
  type Apollo,
  type ApolloOptions,
  type StreamPhase,
} from '../../lib/apollo/index.ts'
import { setLiveState } from '../../lib/live-state.ts'
import { monitorRoom, type LiveEvent } from '../../monitors/index.ts'
import { statusPageRoom } from '../../status-pages/index.ts'

type Door = Pick<ApolloOptions<LiveEvent>, 'workspace' | 'tokens' | 'hearProblem' | 'hearRefusal'>

/** The tab's client and its one live connection; it tries again at once when the network or the tab comes back. */
export function startLive(app: App, door: Door): Apollo<LiveEvent> {
  const apollo = createApollo<LiveEvent>({
    ...door,
    liveDocument: LiveDocument,
    rooms: [monitorRoom, statusPageRoom],
    tell: (phase, asOfMs) => setLiveState(shownPhase(phase), asOfMs),
  })
  const wake = () => {
    if (document.visibilityState === 'visible') apollo.live.wake()
  }
  window.addEventListener('online', wake)
  window.addEventListener('pageshow', wake)
  document.addEventListener('visibilitychange', wake)
  provideApollo(app, apollo.client)
  return apollo
}

function shownPhase(phase: StreamPhase) {
  return phase === 'reconnecting' && !navigator.onLine ? 'offline' : phase
}
