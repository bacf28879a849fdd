import type { ErrorLike } from '@apollo/client'
import { watch, type Ref } from 'vue'
import { problemOf } from '../../lib/apollo/index.ts'
import { liveState } from '../../lib/live-state.ts'

/** Repeats by itself what failed for want of the server, as soon as the server is back. */
export function useRetryWhenLive(
  error: Readonly<Ref<ErrorLike | undefined>>,
  retry: () => Promise<void>,
): void {
  watch(
    () => liveState.phase,
    (phase) => {
      if (phase !== 'live' || !error.value || problemOf(error.value).kind === 'refused') return
      void retry()
    },
  )
}
