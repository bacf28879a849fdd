import {
  computed,
  inject,
  provide,
  type ComputedRef,
  type InjectionKey,
  type Ref,
  type ShallowRef,
  type WritableComputedRef,
} from 'vue'
import type { PageDraft } from './model/draft.ts'
import type { DraftErrors } from './model/field-errors.ts'
import type { PageMonitor } from './use-page-monitors.ts'

/** What the parts of the editor share. */
export interface EditorContext {
  draft: Readonly<ShallowRef<PageDraft>>
  change(next: PageDraft, what?: string): void
  errors: Readonly<Ref<DraftErrors>>
  /** Nothing may be changed by who looks at it. */
  isReadOnly: ComputedRef<boolean>
  isNew: ComputedRef<boolean>
  hasPassword: ComputedRef<boolean>
  monitors: ComputedRef<readonly PageMonitor[]>
  /** Components whose form is unfolded. */
  opened: ShallowRef<ReadonlySet<string>>
  /** Told to screen readers. */
  announce(text: string): void
}

const KEY: InjectionKey<EditorContext> = Symbol('editor')

export const provideEditor = (context: EditorContext): void => provide(KEY, context)

export function useEditor(): EditorContext {
  const context = inject(KEY)
  if (!context) throw new Error('This belongs into the editor of a status page.')
  return context
}

/** A field of the page for `v-model`. */
export function useDraftField<K extends keyof PageDraft>(
  name: K,
): WritableComputedRef<PageDraft[K]> {
  const { draft, change } = useEditor()
  return computed({
    get: () => draft.value[name],
    set: (value) => {
      if (value !== draft.value[name]) change({ ...draft.value, [name]: value }, name)
    },
  })
}
