import { computed, type ComputedRef } from 'vue'
import { useViewer } from '../../lib/viewer/index.ts'
import { showToast } from '../../ui/index.ts'

export interface EditRight {
  canEdit: ComputedRef<boolean>
  /** Why the viewer may not change monitors, for a button's `refusal`; undefined: they may. */
  refusal: ComputedRef<string | undefined>
  /** Runs it for who may, and says why not to the others. */
  ifAllowed(run: () => void): void
}

/** Whether monitors may be created, changed and deleted by who looks at them. */
export function useEditRight(): EditRight {
  const { canEdit, refusalOf } = useViewer()
  const refusal = computed(() => refusalOf('EDITOR'))
  return {
    canEdit,
    refusal,
    ifAllowed(run) {
      if (refusal.value) showToast({ title: refusal.value })
      else run()
    },
  }
}
