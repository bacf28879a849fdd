import { computed, reactive, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { SaveWorkspaceDocument } from '../../../generated/operations.ts'
import { useMutation } from '../../../lib/apollo/index.ts'
import { inside, outside } from '../../../lib/prefix.ts'
import { workspaceBase, workspacePath } from '../../../lib/session/index.ts'
import { useViewer } from '../../../lib/viewer/index.ts'
import { showToast } from '../../../ui/index.ts'
import { useBusy } from '../../entry/busy.ts'
import { useChecks } from '../../entry/checks.ts'
import { useEntryForm } from '../../entry/use-entry-form.ts'

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])$/

/** What is wrong with a name in addresses is a matter of letters; the server knows whether it is taken. */
export const isSlug = (text: string): boolean => SLUG.test(text)

/** Name and address of the workspace. */
export function useWorkspaceForm() {
  const { t } = useI18n()
  const { viewer } = useViewer()
  const checks = useChecks()
  const { mutate } = useMutation(SaveWorkspaceDocument)
  const workspace = computed(() => viewer.value?.workspace ?? null)
  const given = reactive({ name: workspace.value?.name ?? '', slug: workspace.value?.slug ?? '' })
  const form = useEntryForm(['name', 'slug'] as const, given)
  watch(workspace, (next) =>
    Object.assign(given, { name: next?.name ?? '', slug: next?.slug ?? '' }),
  )
  const isChanged = computed(
    () => given.name !== workspace.value?.name || given.slug !== workspace.value?.slug,
  )

  const { isBusy, run: save } = useBusy(async () => {
    const [name, slug] = [given.name.trim(), given.slug.trim()]
    const wrongSlug = !isSlug(slug) && t('accounts.settings.workspace.slugWrong')
    if (!form.check({ name: checks.needed(name), slug: checks.needed(slug) || wrongSlug })) return
    const before = workspace.value?.slug
    const outcome = await mutate({ input: { name, slug } })
    if (!form.accept(outcome, outcome.data?.updateWorkspace.userErrors)) return
    // The address that this page acts at is no longer there.
    if (slug !== before && workspaceBase(inside(location.pathname)).slug !== null) {
      return location.assign(outside(`${workspacePath(slug)}settings/workspace`))
    }
    showToast({ tone: 'good', title: t('accounts.settings.workspace.saved') })
  })
  return { ...form, given, isBusy, isChanged, save }
}
