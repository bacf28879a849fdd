import { readonly, shallowReactive } from 'vue'

/** connecting: first time; live: events arrive; reconnecting: lost, trying; offline: the browser has no network. */
export type ConnectionPhase = 'connecting' | 'live' | 'reconnecting' | 'offline'

const state = shallowReactive<{ phase: ConnectionPhase; asOfMs: number | null }>({
  phase: 'connecting',
  asOfMs: null,
})

/** The live connection as the layout shows it. */
export const liveState = readonly(state)

/** Told by the live client; `asOfMs` is the time up to which the screen is known to be right. */
export function setLiveState(phase: ConnectionPhase, asOfMs: number | null = state.asOfMs): void {
  state.phase = phase
  state.asOfMs = asOfMs
}
