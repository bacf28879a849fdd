import { computed, ref, type ComputedRef } from 'vue'
import { useNow } from '../../lib/time/index.ts'

export interface Wait {
  /** Whole seconds until the next try; 0: now. */
  secondsLeft: ComputedRef<number>
  begin(seconds: number): void
}

/** Counts down to when the server will listen again. */
export function useWait(): Wait {
  const now = useNow()
  const endsAt = ref(0)
  return {
    secondsLeft: computed(() => Math.max(0, Math.ceil((endsAt.value - now.value) / 1000))),
    begin: (seconds) => (endsAt.value = Date.now() + seconds * 1000),
  }
}
