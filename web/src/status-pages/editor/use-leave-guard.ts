import { onScopeDispose, ref, type Ref } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'

/** Asks before what was typed is lost: within the app by a dialog, else by the browser's own. */
export function useLeaveGuard(isDirty: () => boolean): {
  isAsking: Ref<boolean>
  answer(leave: boolean): void
} {
  const isAsking = ref(false)
  let decide: ((leave: boolean) => void) | null = null

  function answer(leave: boolean): void {
    isAsking.value = false
    decide?.(leave)
    decide = null
  }
  function guard(): boolean | Promise<boolean> {
    if (!isDirty()) return true
    answer(false)
    isAsking.value = true
    return new Promise((resolve) => (decide = resolve))
  }
  function holdTab(event: BeforeUnloadEvent): void {
    if (isDirty()) event.preventDefault()
  }
  onBeforeRouteLeave(guard)
  onBeforeRouteUpdate((to, from) => to.path === from.path || guard())
  window.addEventListener('beforeunload', holdTab)
  onScopeDispose(() => window.removeEventListener('beforeunload', holdTab))
  return { isAsking, answer }
}
