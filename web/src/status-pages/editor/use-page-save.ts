import { computed, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import {
  CreateStatusPageDocument,
  UpdateStatusPageDocument,
  type EditedPageFragment,
} from '../../generated/operations.ts'
import { useMutation, type MutationOutcome } from '../../lib/apollo/index.ts'
import { keyPerInput } from '../../lib/key-per-input.ts'
import { addToPages } from '../list/page-cache.ts'
import { useProblemWords } from '../shared/problem-words.ts'
import { checkDraft } from './model/checks.ts'
import type { PageDraft } from './model/draft.ts'
import {
  isOutdated,
  NO_ERRORS,
  sortErrors,
  type DraftErrors,
  type GivenError,
} from './model/field-errors.ts'
import { createInput, updateInput } from './model/input.ts'

export interface SaveContext {
  draft: Readonly<Ref<PageDraft>>
  base: Readonly<Ref<PageDraft>>
  /** As it was read; null for a new page. */
  stored: Readonly<Ref<EditedPageFragment | null>>
}

interface Payload {
  statusPage: EditedPageFragment | null
  userErrors: readonly GivenError[]
}

export interface PageSave {
  errors: ShallowRef<DraftErrors>
  /** The page as somebody else has saved it meanwhile. */
  theirs: ShallowRef<EditedPageFragment | null>
  isSaving: ComputedRef<boolean>
  /** Answers the saved page, or null when it was refused. */
  save(): Promise<EditedPageFragment | null>
  /** Puts the own changes over what somebody else has saved. */
  overwrite(): Promise<EditedPageFragment | null>
}

/** Saves what was changed. Whatever is refused, what was typed stays. */
export function usePageSave(context: SaveContext): PageSave {
  const { draft, base, stored } = context
  const { errors, theirs, isRight, accept } = useAnswers(context)
  const creation = useMutation(CreateStatusPageDocument)
  const edit = useMutation(UpdateStatusPageDocument)
  const keyFor = keyPerInput()

  async function create(): Promise<EditedPageFragment | null> {
    const outcome = await creation.mutate(
      { input: createInput(draft.value, keyFor(draft.value)) },
      { update: (cache, { createStatusPage: { statusPage } }) => addToPages(cache, statusPage) },
    )
    return accept(outcome, outcome.data?.createStatusPage)
  }
  async function update(latest: EditedPageFragment): Promise<EditedPageFragment | null> {
    const ids = idsOf(latest)
    const input = updateInput(draft.value, base.value, latest, (id) => ids.has(id))
    const outcome = await edit.mutate({ input })
    return accept(outcome, outcome.data?.updateStatusPage)
  }
  return {
    errors,
    theirs,
    isSaving: computed(() => creation.isLoading.value || edit.isLoading.value),
    async save() {
      if (!isRight()) return null
      return stored.value ? update(stored.value) : create()
    },
    async overwrite() {
      if (!theirs.value || !isRight()) return null
      return update(theirs.value)
    },
  }
}

/** What the form and the server find wrong. */
function useAnswers({ draft, stored }: SaveContext) {
  const { t } = useI18n()
  const wordsOf = useProblemWords()
  const errors = shallowRef(NO_ERRORS)
  const theirs = shallowRef<EditedPageFragment | null>(null)

  function isRight(): boolean {
    const mistakes = checkDraft(draft.value, stored.value?.hasPassword ?? false)
    const words = mistakes.map(({ field, key }) => [
      field,
      t(`status-pages.editor.mistakes.${key}`),
    ])
    errors.value = { fields: Object.fromEntries(words) as Record<string, string>, rest: [] }
    return mistakes.length === 0
  }
  function accept(
    { error }: MutationOutcome<unknown>,
    { statusPage, userErrors }: Payload = { statusPage: null, userErrors: [] },
  ): EditedPageFragment | null {
    const isLate = isOutdated(userErrors)
    theirs.value = isLate ? statusPage : null
    const found = isLate ? NO_ERRORS : sortErrors(userErrors, draft.value)
    errors.value = error ? { ...found, rest: [...found.rest, wordsOf(error)] } : found
    return error || userErrors.length > 0 ? null : statusPage
  }
  return { errors, theirs, isRight, accept }
}

function idsOf({ sections }: EditedPageFragment): Set<string> {
  return new Set(sections.flatMap(({ id, components }) => [id, ...components.map((c) => c.id)]))
}
