import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { PageDraft } from './draft.ts'

const MOST_STEPS = 100
/** Letters typed one after the other are undone together. */
const TOGETHER_MS = 1000

export interface DraftState {
  draft: Readonly<ShallowRef<PageDraft>>
  /** Edits of the same `what` in quick succession are one step. */
  change(next: PageDraft, what?: string): void
  undo(): void
  redo(): void
  canUndo: ComputedRef<boolean>
  canRedo: ComputedRef<boolean>
  /** Begins anew from this draft: nothing can be undone. */
  reset(next: PageDraft): void
}

/** A draft with the steps that led to it. */
export function useDraft(first: PageDraft, now: () => number = Date.now): DraftState {
  const draft = shallowRef(first)
  const past = shallowRef<readonly PageDraft[]>([])
  const future = shallowRef<readonly PageDraft[]>([])
  let last: { what: string; at: number } | null = null

  function step(from: typeof past, to: typeof past): void {
    const next = from.value.at(-1)
    if (!next) return
    from.value = from.value.slice(0, -1)
    to.value = [...to.value, draft.value]
    draft.value = next
    last = null
  }
  return {
    draft,
    change(next, what) {
      if (next === draft.value) return
      const at = now()
      const isSame = what !== undefined && last?.what === what && at - last.at < TOGETHER_MS
      if (!isSame) past.value = [...past.value, draft.value].slice(-MOST_STEPS)
      last = what === undefined ? null : { what, at }
      future.value = []
      draft.value = next
    },
    undo: () => step(past, future),
    redo: () => step(future, past),
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    reset(next) {
      past.value = []
      future.value = []
      last = null
      draft.value = next
    },
  }
}
