import { ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import {
  DeleteStatusPagesDocument,
  type DeleteStatusPagesMutation,
} from '../../generated/operations.ts'
import { useApollo, useMutation, type MutationOutcome } from '../../lib/apollo/index.ts'
import { showToast } from '../../ui/index.ts'
import { useProblemWords, type ProblemWords } from '../shared/problem-words.ts'
import { removeFromPages } from './page-cache.ts'

export interface Deletable {
  id: string
  title: string
}

/** Asks before it deletes a page: that can't be undone. */
export function useDeletePage(deleted: (id: string) => void = () => {}) {
  const { t } = useI18n()
  const client = useApollo()
  const wordsOf = useProblemWords()
  const { mutate, isLoading } = useMutation(DeleteStatusPagesDocument)
  const page = shallowRef<Deletable | null>(null)
  const isAsking = ref(false)
  const problem = ref<string>()

  async function confirm(): Promise<void> {
    const asked = page.value
    if (!asked || isLoading.value) return
    problem.value = failureIn(await mutate({ ids: [asked.id] }), wordsOf)
    if (problem.value !== undefined) return
    isAsking.value = false
    removeFromPages(client.cache, [asked.id])
    showToast({ tone: 'good', title: t('status-pages.list.deleted', { title: asked.title }) })
    deleted(asked.id)
  }
  return {
    page,
    isAsking,
    isBusy: isLoading,
    problem,
    confirm,
    ask(next: Deletable) {
      page.value = next
      problem.value = undefined
      isAsking.value = true
    },
  }
}

/** Why the page is still there; one that somebody else has deleted already is as gone as it should be. */
function failureIn(
  { data, error }: MutationOutcome<DeleteStatusPagesMutation>,
  wordsOf: ProblemWords,
): string | undefined {
  if (error) return wordsOf(error)
  const { userErrors = [], results = [] } = data?.deleteStatusPages ?? {}
  const refusals = results.flatMap((one) => one.userErrors)
  const [first] = [...userErrors, ...refusals.filter(({ code }) => code !== 'NOT_FOUND')]
  return first?.message
}
