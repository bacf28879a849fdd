import { computed, ref, shallowRef, watch, type ShallowRef } from 'vue'
import type { EditedPageFragment } from '../../generated/operations.ts'
import { useViewer } from '../../lib/viewer/index.ts'
import { browserZone } from '../../lib/time/index.ts'
import { provideEditor } from './editor-context.ts'
import { componentsOf, draftOf, newDraft, type PageDraft } from './model/draft.ts'
import { errorsThatStay, NO_ERRORS, type DraftErrors } from './model/field-errors.ts'
import { isChanged } from './model/input.ts'
import { useDraft } from './model/use-draft.ts'
import { usePageMonitors } from './use-page-monitors.ts'
import { usePageSave } from './use-page-save.ts'

/** The page that is edited: what is stored, what stands in the editor, and the way from one to the other. */
export function usePageEditor(first: EditedPageFragment | null) {
  const { canEdit, viewer } = useViewer()
  const zone = viewer.value?.timeZone || browserZone()
  const stored = shallowRef(first)
  const base = shallowRef(first ? draftOf(first) : newDraft(zone))
  const state = useDraft(base.value)
  const { draft } = state
  const saving = usePageSave({ draft, base, stored })
  const { errors, theirs } = saving
  const opened = useOpened(draft, errors)
  const news = ref('')

  provideEditor({
    ...{ draft, opened, errors, change: state.change, monitors: usePageMonitors().monitors },
    isReadOnly: computed(() => !canEdit.value),
    isNew: computed(() => stored.value === null),
    hasPassword: computed(() => stored.value?.hasPassword ?? false),
    announce: (text) => (news.value = text),
  })

  /** Begins anew from what is stored now. */
  function take(page: EditedPageFragment): void {
    const next = draftOf(page)
    opened.value = stillOpened(opened.value, draft.value, next)
    stored.value = page
    base.value = next
    theirs.value = null
    errors.value = NO_ERRORS
    state.reset(next)
  }
  const takeSaved = async (sent: Promise<EditedPageFragment | null>) => {
    const page = await sent
    if (page) take(page)
    return page
  }
  return {
    ...state,
    ...{ stored, news, take, canEdit, ...saving },
    isDirty: computed(() => isChanged(draft.value, base.value)),
    save: () => takeSaved(saving.save()),
    overwrite: () => takeSaved(saving.overwrite()),
  }
}

/** Components that were unfolded stay so, under their new names. */
function stillOpened(opened: ReadonlySet<string>, before: PageDraft, now: PageDraft): Set<string> {
  const old = componentsOf(before)
  const keys = componentsOf(now).map(({ key }) => key)
  return new Set(keys.filter((_, n) => opened.has(old[n]?.key ?? '')))
}

/** Which components are unfolded: what is wrong shows itself, and what is typed anew is no longer wrong. */
function useOpened(draft: Readonly<ShallowRef<PageDraft>>, errors: ShallowRef<DraftErrors>) {
  const opened = shallowRef<ReadonlySet<string>>(new Set())
  watch(errors, ({ fields }) => {
    const wrong = componentsOf(draft.value).filter(({ key }) =>
      Object.keys(fields).some((field) => field.startsWith(`${key}.`)),
    )
    if (wrong.length > 0) opened.value = new Set([...opened.value, ...wrong.map(({ key }) => key)])
  })
  watch(draft, (now, before) => {
    errors.value = errorsThatStay(errors.value, before, now)
  })
  return opened
}
